import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { getConsents, type StandingConsent } from "../consents/getConsents.ts";
import type { InvalidInputError } from "../errors.ts";
import { findEvents } from "../internal/events.ts";
import type { PageOptions } from "../internal/pages.ts";
import { latestBlockNumber, type ReadErrorType } from "../internal/read.ts";
import { getScopePages } from "./getScopePages.ts";

export interface GetCohortParameters extends PageOptions {
  readonly scopeId: Hex;
  /** The block to read at; the latest unless told. */
  readonly blockNumber?: bigint | undefined;
}

export interface GetCohortReturnType {
  /** All answers are of this block. */
  readonly blockNumber: bigint;
  /** Each consent once, under the id where it stands; newest in the index first. */
  readonly consents: readonly StandingConsent[];
}

export type GetCohortErrorType = InvalidInputError | ReadErrorType;

/**
 * The standing consents of everyone in a scope's index, page by page, all of one block. An id whose consent has moved
 * to another stands for that one.
 * @throws InvalidInputError
 */
export async function getCohort(client: ConcordClient, parameters: GetCohortParameters): Promise<GetCohortReturnType> {
  const { scopeId, ...pages } = parameters;
  const blockNumber = parameters.blockNumber ?? (await latestBlockNumber(client));
  const index = await getScopePages(client, { scopeId, pageSize: pages.pageSize, blockNumber });
  const forwards = await forwardsAt(client, scopeId, blockNumber);
  const participantIds = [...new Set(index.participantIds.map((id) => currentId(forwards, id)))];
  return getConsents(client, { ...pages, scopeId, participantIds, blockNumber });
}

/** Where the consents of a scope have moved to, by the id that they have left. */
async function forwardsAt(client: ConcordClient, scopeId: Hex, toBlock: bigint): Promise<ReadonlyMap<Hex, Hex>> {
  const moves = await findEvents(client, "consentRegistry", ["ConsentMoved"], { topics: [scopeId], toBlock });
  return new Map(moves.map(({ args }) => [args.participantId, args.newParticipantId]));
}

/** Ids never forward in a circle: each moves to a fresh one. */
function currentId(forwards: ReadonlyMap<Hex, Hex>, participantId: Hex): Hex {
  let current = participantId;
  for (let next = forwards.get(current); next !== undefined; next = forwards.get(current)) current = next;
  return current;
}
