import { bytesToHex, type Hex } from "viem";

import { checkBytes } from "./validate.ts";

/** Bytes as browsers, Node and JSON give them. */
export type BytesLike = ArrayBuffer | Uint8Array | Hex;

/** Bytes in hex. @throws InvalidInputError */
export function hexOf(input: string, bytes: BytesLike): Hex {
  if (bytes instanceof ArrayBuffer) return bytesToHex(new Uint8Array(bytes));
  if (bytes instanceof Uint8Array) return bytesToHex(bytes);
  checkBytes(input, bytes);
  return bytes;
}
