import type { Hex } from "viem";

/** A digest in hex whose every byte is the one given. */
export function digest(byte: number): Hex {
  return `0x${byte.toString(16).padStart(2, "0").repeat(32)}`;
}
