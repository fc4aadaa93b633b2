import type { Account, Address, Hex, Log } from "viem";

import type { ConsentWord } from "../../model/index.ts";
import type { ConcordClient } from "../client.ts";
import { BaseError, ConcordContractError, decodeContractError } from "../errors.ts";
import { eventsIn } from "./events.ts";
import type { Progress } from "./pages.ts";
import { latestBlock } from "./read.ts";
import { checkUint } from "./validate.ts";
import { changedConsents } from "./words.ts";
import { type DryRun, TRANSACTION_GAS_CAP, write } from "./write.ts";

/** What everything that is sent in batches takes. */
export interface RelayOptions<dryRun extends boolean = boolean> {
  /**
   * Changes a transaction at the most; 100 unless told. Changes whose signatures take much gas make smaller batches.
   */
  readonly batchSize?: number | undefined;
  /** Called after each batch. */
  readonly onProgress?: ((progress: RelayProgress) => void) | undefined;
  /** Who sends and pays; the wallet client's account unless told. */
  readonly account?: Account | Address | undefined;
  /** Stop after the simulation. Each batch is simulated on the chain as it is, without the batches before it. */
  readonly dryRun?: dryRun | undefined;
}

/** How far the relaying is. */
export interface RelayProgress extends Progress {
  readonly accepted: number;
  readonly rejected: number;
}

/** What became of one change. */
export type RelayedChange = AcceptedChange | RejectedChange;

export interface AcceptedChange {
  readonly accepted: true;
  readonly scopeId: Hex;
  readonly participantId: Hex;
  /** The consent's word after the change. */
  readonly word: ConsentWord;
  /** The transaction that carried it. */
  readonly hash: Hex;
}

export interface RejectedChange {
  readonly accepted: false;
  /** Why; the change has used up nothing. */
  readonly error: ConcordContractError;
  readonly hash: Hex;
}

export interface RelaySummary {
  /** In the order of the changes given. */
  readonly changes: readonly RelayedChange[];
  readonly accepted: number;
  readonly rejected: number;
  /** Of all transactions. */
  readonly gasUsed: bigint;
  readonly transactions: readonly RelayTransaction[];
}

/** One batch. */
export interface RelayTransaction {
  readonly hash: Hex;
  readonly blockNumber: bigint;
  readonly gasUsed: bigint;
  /** How many changes it carried. */
  readonly changes: number;
}

/** A batch could not be sent; `done` says what became of the changes before it. The cause says why. */
export class RelayInterruptedError extends BaseError {
  /** What became of the changes of the batches before. */
  readonly done: RelaySummary;

  constructor(done: RelaySummary, total: number, cause: BaseError) {
    super(
      `Relaying stopped after ${done.changes.length} of ${total} changes: ${cause.message}`,
      `Relay the changes from number ${done.changes.length} on again. ${cause.fix}`,
      { name: "RelayInterrupted", args: { done: done.changes.length, total, reason: cause.name }, cause },
    );
    this.done = done;
  }
}

/** One call of the registry, and the most gas that it needs in a batch. */
export interface RelayItem {
  readonly call: Hex;
  readonly gas: bigint;
}

/** What a transaction costs by itself, and the registry's reserve for the last item. */
const BATCH_GAS = 21_000n + 150_000n;

/** The registry refuses a batch as a whole when the gas left could make an item look refused. */
const GAS_TOO_LOW = "ConsentGasTooLow";

/**
 * Sends calls of the registry in batches, one transaction after another. Gas limits follow from the items, because
 * estimating a batch runs it many times over.
 * @throws RelayInterruptedError when a batch after the first could not be sent; WriteErrorType when the first could not
 */
