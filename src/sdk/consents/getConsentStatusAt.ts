import type { Hex } from "viem";

import { type ConsentStatus, type ConsentWord, EMPTY_WORD, statusAt } from "../../model/index.ts";
import type { ConcordClient } from "../client.ts";
import { type HistoryIncompleteError, InvalidInputError } from "../errors.ts";
import { consentRecord, type TimedLater } from "../internal/consentEvents.ts";
import { blockTime, latestBlockNumber, read, type ReadErrorType } from "../internal/read.ts";
import { checkBytes32, checkId, checkUint } from "../internal/validate.ts";

export interface GetConsentStatusAtParameters {
  readonly scopeId: Hex;
  readonly participantId: Hex;
  /** Unix seconds (uint32), not after the latest block's time. */
  readonly time: number;
}

export interface GetConsentStatusAtReturnType {
  /** What a reader saw at that time. */
  readonly status: ConsentStatus;
  /** The word as it stood then; EMPTY_WORD when nobody had answered yet. */
  readonly word: ConsentWord;
  /** The id under which the consent stood then: the one asked for, unless it had moved by then. */
  readonly participantId: Hex;
}

export type GetConsentStatusAtErrorType = HistoryIncompleteError | InvalidInputError | ReadErrorType;

/**
 * The state of a participant's consent at any past time, from the registry's events: also between closings that fell on
 * one word, which the word alone does not tell. Of changes within one second the last counts. Exact for every time
 * before the latest block's; within the latest second a change may still come.
 * @throws InvalidInputError, also under the name ConsentTimeInFuture; HistoryIncompleteError
 */
export async function getConsentStatusAt(
  client: ConcordClient,
  parameters: GetConsentStatusAtParameters,
): Promise<GetConsentStatusAtReturnType> {
  const { scopeId, time } = parameters;
  checkId("scopeId", scopeId);
  checkBytes32("participantId", parameters.participantId);
  checkUint("time", time, 32);
  const blockNumber = await latestBlockNumber(client);
  await requirePast(client, blockNumber, time);
  let { participantId } = parameters;
  for (;;) {
    const { events } = await consentRecord(client, scopeId, participantId, blockNumber);
    const last = await lastAt(events, time);
    if (last?.name === "ConsentMoved" && last.word.forwarded && last.otherId !== undefined) {
      participantId = last.otherId;
      continue;
    }
    const word = last?.word ?? EMPTY_WORD;
    const from = await startOfTerms(client, scopeId, word.terms);
    return { status: statusAt({ word }, time, () => from), word, participantId };
  }
}

async function requirePast(client: ConcordClient, blockNumber: bigint, time: number): Promise<void> {
  const now = await blockTime(client, blockNumber);
  if (time <= now) return;
  const told = `time is ${time}, but the latest block's time is ${now}.`;
  const details = { name: "ConsentTimeInFuture", args: { time, blockTime: now } };
  throw new InvalidInputError("time", told, "Ask for the latest block's time or earlier.", details);
}

/** The last event at a time or before; block times never run back. */
async function lastAt(events: readonly TimedLater[], time: number): Promise<TimedLater | undefined> {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const happened = await events[middle]?.time();
    if (happened !== undefined && happened <= time) low = middle + 1;
    else high = middle;
  }
  return events[low - 1];
}

/** When terms begin to hold (Unix seconds); 0 where no terms were agreed to. */
async function startOfTerms(client: ConcordClient, scopeId: Hex, number: number): Promise<number> {
  if (number === 0) return 0;
  const args = [scopeId, number] as const;
  const [, from] = await read(client, { contract: "termsRegistry", functionName: "termsAt", args });
  return from;
}
