import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import type { InvalidInputError } from "../errors.ts";
import { latestBlockNumber, read, type ReadErrorType } from "../internal/read.ts";
import { BEGINNING, decodeCursor, encodeCursor, isEnd } from "../internal/scopeCursor.ts";
import { checkId, checkUint } from "../internal/validate.ts";

export interface GetScopePageParameters {
  readonly scopeId: Hex;
  /** Where to begin: the `next` of the page before; the newest unless told. */
  readonly cursor?: Hex | undefined;
  /** The most that the page may hold; 200 unless told. */
  readonly limit?: number | undefined;
  /** The block to read at; the latest unless told. Name the same one for each page. */
  readonly blockNumber?: bigint | undefined;
}

export interface GetScopePageReturnType {
  readonly blockNumber: bigint;
  /** The index's newest entry first; those who share one, a series, in their order. */
  readonly participantIds: readonly Hex[];
  /** Where the next page begins; undefined after the last. */
  readonly next: Hex | undefined;
}

export type GetScopePageErrorType = InvalidInputError | ReadErrorType;

/**
 * A page of the participants in a scope's index.
 * @throws InvalidInputError, ConcordContractError ScopeIndexCursorUnknown
 */
export async function getScopePage(
  client: ConcordClient,
  parameters: GetScopePageParameters,
): Promise<GetScopePageReturnType> {
  const { scopeId, cursor, limit = 200 } = parameters;
  checkId("scopeId", scopeId);
  const place = cursor === undefined ? BEGINNING : decodeCursor("cursor", cursor);
  checkUint("limit", limit, 32, 1);
  const blockNumber = parameters.blockNumber ?? (await latestBlockNumber(client));
  const args = [scopeId, place, BigInt(limit)] as const;
  const [participantIds, next] = await read(client, {
    contract: "concordLens",
    functionName: "participants",
    args,
    blockNumber,
  });
  return { blockNumber, participantIds, next: isEnd(next) ? undefined : encodeCursor(next) };
}
