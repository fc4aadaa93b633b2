import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { type Delegation, removedDelegation } from "../internal/mandates.ts";
import { checkId } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface DismissDelegateParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly scopeId: Hex;
  readonly delegateId: Hex;
}

export type DismissDelegateReturnType<dryRun extends boolean = boolean> = WriteReturnType<Delegation, dryRun>;

export type DismissDelegateErrorType = WriteErrorType;

/**
 * Takes the mandate of the sender's own proxy back, by the sender's own transaction. Appointments signed before and yet
 * to be relayed die with it.
 * @throws InvalidInputError, ConcordContractError DelegateKindStands (a guardian), DelegateSuperseded
 */
export async function dismissDelegate<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: DismissDelegateParameters<dryRun>,
): Promise<DismissDelegateReturnType<dryRun>> {
  const { scopeId, delegateId } = parameters;
  checkId("scopeId", scopeId);
  checkId("delegateId", delegateId);
  const args = [{ scopeId, delegateId }] as const;
  return write(client, parameters, { contract: "delegateRegistry", functionName: "dismiss", args }, (logs) =>
    removedDelegation(client, logs),
  );
}
