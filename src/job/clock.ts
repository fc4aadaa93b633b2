import { setTimeout } from "node:timers/promises";

import type { PublicClient } from "viem";

const POLLING_MS = 50;
/** A chain that makes a block every second or so needs a moment; one that waits for transactions tells its clock at once. */
const PATIENCE_MS = 60_000;

/**
 * Waits until the chain's next block will be later than a time.
 * @param time Unix seconds
 * @returns the latest block's time, or the second after `time` where that is later
 */
export async function untilAfter(publicClient: PublicClient, time: number): Promise<number> {
  for (let waited = 0; waited < PATIENCE_MS; waited += POLLING_MS) {
    const { timestamp } = await publicClient.getBlock({ blockTag: "pending" });
    if (timestamp > time) break;
    await setTimeout(POLLING_MS);
  }
  return Math.max(await latestTime(publicClient), time + 1);
}

/** The latest block's time (Unix seconds). */
export async function latestTime(publicClient: PublicClient): Promise<number> {
  return Number((await publicClient.getBlock()).timestamp);
}
