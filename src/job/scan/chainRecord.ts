import { concat, type Hex, hexToBytes, type PublicClient } from "viem";

/** One piece of what a chain tells everybody. */
export interface ChainBytes {
  /** Where it stands, for people. */
  readonly place: string;
  readonly bytes: Uint8Array;
}

/** What a range of blocks tells everybody. */
export interface ChainRecord {
  readonly calldata: readonly ChainBytes[];
  readonly logs: readonly ChainBytes[];
}

/** Reads every transaction's calldata and every log, whoever sent or emitted them. */
export async function readChain(publicClient: PublicClient, fromBlock: bigint, toBlock: bigint): Promise<ChainRecord> {
  const calldata: ChainBytes[] = [];
  for (let blockNumber = fromBlock; blockNumber <= toBlock; blockNumber += 1n) {
    const { transactions } = await publicClient.getBlock({ blockNumber, includeTransactions: true });
    for (const { hash, input } of transactions) calldata.push(piece(`the calldata of ${hash}`, input));
  }
  const logs = await publicClient.getLogs({ fromBlock, toBlock });
  return {
    calldata,
    logs: logs.map(({ transactionHash, logIndex, topics, data }) =>
      piece(`log ${logIndex} of ${transactionHash}`, concat([...topics, data])),
    ),
  };
}

function piece(place: string, bytes: Hex): ChainBytes {
  return { place, bytes: hexToBytes(bytes) };
}
