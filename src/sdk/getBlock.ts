import { BlockNotFoundError, type Hex } from "viem";

import type { ConcordClient } from "./client.ts";
import { type InvalidInputError, NotFoundError } from "./errors.ts";
import { requireChain } from "./internal/chain.ts";
import { toSdkError } from "./internal/failures.ts";
import { latestBlockNumber, type ReadErrorType } from "./internal/read.ts";
import { checkBigUint } from "./internal/validate.ts";

export interface GetBlockParameters {
  /** The latest unless told. */
  readonly blockNumber?: bigint | undefined;
}

/** A block, by what tells it from all others. */
export interface GetBlockReturnType {
  readonly blockNumber: bigint;
  readonly hash: Hex;
  /** Block time (Unix seconds). */
  readonly time: number;
}

export type GetBlockErrorType = InvalidInputError | NotFoundError | ReadErrorType;

/**
 * A block's number, hash and time: what to read at, where several answers must be of one moment.
 * @throws InvalidInputError, NotFoundError when the chain has no such block
 */
export async function getBlock(
  client: ConcordClient,
  parameters: GetBlockParameters = {},
): Promise<GetBlockReturnType> {
  if (parameters.blockNumber !== undefined) checkBigUint("blockNumber", parameters.blockNumber, 64);
  await requireChain(client);
  const blockNumber = parameters.blockNumber ?? (await latestBlockNumber(client));
  const block = await client.publicClient.getBlock({ blockNumber }).catch((error: unknown) => {
    throw error instanceof BlockNotFoundError ? new NotFoundError("block", { blockNumber }) : toSdkError(error);
  });
  return { blockNumber, hash: block.hash, time: Number(block.timestamp) };
}
