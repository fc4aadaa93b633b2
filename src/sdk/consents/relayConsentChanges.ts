import type { Account, Address, Hex, Log } from "viem";

import type { ConsentWord } from "../../model/index.ts";
import type { ConcordClient } from "../client.ts";
import { BaseError, type ConcordContractError, decodeContractError } from "../errors.ts";
import { eventsIn } from "../internal/events.ts";
import { pagesOf, type Progress } from "../internal/pages.ts";
import { latestBlock } from "../internal/read.ts";
import { checkNonEmptyList, checkUint } from "../internal/validate.ts";
import { changedConsents } from "../internal/words.ts";
import { type DryRun, TRANSACTION_GAS_CAP, write, type WriteErrorType } from "../internal/write.ts";
import { encodeSignedChange, type SignedChange } from "./encodeSignedChange.ts";

export interface RelayConsentChangesParameters<dryRun extends boolean = boolean> {
  /** What participants have signed, at least one; applied in order. */
  readonly changes: readonly SignedChange[];
  /** Changes a transaction; 100 unless told. */
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

export type RelayConsentChangesReturnType<dryRun extends boolean = boolean> = dryRun extends true
  ? DryRun
  : RelaySummary;

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

export type RelayConsentChangesErrorType = RelayInterruptedError | WriteErrorType;

/** The most gas that one change of a batch needs, its calldata and the registry's reserve for a next one included. */
const ITEM_GAS = 120_000n;
/** What a transaction costs by itself, and the registry's reserve for the last item. */
const BATCH_GAS = 21_000n + 150_000n;

/**
 * Sends signed changes in batches, one transaction after another. A refused change is reported with its reason and
 * spoils nothing else. Gas limits follow from the number of changes, because estimating a batch runs it many times over;
 * batches of up to 100 stay below the gas cap of EIP-7825.
 * @throws InvalidInputError before anything is sent, when a change is malformed; RelayInterruptedError when a batch
 * after the first could not be sent; WriteErrorType when the first could not
 */
export async function relayConsentChanges<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: RelayConsentChangesParameters<dryRun>,
): Promise<RelayConsentChangesReturnType<dryRun>> {
  const { changes, batchSize = 100, onProgress, account, dryRun } = parameters;
  checkNonEmptyList("changes", changes);
  checkUint("batchSize", batchSize, 16, 1);
  const calls = changes.map((change, index) => encodeSignedChange(change, `changes[${index}]`));
  const batches = pagesOf(calls, batchSize);

  if (dryRun === true) {
    let gas = 0n;
    for (const batch of batches) {
      const request = { contract: "consentRegistry", functionName: "relay", args: [batch] } as const;
      gas += (await write(client, { account, dryRun: true }, request, () => ({}))).gas;
    }
    return { dryRun: true, gas } as RelayConsentChangesReturnType<dryRun>;
  }

  const { gasLimit } = await latestBlock(client);
  const relayed: RelayedChange[] = [];
  const transactions: RelayTransaction[] = [];
  const summary = (): RelaySummary => {
    const accepted = relayed.filter((change) => change.accepted).length;
    const gasUsed = transactions.reduce((sum, transaction) => sum + transaction.gasUsed, 0n);
    return {
      changes: [...relayed],
      accepted,
      rejected: relayed.length - accepted,
      gasUsed,
      transactions: [...transactions],
    };
  };
  for (const batch of batches) {
    const gas = least(BATCH_GAS + ITEM_GAS * BigInt(batch.length), TRANSACTION_GAS_CAP, gasLimit);
    const request = { contract: "consentRegistry", functionName: "relay", args: [batch], gas } as const;
    let logs: readonly Log[] = [];
    try {
      const { hash, blockNumber, gasUsed } = await write(client, { account, dryRun: false }, request, (found) => {
        logs = found;
        return {};
      });
      relayed.push(...outcomes(client, logs, batch.length, hash));
      transactions.push({ hash, blockNumber, gasUsed, changes: batch.length });
    } catch (error) {
      if (transactions.length === 0 || !(error instanceof BaseError)) throw error;
      throw new RelayInterruptedError(summary(), changes.length, error);
    }
    const { accepted, rejected } = summary();
    onProgress?.({ done: relayed.length, total: changes.length, accepted, rejected });
  }
  return summary() as RelayConsentChangesReturnType<dryRun>;
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

function least(...values: readonly bigint[]): bigint {
  return values.reduce((a, b) => (b < a ? b : a));
}
