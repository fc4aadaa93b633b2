import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { type MovedConsent, movedConsent } from "../internal/moves.ts";
import { checkId } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface CompleteRecoveryParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly scopeId: Hex;
  /** The id whose key is lost. */
  readonly participantId: Hex;
}

export type CompleteRecoveryReturnType<dryRun extends boolean = boolean> = WriteReturnType<MovedConsent, dryRun>;

export type CompleteRecoveryErrorType = WriteErrorType;

/**
 * Moves a participant's consent to their new key, once two institutions have asked for it and the delay is over; the
 * old id forwards for ever. For anyone.
 * @throws InvalidInputError, ConcordContractError ConsentRecoveryUnknown, ConsentRecoveryNotReady, ConsentTargetTaken,
 * ConsentMovesExhausted
 */
export async function completeRecovery<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: CompleteRecoveryParameters<dryRun>,
): Promise<CompleteRecoveryReturnType<dryRun>> {
  const { scopeId, participantId } = parameters;
  checkId("scopeId", scopeId);
  checkId("participantId", participantId);
  const args = [scopeId, participantId] as const;
  return write(client, parameters, { contract: "consentRegistry", functionName: "completeRecovery", args }, (logs) =>
    movedConsent(client, logs),
  );
}
