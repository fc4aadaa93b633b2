import type {
  ContractFunctionArgs,
  ContractFunctionName,
  ContractFunctionReturnType,
  ReadContractParameters,
} from "viem";

import type { ConcordClient } from "../client.ts";
import type { BaseError, ChainMismatchError, ConcordContractError, RequestFailedError } from "../errors.ts";
import { requireChain } from "./chain.ts";
import { abis, type Abis, addressOf, type ContractName } from "./contracts.ts";
import { toSdkError } from "./failures.ts";

type Views = "view" | "pure";

export interface ReadRequest<contract extends ContractName, name extends ContractFunctionName<Abis[contract], Views>> {
  readonly contract: contract;
  readonly functionName: name;
  readonly args: ContractFunctionArgs<Abis[contract], Views, name>;
  readonly blockNumber?: bigint | undefined;
}

/** What any reading action may throw, besides its own. */
export type ReadErrorType = ChainMismatchError | ConcordContractError | RequestFailedError;

/** Calls a view, at the latest block unless one is named. */
export async function read<contract extends ContractName, name extends ContractFunctionName<Abis[contract], Views>>(
  client: ConcordClient,
  { contract, functionName, args, blockNumber }: ReadRequest<contract, name>,
): Promise<ContractFunctionReturnType<Abis[contract], Views, name>> {
  await requireChain(client);
  const request = { address: addressOf(client, contract), abi: abis[contract], functionName, args, blockNumber };
  try {
    // viem cannot relate a generic contract to its functions; the parameters' own types do.
    const answer = await client.publicClient.readContract(request as unknown as ReadContractParameters);
    return answer as ContractFunctionReturnType<Abis[contract], Views, name>;
  } catch (error) {
    throw toSdkError(error) satisfies BaseError;
  }
}

/** Number of the latest block, asked anew: viem would give one of some seconds ago. */
export async function latestBlockNumber(client: ConcordClient): Promise<bigint> {
  await requireChain(client);
  return client.publicClient.getBlockNumber({ cacheTime: 0 }).catch((error: unknown) => {
    throw toSdkError(error);
  });
}

/** Time of the latest block (Unix seconds) and its gas limit. */
export async function latestBlock(client: ConcordClient): Promise<{ time: number; gasLimit: bigint }> {
  await requireChain(client);
  const block = await client.publicClient.getBlock({ blockTag: "latest" }).catch((error: unknown) => {
    throw toSdkError(error);
  });
  return { time: Number(block.timestamp), gasLimit: block.gasLimit };
}

/** Time of a block (Unix seconds). */
export async function blockTime({ publicClient }: ConcordClient, blockNumber: bigint): Promise<number> {
  const block = await publicClient.getBlock({ blockNumber }).catch((error: unknown) => {
    throw toSdkError(error);
  });
  return Number(block.timestamp);
}
