import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { eventIn } from "../internal/events.ts";
import { checkId } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface ConfirmRecoveryParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly scopeId: Hex;
  /** The id whose key is lost. */
  readonly participantId: Hex;
  /** The id that the custodian has proposed. */
  readonly newParticipantId: Hex;
}

export type ConfirmRecoveryReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  {
    readonly scopeId: Hex;
    readonly participantId: Hex;
    /** The institution that confirms. */
    readonly institution: Hex;
    /** From when the move may be completed, unless it is vetoed (Unix seconds). */
    readonly readyAt: number;
  },
  dryRun
>;

export type ConfirmRecoveryErrorType = WriteErrorType;

/**
 * Asks, as a second institution, that a participant's consent move to a new key; from now on the old key has 14 days to
 * veto it. For an account of any institution in good standing but the one that proposed it.
 * @throws InvalidInputError, ConcordContractError ConsentRecoveryUnknown, ConsentRecoverySameInstitution,
 * InstitutionAccountUnknown, InstitutionNotInStanding
 */
export async function confirmRecovery<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: ConfirmRecoveryParameters<dryRun>,
): Promise<ConfirmRecoveryReturnType<dryRun>> {
  const { scopeId, participantId, newParticipantId } = parameters;
  checkId("scopeId", scopeId);
  checkId("participantId", participantId);
  checkId("newParticipantId", newParticipantId);
  const args = [scopeId, participantId, newParticipantId] as const;
  return write(client, parameters, { contract: "consentRegistry", functionName: "confirmRecovery", args }, (logs) =>
    eventIn(client, logs, "consentRegistry", "ConsentRecoveryConfirmed"),
  );
}
