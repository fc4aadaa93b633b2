import { Buffer } from "node:buffer";

/** Something that anyone can guess, and so must not stand on the chain as a digest. */
export interface Guess {
  readonly what: string;
  readonly bytes: Uint8Array;
}

/** What the job works with that must not be told. */
export interface Secrets {
  readonly sampleIds: readonly string[];
  /** Names of files and people. */
  readonly names: readonly string[];
  /** Each sample's genotypes as one text, and each variant's. */
  readonly genotypes: readonly string[];
  /**
   * Names whose keccak256 is public by design, so that anyone can compute the id of what they know by name: institutions
   * (institutionIdOf) and scopes (scopeIdOf). Their text, and any other digest of them, is as secret as a name's.
   */
  readonly publicNames: readonly string[];
}

/** Salts that somebody without one might take. */
const COMMON_SALTS = [
  "salt",
  "pepper",
  "secret",
  "concord",
  "consent",
  "participant",
  "sample",
  "genome",
  "0",
  "1",
  "1234",
];
const SEPARATORS = ["", ":", "-", "_"];

const WORD = 32;
const DAY_MS = 86_400_000;
const FIRST_DAY = Date.UTC(1900, 0, 1);
const LAST_DAY = Date.UTC(2100, 0, 1);
const YEAR_DIGITS = 4;

/** Everything that is guessed but the names that are public by design, each in the encodings that a program would take. */
export function* guessesOf(secrets: Secrets, upTo: number): Generator<Guess> {
  for (const id of secrets.sampleIds) {
    yield { what: "a sample's id", bytes: Buffer.from(id) };
    for (const salt of COMMON_SALTS) {
      for (const separator of SEPARATORS) {
        yield { what: "a sample's id with a common salt", bytes: Buffer.from(`${salt}${separator}${id}`) };
        yield { what: "a sample's id with a common salt", bytes: Buffer.from(`${id}${separator}${salt}`) };
      }
    }
  }
  for (const name of secrets.names) yield { what: "a name", bytes: Buffer.from(name) };
  for (const genotype of secrets.genotypes) yield { what: "genotypes", bytes: Buffer.from(genotype) };
  yield* genotypes();
  yield* dates();
  yield* numbers(upTo);
}

/** Single genotypes of up to ten alleles. */
function* genotypes(): Generator<Guess> {
  const alleles = [".", ..."0123456789"];
  for (const first of alleles) {
    yield { what: "a genotype", bytes: Buffer.from(first) };
    for (const second of alleles) {
      for (const phase of "|/") yield { what: "a genotype", bytes: Buffer.from(`${first}${phase}${second}`) };
    }
  }
}

/** Every day of two centuries as texts, and as Unix seconds. */
function* dates(): Generator<Guess> {
  for (let day = FIRST_DAY; day < LAST_DAY; day += DAY_MS) {
    const [year = "", month = "", date = ""] = new Date(day)
      .toISOString()
      .slice(0, 10)
      .padStart(YEAR_DIGITS)
      .split("-");
    const texts = [`${year}-${month}-${date}`, `${year}${month}${date}`, `${date}.${month}.${year}`];
    for (const text of [...texts, `${date}/${month}/${year}`, `${month}/${date}/${year}`]) {
      yield { what: "a date", bytes: Buffer.from(text) };
    }
    if (day >= 0) yield { what: "a date in seconds", bytes: wordOf(day / 1000) };
  }
}

/** Numbers as decimal texts, and as words of the EVM. */
function* numbers(upTo: number): Generator<Guess> {
  for (let number = 0; number <= upTo; number += 1) {
    yield { what: "a small number", bytes: Buffer.from(String(number)) };
    yield { what: "a small number", bytes: wordOf(number) };
  }
}

function wordOf(number: number): Uint8Array {
  const word = Buffer.alloc(WORD);
  word.writeBigUInt64BE(BigInt(number), WORD - 8);
  return word;
}
