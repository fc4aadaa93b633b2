import { Buffer } from "node:buffer";

import type { ChainBytes } from "./chainRecord.ts";

const WORD = 32;
/** Bytes of a word that a JavaScript number holds exactly. */
const PREFIX = 6;
/** Zeroes between pieces, so that nothing is found across two of them. */
const GAP = Buffer.alloc(WORD);

/** Finds texts and words in many pieces of bytes, at any offset: packed encodings hide nothing. */
export class ChainIndex {
  /** Words that were indexed: one at every offset. */
  readonly words: number;
  readonly #bytes: Buffer;
  readonly #starts: readonly { readonly start: number; readonly place: string }[];
  readonly #prefixes = new Set<number>();

  constructor(pieces: readonly ChainBytes[]) {
    const starts: { start: number; place: string }[] = [];
    const parts: Uint8Array[] = [];
    let [end, words] = [0, 0];
    for (const { place, bytes } of pieces) {
      starts.push({ start: end, place });
      parts.push(bytes, GAP);
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      for (let offset = 0; offset + WORD <= buffer.length; offset += 1) {
        this.#prefixes.add(buffer.readUIntBE(offset, PREFIX));
        words += 1;
      }
      end += bytes.length + GAP.length;
    }
    this.#bytes = Buffer.concat(parts);
    this.#starts = starts;
    this.words = words;
  }

  /** Where a word of 32 bytes stands; undefined for nowhere. */
  placeOfWord(word: Uint8Array): string | undefined {
    const prefix = Buffer.from(word.buffer, word.byteOffset, PREFIX).readUIntBE(0, PREFIX);
    return this.#prefixes.has(prefix) ? this.placeOf(word) : undefined;
  }

  /** Where some bytes stand; undefined for nowhere. */
  placeOf(bytes: Uint8Array): string | undefined {
    return this.#placeAt(this.#bytes.indexOf(bytes));
  }

  /** Where a pattern matches, each byte taken for one character; undefined for nowhere. */
  placeOfPattern(pattern: RegExp): string | undefined {
    return this.#placeAt(this.#bytes.toString("latin1").search(pattern));
  }

  #placeAt(offset: number): string | undefined {
    if (offset < 0) return undefined;
    return this.#starts.findLast(({ start }) => start <= offset)?.place;
  }
}
