import { Buffer } from "node:buffer";

import { createKeccak, createSHA256 } from "hash-wasm";
import { type Hex, keccak256, stringToHex } from "viem";

import { JobLeakError } from "../errors.ts";
import { ChainIndex } from "./chainIndex.ts";
import type { ChainRecord } from "./chainRecord.ts";
import { guessesOf, type Secrets } from "./guesses.ts";

/** What was searched, and for how much; nothing was found. */
export interface ScanResult {
  readonly calldatas: number;
  readonly logs: number;
  readonly bytes: number;
  /** Words of 32 bytes, at every offset. */
  readonly words: number;
  /** Texts that were searched for as they are, and as hexadecimal text. */
  readonly texts: number;
  /** Texts that are so short that they stand by chance in any bytes, and were only searched for as digests. */
  readonly tooShort: number;
  /** Names of institutions and scopes, whose keccak256 alone is public by design, with that id. */
  readonly publicIds: Readonly<Record<string, Hex>>;
  /** Digests that were searched for: keccak256 and SHA-256 of what can be guessed. */
  readonly digests: number;
}

/** Bytes that a text must have for a finding to be no accident. */
const SHORTEST_TEXT = 5;
/** Numbers up to this are guessed. */
const SMALL_NUMBERS = 1_000_000;
/** Three genotypes or more in a row, as a VCF or a table writes them. */
const GENOTYPES = /(?:[0-9.][|/][0-9.][\t ,;:\n]?){2}[0-9.][|/][0-9.]/;

// Hashers wait for WebAssembly to compile, and then hash without waiting.
const [keccak, sha256] = [await createKeccak(256), await createSHA256()];

/**
 * Searches all calldata and all logs for texts of the input, raw or as hexadecimal text, for genotypes, and for digests of
 * what can be guessed.
 * @param upTo the largest number that is guessed
 * @throws JobLeakError naming what was found and where
 */
export function scanChain(record: ChainRecord, secrets: Secrets, upTo = SMALL_NUMBERS): ScanResult {
  const pieces = [...record.calldata, ...record.logs];
  const index = new ChainIndex(pieces);
  const texts = [...secrets.sampleIds, ...secrets.names, ...secrets.genotypes, ...secrets.publicNames];
  const long = texts.filter((text) => Buffer.byteLength(text) >= SHORTEST_TEXT);
  for (const text of long) {
    const raw = Buffer.from(text);
    refuse("a text of the input", index.placeOf(raw));
    refuse("a text of the input in hexadecimal", index.placeOf(Buffer.from(raw.toString("hex"))));
    refuse("a text of the input in hexadecimal", index.placeOf(Buffer.from(raw.toString("hex").toUpperCase())));
  }
  refuse("genotypes", index.placeOfPattern(GENOTYPES));

  let digests = 0;
  for (const { what, bytes } of guessesOf(secrets, upTo)) {
    refuse(`keccak256 of ${what}`, index.placeOfWord(keccak.init().update(bytes).digest("binary")));
    refuse(`SHA-256 of ${what}`, index.placeOfWord(sha256.init().update(bytes).digest("binary")));
    digests += 2;
  }
  for (const name of secrets.publicNames) {
    refuse("SHA-256 of a name", index.placeOfWord(sha256.init().update(name).digest("binary")));
    digests += 1;
  }
  return {
    calldatas: record.calldata.length,
    logs: record.logs.length,
    bytes: pieces.reduce((sum, { bytes }) => sum + bytes.length, 0),
    words: index.words,
    texts: long.length,
    tooShort: texts.length - long.length,
    publicIds: Object.fromEntries(secrets.publicNames.map((name) => [name, keccak256(stringToHex(name))])),
    digests,
  };
}

function refuse(what: string, place: string | undefined): void {
  if (place !== undefined) throw new JobLeakError(what, place);
}