export async function relayItems<dryRun extends boolean>(
  client: ConcordClient,
  items: readonly RelayItem[],
  { batchSize = 100, onProgress, account, dryRun }: RelayOptions<dryRun>,
): Promise<dryRun extends true ? DryRun : RelaySummary> {
  checkUint("batchSize", batchSize, 16, 1);
  const { gasLimit } = await latestBlock(client);
  const cap = gasLimit < TRANSACTION_GAS_CAP ? gasLimit : TRANSACTION_GAS_CAP;
  const pending = batchesOf(items, batchSize, cap);

  if (dryRun === true) {
    let gas = 0n;
    for (const batch of pending) {
      gas += (await write(client, { account, dryRun: true }, requestOf(batch), () => ({}))).gas;
    }
    const answer: DryRun = { dryRun: true, gas };
    return answer as dryRun extends true ? DryRun : RelaySummary;
  }

  const relayed: RelayedChange[] = [];
  const transactions: RelayTransaction[] = [];
  const summary = (): RelaySummary => {
    const accepted = relayed.filter((change) => change.accepted).length;
    const gasUsed = transactions.reduce((sum, transaction) => sum + transaction.gasUsed, 0n);
    const rejected = relayed.length - accepted;
    return { changes: [...relayed], accepted, rejected, gasUsed, transactions: [...transactions] };
  };
  for (let batch = pending.shift(); batch !== undefined; batch = pending.shift()) {
    try {
      const { changes, ...transaction } = await sendBatch(client, account, batch, cap);
      relayed.push(...changes);
      transactions.push({ ...transaction, changes: changes.length });
    } catch (error) {
      if (isGasTooLow(error) && batch.length > 1) {
        const half = Math.ceil(batch.length / 2);
        pending.unshift(batch.slice(0, half), batch.slice(half));
        continue;
      }
      if (transactions.length === 0 || !(error instanceof BaseError)) throw error;
      throw new RelayInterruptedError(summary(), items.length, error);
    }
    const { accepted, rejected } = summary();
    onProgress?.({ done: relayed.length, total: items.length, accepted, rejected });
  }
  return summary() as dryRun extends true ? DryRun : RelaySummary;
}

/** Cuts the items into batches that stay below the gas cap of a transaction. */
function batchesOf(items: readonly RelayItem[], size: number, cap: bigint): RelayItem[][] {
  const batches: RelayItem[][] = [];
  let gas = 0n;
  for (const item of items) {
    const batch = batches.at(-1);
    if (batch === undefined || batch.length === size || gas + item.gas > cap) {
      batches.push([item]);
      gas = BATCH_GAS + item.gas;
    } else {
      batch.push(item);
      gas += item.gas;
    }
  }
  return batches;
}

interface SentBatch extends Omit<RelayTransaction, "changes"> {
  readonly changes: readonly RelayedChange[];
}

/**
 * Sends one batch. An account with code may take more gas than the items tell; then the gas cap is tried, where nothing
 * has been sent yet: the simulation comes first.
 */
async function sendBatch(
  client: ConcordClient,
  account: Account | Address | undefined,
  batch: readonly RelayItem[],
  cap: bigint,
): Promise<SentBatch> {
  const wanted = batch.reduce((gas, item) => gas + item.gas, BATCH_GAS);
  const send = async (gas: bigint): Promise<SentBatch> => {
    let logs: readonly Log[] = [];
    const { hash, blockNumber, gasUsed } = await write(
      client,
      { account, dryRun: false },
      { ...requestOf(batch), gas },
      (found) => {
        logs = found;
        return {};
      },
    );
    return { hash, blockNumber, gasUsed, changes: outcomes(client, logs, batch.length, hash) };
  };
  if (wanted >= cap) return send(cap);
  try {
    return await send(wanted);
  } catch (error) {
    if (!isGasTooLow(error)) throw error;
    return send(cap);
  }
}

function requestOf(batch: readonly RelayItem[]) {
  return { contract: "consentRegistry", functionName: "relay", args: [batch.map(({ call }) => call)] } as const;
}

function isGasTooLow(error: unknown): boolean {
  return error instanceof ConcordContractError && error.name === GAS_TOO_LOW;
}

/** An item is refused by name; the others have left their events in order. */
function outcomes(client: ConcordClient, logs: readonly Log[], count: number, hash: Hex): RelayedChange[] {
  const rejections = new Map(
    eventsIn(client, logs, "consentRegistry", ["ConsentItemRejected"]).map(({ args }) => [args.index, args.reason]),
  );
  const consents = changedConsents(client, logs).values();
  return Array.from({ length: count }, (_, index): RelayedChange => {
    const reason = rejections.get(BigInt(index));
    if (reason !== undefined) return { accepted: false, error: decodeContractError(reason), hash };
    const { value: consent } = consents.next();
    if (consent === undefined) throw new TypeError(`The receipt of ${hash} says nothing of item ${index}.`);
    return { accepted: true, ...consent, hash };
  });
}
