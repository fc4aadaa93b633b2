import type { Hex } from "viem";

import {
  type ConcordClient,
  type DataDictionary,
  dictionaryFromJson,
  dictionaryRoot,
  type GetBlockReturnType,
  type HistoryIncompleteError,
  InvalidInputError,
  type NotFoundError,
} from "../../sdk/index.ts";
import type { ReadErrorType } from "../../sdk/internal/read.ts";
import { checkBytes32, checkId, checkList, checkObject } from "../../sdk/internal/validate.ts";

/** A client, and the one block that everything of a document is read at. */
export interface Reading {
  readonly client: ConcordClient;
  readonly block: GetBlockReturnType;
}

/** What making any export may throw, besides its own. */
export type MakeErrorType = HistoryIncompleteError | InvalidInputError | NotFoundError | ReadErrorType;

/** A number of the chain's: a bigint, or decimal digits where it comes from JSON. */
export type ChainNumber = bigint | string;

/** @throws InvalidInputError */
export function readNumber(input: string, value: unknown): bigint {
  if (typeof value === "bigint" && value >= 0n) return value;
  if (typeof value === "string" && /^(0|[1-9][0-9]{0,77})$/.test(value)) return BigInt(value);
  throw new InvalidInputError(input, `${input} is no number.`, `Give ${input} as a bigint, or in decimal digits.`);
}

/** @throws InvalidInputError */
export function readId(input: string, value: unknown): Hex {
  checkId(input, value);
  return value.toLowerCase() as Hex;
}

/** Whose consent, and for what. */
export interface Key {
  readonly scopeId: Hex;
  readonly participantId: Hex;
}

/** @throws InvalidInputError */
export function readKey(input: string, value: unknown): Key {
  checkObject(input, value);
  checkBytes32(`${input}.participantId`, value.participantId);
  return {
    scopeId: readId(`${input}.scopeId`, value.scopeId),
    participantId: value.participantId.toLowerCase() as Hex,
  };
}

/** @throws InvalidInputError when there is none, or one twice */
export function readKeys(value: unknown): Key[] {
  checkList("keys", value);
  const keys = value.map((key, index) => readKey(`keys[${index}]`, key));
  const names = new Set(keys.map(({ scopeId, participantId }) => scopeId + participantId));
  if (keys.length > 0 && names.size === keys.length) return keys;
  throw new InvalidInputError("keys", "keys is empty, or names something twice.", "Give each scope and id once.");
}

/** Data dictionaries by the root of their release. */
export type Dictionaries = ReadonlyMap<Hex, DataDictionary>;

/** @throws InvalidInputError */
export function readDictionaries(value: unknown): Dictionaries {
  if (value === undefined) return new Map();
  checkList("dictionaries", value);
  return new Map(
    value.map((item) => {
      const dictionary = dictionaryFromJson(item);
      return [dictionaryRoot(dictionary), dictionary] as const;
    }),
  );
}

/**
 * The dictionaries as a document carries them. Each is proved by the release that some terms pin, so none may be another's.
 * @throws InvalidInputError
 */
export function usedDictionaries(
  dictionaries: Dictionaries,
  pinned: Iterable<Hex>,
): { dictionaries?: DataDictionary[] } {
  const releases = new Set([...pinned].map((root) => root.toLowerCase()));
  for (const root of dictionaries.keys()) {
    if (releases.has(root)) continue;
    const fix = "Give the dictionaries of the releases that the terms pin, unaltered.";
    throw new InvalidInputError("dictionaries", `No terms here pin the dictionary of release ${root}.`, fix);
  }
  return dictionaries.size === 0 ? {} : { dictionaries: [...dictionaries.values()] };
}
