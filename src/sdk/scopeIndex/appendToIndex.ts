import type { Account, Address, Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { addressOf } from "../internal/contracts.ts";
import { eventsIn } from "../internal/events.ts";
import { pagesOf, type Progress } from "../internal/pages.ts";
import { checkBytes32, checkId, checkNonEmptyList, checkUint } from "../internal/validate.ts";
import { type DryRun, write, type WriteErrorType } from "../internal/write.ts";

export interface AppendToIndexParameters<dryRun extends boolean = boolean> {
  readonly scopeId: Hex;
  /** Who has answered for the scope, at least one. Those who stand in the index already are passed over. */
  readonly participantIds: readonly Hex[];
  /** Participants a transaction; 100 unless told. */
  readonly batchSize?: number | undefined;
  /** Called after each batch. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Who sends and pays; the wallet client's account unless told. */
  readonly account?: Account | Address | undefined;
  /** Stop after the simulation: nothing is sent. */
  readonly dryRun?: dryRun | undefined;
}

export interface AppendSummary {
  /** The participants that were new, in the order in which they were appended. */
  readonly appended: readonly Hex[];
  /** Of all transactions. */
  readonly gasUsed: bigint;
  readonly transactions: readonly { readonly hash: Hex; readonly blockNumber: bigint; readonly gasUsed: bigint }[];
}

export type AppendToIndexReturnType<dryRun extends boolean = boolean> = dryRun extends true ? DryRun : AppendSummary;

export type AppendToIndexErrorType = WriteErrorType;

/**
 * Appends participants who have answered to the index of a scope, in batches, one transaction after another. For
 * anyone. Where a batch fails, all may be given again: nobody is appended twice.
 * @throws InvalidInputError, ConcordContractError ScopeIndexNoConsent
 */
export async function appendToIndex<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: AppendToIndexParameters<dryRun>,
): Promise<AppendToIndexReturnType<dryRun>> {
  const { scopeId, participantIds, batchSize = 100, onProgress, account, dryRun } = parameters;
  checkId("scopeId", scopeId);
  checkNonEmptyList("participantIds", participantIds);
  participantIds.forEach((id, index) => {
    checkBytes32(`participantIds[${index}]`, id);
  });
  checkUint("batchSize", batchSize, 16, 1);
  const registry = addressOf(client, "consentRegistry");
  const requests = pagesOf(participantIds, batchSize).map((batch) => {
    return { contract: "scopeIndex", functionName: "append", args: [registry, scopeId, batch] } as const;
  });
  if (dryRun === true) {
    let gas = 0n;
    for (const request of requests) gas += (await write(client, { account, dryRun: true }, request, () => ({}))).gas;
    const answer: DryRun = { dryRun: true, gas };
    return answer as AppendToIndexReturnType<dryRun>;
  }

  const appended: Hex[] = [];
  const transactions: AppendSummary["transactions"][number][] = [];
  let done = 0;
  for (const request of requests) {
    const { ids, ...transaction } = await write(client, { account, dryRun: false }, request, (logs) => ({
      ids: eventsIn(client, logs, "scopeIndex", ["ScopeIndexAppended"]).map(({ args }) => args.participantId),
    }));
    appended.push(...ids);
    transactions.push(transaction);
    done += request.args[2].length;
    onProgress?.({ done, total: participantIds.length });
  }
  const gasUsed = transactions.reduce((sum, transaction) => sum + transaction.gasUsed, 0n);
  return { appended, gasUsed, transactions } as AppendSummary as AppendToIndexReturnType<dryRun>;
}
