import { type Hex, numberToHex } from "viem";

import { numberInSeries } from "../../model/index.ts";
import type { ConcordClient } from "../client.ts";
import { getConsents } from "../consents/getConsents.ts";
import type { InvalidInputError } from "../errors.ts";
import { addressOf } from "../internal/contracts.ts";
import { latestBlockNumber, read, type ReadErrorType } from "../internal/read.ts";
import { checkBytes32, checkId } from "../internal/validate.ts";

export interface IsInScopeIndexParameters {
  readonly scopeId: Hex;
  readonly participantId: Hex;
}

export type IsInScopeIndexReturnType = boolean;

export type IsInScopeIndexErrorType = InvalidInputError | ReadErrorType;

/** Ids of a series that are read at once. */
const PAGE = 200;

/**
 * Whether a participant stands in a scope's index: under an entry of their own, or one of their series.
 * @throws InvalidInputError
 */
export async function isInScopeIndex(
  client: ConcordClient,
  { scopeId, participantId }: IsInScopeIndexParameters,
): Promise<IsInScopeIndexReturnType> {
  checkId("scopeId", scopeId);
  checkBytes32("participantId", participantId);
  const blockNumber = await latestBlockNumber(client);
  const entry = await entryOf(client, scopeId, participantId, blockNumber);
  const args = [addressOf(client, "consentRegistry"), scopeId, entry] as const;
  return read(client, { contract: "scopeIndex", functionName: "isIndexed", args, blockNumber });
}

/** The id whose entry lists a participant: the first of those who follow on one another up to theirs. */
async function entryOf(client: ConcordClient, scopeId: Hex, participantId: Hex, blockNumber: bigint): Promise<Hex> {
  let entry = participantId;
  for (let ids = [participantId, ...idsBefore(participantId)]; ids.length > 0; ids = idsBefore(entry)) {
    const { consents } = await getConsents(client, { scopeId, participantIds: ids, blockNumber });
    const gap = consents.findIndex(({ word }) => word.version === 0);
    if (gap !== -1) return ids[gap - 1] ?? entry;
    entry = ids.at(-1) as Hex;
  }
  return entry;
}

/** The ids before one in its series, the nearest first. */
function idsBefore(participantId: Hex): Hex[] {
  const number = numberInSeries(participantId) ?? 0;
  const id = BigInt(participantId);
  return Array.from({ length: Math.min(number, PAGE) }, (_, index) =>
    numberToHex(id - BigInt(index + 1), { size: 32 }),
  );
}
