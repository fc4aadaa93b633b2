import type { Hex } from "viem";

import type { ConsentWord } from "../../model/index.ts";
import type { ConcordClient } from "../client.ts";
import type { HistoryIncompleteError, InvalidInputError } from "../errors.ts";
import { type ConsentEvent, consentRecord, type TimedLater } from "../internal/consentEvents.ts";
import { latestBlockNumber, type ReadErrorType } from "../internal/read.ts";
import { checkBytes32, checkId, checkUint } from "../internal/validate.ts";

export interface GetConsentHistoryParameters {
  readonly scopeId: Hex;
  readonly participantId: Hex;
  /** The ordinal of the first word to give (uint16); 0 unless told. */
  readonly offset?: number | undefined;
  /** How many words to give at the most; 100 unless told. */
  readonly limit?: number | undefined;
  /** The block to read at; the latest unless told. Name the same one for each page. */
  readonly blockNumber?: bigint | undefined;
}

export interface GetConsentHistoryReturnType {
  readonly blockNumber: bigint;
  /** By ordinal, from `offset` on: each as it was when an opening replaced it, and the last of all as it stands. */
  readonly words: readonly ConsentWord[];
  /** How many words there are in all; 0 for who never acted. */
  readonly total: number;
  /** What happened to these words, in order: who did it, when, and the word afterwards. */
  readonly events: readonly ConsentEvent[];
}

export type GetConsentHistoryErrorType = HistoryIncompleteError | InvalidInputError | ReadErrorType;

/**
 * Every word of a participant in a scope, page by page, with all that happened to each. It is the history of the very
 * id: where the consent has moved, the last event of one id and the first of the other name each other.
 * @throws InvalidInputError, HistoryIncompleteError
 */
export async function getConsentHistory(
  client: ConcordClient,
  parameters: GetConsentHistoryParameters,
): Promise<GetConsentHistoryReturnType> {
  const { scopeId, participantId, offset = 0, limit = 100 } = parameters;
  checkId("scopeId", scopeId);
  checkBytes32("participantId", participantId);
  checkUint("offset", offset, 16);
  checkUint("limit", limit, 16, 1);
  const blockNumber = parameters.blockNumber ?? (await latestBlockNumber(client));
  const { events, lastWord } = await consentRecord(client, scopeId, participantId, blockNumber);
  const page = events.filter(({ word: { ordinal } }) => offset <= ordinal && ordinal < offset + limit);
  const words = new Map(page.map(({ word }) => [word.ordinal, word]));
  const total = lastWord.version === 0 ? 0 : lastWord.ordinal + 1;
  return { blockNumber, words: [...words.values()], total, events: await Promise.all(page.map(timed)) };
}

async function timed(event: TimedLater): Promise<ConsentEvent> {
  return { ...event, time: await event.time() };
}
