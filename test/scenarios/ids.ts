import { type Hex, keccak256, stringToHex } from "viem";

/** A random-looking id that is the same for the same label. */
export function idOf(label: string): Hex {
  return keccak256(stringToHex(label));
}

/** An id of a series that is the same for the same number. */
export function idInSeries(number: number): Hex {
  return `0x${"a5".repeat(16)}${number.toString(16).padStart(32, "0")}`;
}

/** An account that is the same for the same label. */
export function accountOf(label: string): Hex {
  return `0x${idOf(label).slice(-40)}`;
}
