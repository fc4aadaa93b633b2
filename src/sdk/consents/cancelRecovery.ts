import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { checkId } from "../internal/validate.ts";
import { type ChangedConsent, changedConsent } from "../internal/words.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface CancelRecoveryParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly scopeId: Hex;
  readonly participantId: Hex;
}

export type CancelRecoveryReturnType<dryRun extends boolean = boolean> = WriteReturnType<ChangedConsent, dryRun>;

export type CancelRecoveryErrorType = WriteErrorType;

/**
 * Gives the pending move of a participant's consent to a new key up. For an account of the scope's custodian.
 * @throws InvalidInputError, ConcordContractError ConsentRecoveryUnknown, ConsentNotCustodian
 */
export async function cancelRecovery<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: CancelRecoveryParameters<dryRun>,
): Promise<CancelRecoveryReturnType<dryRun>> {
  const { scopeId, participantId } = parameters;
  checkId("scopeId", scopeId);
  checkId("participantId", participantId);
  const args = [scopeId, participantId] as const;
  return write(client, parameters, { contract: "consentRegistry", functionName: "cancelRecovery", args }, (logs) =>
    changedConsent(client, logs),
  );
}
