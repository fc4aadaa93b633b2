import { concatHex, type Hex, hexToBigInt, numberToHex, size, slice, zeroHash } from "viem";

import { checkBytes } from "./validate.ts";

/** A place in the list of a scope's participants, as the lens takes it. */
export interface ScopeCursor {
  /** An entry of the index; zero for the newest. */
  readonly entry: Hex;
  /** How many of its series to pass over. */
  readonly offset: bigint;
}

export const BEGINNING: ScopeCursor = { entry: zeroHash, offset: 0n };

/** Bytes of an entry, and of an offset behind it. */
const ENTRY = 32;
const OFFSET = 4;

/** Whether a next page would begin nowhere. */
export function isEnd({ entry }: ScopeCursor): boolean {
  return entry === zeroHash;
}

/** A place as one text: the entry, and behind it the offset where there is one. */
export function encodeCursor({ entry, offset }: ScopeCursor): Hex {
  return offset === 0n ? entry : concatHex([entry, numberToHex(offset, { size: OFFSET })]);
}

/** @throws InvalidInputError */
export function decodeCursor(input: string, cursor: unknown): ScopeCursor {
  checkBytes(input, cursor, ENTRY, ENTRY + OFFSET);
  const entry = slice(cursor, 0, ENTRY);
  return { entry, offset: size(cursor) === ENTRY ? 0n : hexToBigInt(slice(cursor, ENTRY)) };
}
