import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

import { type ArtifactResolver, trackTransaction, wipe } from "@nomicfoundation/ignition-core";
import { type Address, type Hex, hexToNumber, numberToHex } from "viem";

import type { SystemConnection } from "./chain.ts";
import { SystemError } from "./errors.ts";
import { JOURNAL_FILE } from "./store.ts";

type Provider = SystemConnection["provider"];

/** A transaction of which the journal says that it was about to be sent, and not that it was. */
interface Unsettled {
  readonly futureId: string;
  readonly nonce: number;
}

/** How long a transaction may wait in the node's pool before the deployer is told to wait. */
const POOL_PATIENCE_MS = 60_000;
const POOL_POLLING_MS = 250;

/**
 * Settles what an interruption between preparing and noting a transaction left open, which Ignition would leave to the
 * user: a transaction that the chain has is noted in the journal, one that it never got is struck out and done again.
 *
 * @throws SystemError SystemDeploymentFailed when a transaction stays in the pool, or cannot be found in its block
 */
export async function settleJournal(
  provider: Provider,
  directory: string,
  artifactResolver: ArtifactResolver,
  deployer: Address,
): Promise<void> {
  const { unsettled, lastBlock } = await readUnsettled(directory);
  for (const { futureId, nonce } of unsettled) {
    if ((await countOf(provider, deployer, "pending")) <= nonce) {
      await wipe(directory, artifactResolver, futureId);
    } else {
      await waitForInclusion(provider, directory, deployer, nonce);
      const hash = await findTransaction(provider, directory, deployer, nonce, lastBlock);
      await trackTransaction(directory, hash, provider, 1);
    }
  }
}

/** Reads Ignition's journal: one JSON message a line. */
async function readUnsettled(directory: string): Promise<{ unsettled: Unsettled[]; lastBlock: number }> {
  const journal = await readFile(join(directory, JOURNAL_FILE), "utf8").catch(() => "");
  const open = new Map<string, Unsettled>();
  let lastBlock = 0;
  for (const line of journal.split("\n").filter((text) => text.trim() !== "")) {
    const { type, futureId, nonce, receipt } = JSON.parse(line) as {
      type: string;
      futureId: string;
      nonce: number;
      receipt?: { blockNumber: number };
    };
    if (type === "TRANSACTION_PREPARE_SEND") open.set(futureId, { futureId, nonce });
    if (type === "TRANSACTION_SEND" || type === "WIPE_APPLY") open.delete(futureId);
    if (type === "TRANSACTION_CONFIRM" && receipt !== undefined) lastBlock = Math.max(lastBlock, receipt.blockNumber);
  }
  return { unsettled: [...open.values()], lastBlock };
}

async function waitForInclusion(
  provider: Provider,
  directory: string,
  deployer: Address,
  nonce: number,
): Promise<void> {
  const end = Date.now() + POOL_PATIENCE_MS;
  while ((await countOf(provider, deployer, "latest")) <= nonce) {
    if (Date.now() > end) {
      throw stuck(
        directory,
        nonce,
        "is still in the node's pool",
        "Wait until a block includes it, then run the same command again.",
      );
    }
    await setTimeout(POOL_POLLING_MS);
  }
}

/** Looks for a transaction from the last confirmed block of the deployment on: it was sent right after that. */
async function findTransaction(
  provider: Provider,
  directory: string,
  deployer: Address,
  nonce: number,
  lastBlock: number,
): Promise<Hex> {
  const latest = hexToNumber((await provider.request({ method: "eth_blockNumber" })) as Hex);
  for (let number = lastBlock; number <= latest; number++) {
    const block = (await provider.request({
      method: "eth_getBlockByNumber",
      params: [numberToHex(number), true],
    })) as { transactions: { from: Hex; hash: Hex; nonce: Hex }[] };
    const found = block.transactions.find(
      (transaction) =>
        transaction.from.toLowerCase() === deployer.toLowerCase() && hexToNumber(transaction.nonce) === nonce,
    );
    if (found !== undefined) return found.hash;
  }
  throw stuck(
    directory,
    nonce,
    "is in no block",
    "Check that the node serves all blocks, then run the same command again.",
  );
}

function stuck(directory: string, nonce: number, problem: string, fix: string): SystemError {
  const message = `The deployer's transaction with nonce ${nonce} ${problem}.`;
  return new SystemError("SystemDeploymentFailed", message, { directory, nonce }, fix);
}

async function countOf(provider: Provider, account: Address, block: "latest" | "pending"): Promise<number> {
  return hexToNumber((await provider.request({ method: "eth_getTransactionCount", params: [account, block] })) as Hex);
}
