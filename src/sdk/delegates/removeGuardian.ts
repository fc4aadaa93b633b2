import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { type Delegation, removedDelegation } from "../internal/mandates.ts";
import { checkId } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface RemoveGuardianParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly scopeId: Hex;
  readonly participantId: Hex;
  readonly delegateId: Hex;
}

export type RemoveGuardianReturnType<dryRun extends boolean = boolean> = WriteReturnType<Delegation, dryRun>;

export type RemoveGuardianErrorType = WriteErrorType;

/**
 * Ends a guardianship, closing included. What the guardian has opened stands. For an account of the scope's custodian,
 * in good standing.
 * @throws InvalidInputError, ConcordContractError DelegateNotCustodian, InstitutionAccountUnknown,
 * InstitutionNotInStanding, DelegateUnknown
 */
export async function removeGuardian<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: RemoveGuardianParameters<dryRun>,
): Promise<RemoveGuardianReturnType<dryRun>> {
  const { scopeId, participantId, delegateId } = parameters;
  checkId("scopeId", scopeId);
  checkId("participantId", participantId);
  checkId("delegateId", delegateId);
  const args = [scopeId, participantId, delegateId] as const;
  return write(client, parameters, { contract: "delegateRegistry", functionName: "removeGuardian", args }, (logs) =>
    removedDelegation(client, logs),
  );
}
