import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import type { InvalidInputError } from "../errors.ts";
import { latestBlockNumber, type ReadErrorType } from "../internal/read.ts";
import { getScopePage } from "./getScopePage.ts";

export interface GetScopePagesParameters {
  readonly scopeId: Hex;
  /** Participants a request; 200 unless told. */
  readonly pageSize?: number | undefined;
  /** Called after each page; how many there are is only known at the end. */
  readonly onProgress?: ((progress: { readonly done: number }) => void) | undefined;
  /** The block to read at; the latest unless told. */
  readonly blockNumber?: bigint | undefined;
}

export interface GetScopePagesReturnType {
  /** All pages are of this block. */
  readonly blockNumber: bigint;
  /** The index's newest entry first; those who share one, a series, in their order. */
  readonly participantIds: readonly Hex[];
}

export type GetScopePagesErrorType = InvalidInputError | ReadErrorType;

/**
 * All participants in a scope's index, page by page, all of one block. An id whose consent has moved stands beside its
 * new one if both were appended; see getCohort for each consent once.
 * @throws InvalidInputError
 */
export async function getScopePages(
  client: ConcordClient,
  parameters: GetScopePagesParameters,
): Promise<GetScopePagesReturnType> {
  const { scopeId, pageSize, onProgress } = parameters;
  const blockNumber = parameters.blockNumber ?? (await latestBlockNumber(client));
  const participantIds: Hex[] = [];
  let cursor: Hex | undefined;
  do {
    const page = await getScopePage(client, { scopeId, cursor, limit: pageSize, blockNumber });
    participantIds.push(...page.participantIds);
    cursor = page.next;
    onProgress?.({ done: participantIds.length });
  } while (cursor !== undefined);
  return { blockNumber, participantIds };
}
