import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import type { InvalidInputError } from "../errors.ts";
import { getConsents } from "../consents/getConsents.ts";
import type { AccessLeaf } from "../internal/audit.ts";
import type { PageOptions } from "../internal/pages.ts";
import { latestBlockNumber, type ReadErrorType } from "../internal/read.ts";

export interface GetAccessLeavesParameters extends PageOptions {
  readonly scopeId: Hex;
  /** Whose data was used. */
  readonly participantIds: readonly Hex[];
  /** The block that was the newest when the data was used; the latest unless told. */
  readonly claimedBlock?: bigint | undefined;
}

export interface GetAccessLeavesReturnType {
  readonly claimedBlock: bigint;
  /** In the order given. */
  readonly leaves: readonly AccessLeaf[];
}

export type GetAccessLeavesErrorType = InvalidInputError | ReadErrorType;

/**
 * The leaves of an access that relied on whatever consent versions stood at a block. The node must still have that
 * block's state.
 * @throws InvalidInputError
 */
export async function getAccessLeaves(
  client: ConcordClient,
  { scopeId, participantIds, claimedBlock, ...pages }: GetAccessLeavesParameters,
): Promise<GetAccessLeavesReturnType> {
  const blockNumber = claimedBlock ?? (await latestBlockNumber(client));
  const { consents } = await getConsents(client, { scopeId, participantIds, blockNumber, ...pages });
  return {
    claimedBlock: blockNumber,
    leaves: consents.map(({ participantId, word }) => ({ scopeId, participantId, version: word.version })),
  };
}
