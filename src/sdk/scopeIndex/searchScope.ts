import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import type { InvalidInputError } from "../errors.ts";
import { latestBlockNumber, read, type ReadErrorType } from "../internal/read.ts";
import { BEGINNING, isEnd } from "../internal/scopeCursor.ts";
import { checkBigUint, checkId, checkList, checkUint } from "../internal/validate.ts";

export interface SearchScopeParameters {
  readonly scopeId: Hex;
  /**
   * Masks of elements (uint64 each): a consent must have a bit of every one. For what an element's category shares too,
   * a mask has the bits of both. None: everyone whose consent is open.
   */
  readonly needs: readonly bigint[];
  /** What was said until then counts (Unix seconds, uint32); what stands now unless told. */
  readonly time?: number | undefined;
  /** Participants a request; 200 unless told. */
  readonly pageSize?: number | undefined;
  /** The block to read at; the latest unless told. */
  readonly blockNumber?: bigint | undefined;
}

export interface SearchScopeReturnType {
  /** All answers are of this block. */
  readonly blockNumber: bigint;
  /** As the scope's index has them: where a consent has moved, its old id. */
  readonly participantIds: readonly Hex[];
}

export type SearchScopeErrorType = InvalidInputError | ReadErrorType;

/** Beyond every time of signing. */
const NOW = 2n ** 32n;

/**
 * Who of those in a scope's index shares all that is asked for, by what they have said: for finding participants.
 * Whether a use is permitted, their licence says: see getCoverage. A consent that is closed now is never found, nor one
 * that had ended by the time.
 * @throws InvalidInputError
 */
export async function searchScope(
  client: ConcordClient,
  parameters: SearchScopeParameters,
): Promise<SearchScopeReturnType> {
  const { scopeId, needs, time, pageSize = 200 } = parameters;
  checkId("scopeId", scopeId);
  checkList("needs", needs);
  needs.forEach((need, index) => {
    checkBigUint(`needs[${index}]`, need, 64, 1n);
  });
  if (time !== undefined) checkUint("time", time, 32);
  checkUint("pageSize", pageSize, 32, 1);
  const blockNumber = parameters.blockNumber ?? (await latestBlockNumber(client));
  const until = time === undefined ? NOW : BigInt(time);
  const participantIds: Hex[] = [];
  let cursor = BEGINNING;
  do {
    const args = [scopeId, needs, until, cursor, BigInt(pageSize)] as const;
    const [page, next] = await read(client, { contract: "concordLens", functionName: "search", args, blockNumber });
    participantIds.push(...page);
    cursor = next;
  } while (!isEnd(cursor));
  return { blockNumber, participantIds };
}
