import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { type Delegation, removedDelegation } from "../internal/mandates.ts";
import { checkId } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface RenounceMandateParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly scopeId: Hex;
  /** For whom the sender may act. */
  readonly participantId: Hex;
}

export type RenounceMandateReturnType<dryRun extends boolean = boolean> = WriteReturnType<Delegation, dryRun>;

export type RenounceMandateErrorType = WriteErrorType;

/**
 * Gives the sender's own mandate up, a guardian's or a proxy's, by the sender's own transaction.
 * @throws InvalidInputError, ConcordContractError DelegateUnknown
 */
export async function renounceMandate<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: RenounceMandateParameters<dryRun>,
): Promise<RenounceMandateReturnType<dryRun>> {
  const { scopeId, participantId } = parameters;
  checkId("scopeId", scopeId);
  checkId("participantId", participantId);
  const args = [scopeId, participantId] as const;
  return write(client, parameters, { contract: "delegateRegistry", functionName: "renounce", args }, (logs) =>
    removedDelegation(client, logs),
  );
}
