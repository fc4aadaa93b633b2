import { type Hex, keccak256, stringToHex } from "viem";

/** A random-looking id that is the same for the same label. */
export function idOf(label: string): Hex {
  return keccak256(stringToHex(label));
}

/** An account that is the same for the same label. */
export function accountOf(label: string): Hex {
  return `0x${idOf(label).slice(-40)}`;
}
