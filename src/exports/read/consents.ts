import type { Hex } from "viem";

import { type ConsentStatus, type ConsentWord, isZero } from "../../model/index.ts";
import {
  type ConsentEvent,
  type DataDictionary,
  getConsent,
  getConsentHistory,
  getForward,
  getScope,
  type GetScopeReturnType,
  getTerms,
  type GetTermsReturnType,
  NotFoundError,
} from "../../sdk/index.ts";
import type { Dictionaries, Key, Reading } from "./reading.ts";

/** Terms as registered, with the dictionary that numbers their elements, where it was given. */
export interface TermsPicture extends GetTermsReturnType {
  readonly dictionary: DataDictionary | undefined;
}

/** All that the chain knows of one participant's consent in a scope. */
export interface ConsentPicture extends Key {
  readonly scope: GetScopeReturnType;
  readonly status: ConsentStatus;
  /** As it stands; under another id if it goes on there. */
  readonly word: ConsentWord;
  /** The id under which it goes on; undefined if under its own. */
  readonly continuesAs: Hex | undefined;
  readonly events: readonly ConsentEvent[];
  readonly words: readonly ConsentWord[];
  /** Every terms that a word names, by number. */
  readonly terms: ReadonlyMap<number, TermsPicture>;
}

/** More than a participant can have. */
const ALL_WORDS = 65_535;

/**
 * Reads a consent with its whole history.
 * @throws InvalidInputError, HistoryIncompleteError, ConcordContractError ScopeUnknown; NotFoundError for who never acted
 */
export async function readConsent(reading: Reading, key: Key, dictionaries: Dictionaries): Promise<ConsentPicture> {
  const { client, block } = reading;
  const at = { ...key, blockNumber: block.blockNumber };
  const scope = await getScope(client, at);
  const [{ word, status }, { words, events }, forward] = await Promise.all([
    getConsent(client, at),
    getConsentHistory(client, { ...at, limit: ALL_WORDS }),
    getForward(client, at),
  ]);
  if (words.length === 0) throw new NotFoundError("consent", { ...key });
  const numbers = new Set([...words, word].map(({ terms }) => terms).filter((number) => number !== 0));
  const terms = await Promise.all([...numbers].map((number) => readTerms(reading, key.scopeId, number, dictionaries)));
  return {
    ...key,
    scope,
    status,
    word,
    continuesAs: forward.isForwarded ? forward.participantId : undefined,
    events,
    words,
    terms: new Map(terms.map((registered) => [registered.number, registered])),
  };
}

/** @throws NotFoundError */
export async function readTerms(
  { client, block }: Reading,
  scopeId: Hex,
  number: number,
  dictionaries: Dictionaries,
): Promise<TermsPicture> {
  const found = await getTerms(client, { scopeId, number, blockNumber: block.blockNumber });
  return { ...found, dictionary: dictionaries.get(found.terms.dictionaryRelease) };
}

/** Who is responsible for data under terms (GDPR Art. 4(7)). */
export function controllerOf({ custodian }: GetScopeReturnType, registered: TermsPicture | undefined): Hex {
  const controller = registered?.terms.notice.controller;
  return controller === undefined || isZero(controller) ? custodian : controller;
}

/** Every institution that a consent's terms and scope name. */
export function institutionsOf({ scope, terms, events }: ConsentPicture): Hex[] {
  return [
    scope.custodian,
    scope.committee,
    ...[...terms.values()].flatMap((registered) => [
      controllerOf(scope, registered),
      registered.publisher,
      ...registered.terms.institutions,
    ]),
    ...events.flatMap(({ actor }) => ("institution" in actor ? [actor.institution] : [])),
  ];
}

/** The releases of dictionaries that some terms pin. */
export function releasesOf(pictures: readonly { readonly terms: ReadonlyMap<number, TermsPicture> }[]): Hex[] {
  return pictures.flatMap(({ terms }) => [...terms.values()].map((registered) => registered.terms.dictionaryRelease));
}
