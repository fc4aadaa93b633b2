import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import type { InvalidInputError } from "../errors.ts";
import { findEvents } from "../internal/events.ts";
import { type Delegation, mandateOf, noMandate } from "../internal/mandates.ts";
import { latestBlockNumber, type ReadErrorType } from "../internal/read.ts";
import { checkId } from "../internal/validate.ts";

/** The delegates of a participant in a scope, or the participants there for whom someone may act. */
export type ListDelegatesParameters = {
  readonly scopeId: Hex;
  /** The block to read at; the latest unless told. */
  readonly blockNumber?: bigint | undefined;
} & (
  | { readonly participantId: Hex; readonly delegateId?: undefined }
  | { readonly delegateId: Hex; readonly participantId?: undefined }
);

export interface ListDelegatesReturnType {
  readonly blockNumber: bigint;
  /**
   * Mandates that stand, in the order in which they were last given. Those whose end has passed are among them: a
   * guardian may still close.
   */
  readonly delegations: readonly Delegation[];
}

export type ListDelegatesErrorType = InvalidInputError | ReadErrorType;

/**
 * Who may act for a participant in a scope, or for whom someone may act there, from the registry's events.
 * @throws InvalidInputError
 */
export async function listDelegates(
  client: ConcordClient,
  parameters: ListDelegatesParameters,
): Promise<ListDelegatesReturnType> {
  const { scopeId, participantId, delegateId } = parameters;
  checkId("scopeId", scopeId);
  if (delegateId === undefined) checkId("participantId", participantId);
  else checkId("delegateId", delegateId);
  const blockNumber = parameters.blockNumber ?? (await latestBlockNumber(client));
  const topics = [scopeId, participantId ?? null, delegateId ?? null];
  const names = ["DelegateAdded", "DelegateRemoved"] as const;
  const events = await findEvents(client, "delegateRegistry", names, { topics, toBlock: blockNumber });

  const delegations = new Map<string, Delegation>();
  for (const { name, args } of events) {
    const ids = { scopeId: args.scopeId, participantId: args.participantId, delegateId: args.delegateId };
    const key = `${ids.participantId} ${ids.delegateId}`;
    // A later event moves the pair to the end.
    delegations.delete(key);
    const mandate = name === "DelegateAdded" ? mandateOf(args.mandate) : noMandate(args.signedAt);
    delegations.set(key, { ...ids, mandate });
  }
  return { blockNumber, delegations: [...delegations.values()].filter(({ mandate }) => mandate.kind !== "None") };
}
