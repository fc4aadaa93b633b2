import type { Hex } from "viem";

import { decodeRlp, type RlpItem, TrieError } from "./trie.ts";

/** What a block's header tells. */
export interface Header {
  readonly number: bigint;
  /** Block time (Unix seconds). */
  readonly time: number;
  /** Root of the state that the block has left. */
  readonly stateRoot: Hex;
}

/** Places in a header (Yellow Paper, section 4.4.3). */
const STATE_ROOT = 3;
const NUMBER = 8;
const TIMESTAMP = 11;

/** @throws TrieError when it is no RLP-encoded header */
export function decodeHeader(header: Hex): Header {
  const fields = decodeRlp(header);
  const time = Number(quantityAt(fields, TIMESTAMP));
  return { number: quantityAt(fields, NUMBER), time, stateRoot: bytesAt(fields, STATE_ROOT) };
}

/** RLP writes zero as no bytes at all. */
function quantityAt(fields: RlpItem, place: number): bigint {
  const bytes = bytesAt(fields, place);
  return bytes === "0x" ? 0n : BigInt(bytes);
}

function bytesAt(fields: RlpItem, place: number): Hex {
  const item = typeof fields === "object" ? fields[place] : undefined;
  if (typeof item === "string") return item;
  throw new TrieError("it is no block header");
}
