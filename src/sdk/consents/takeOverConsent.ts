import type { ConcordClient } from "../client.ts";
import { wireAuthorisation } from "../internal/authorisation.ts";
import { type MovedConsent, movedConsent } from "../internal/moves.ts";
import { checkId, checkObject, refuse } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";
import type { SignedTakeOver } from "./encodeSignedChange.ts";

export interface TakeOverConsentParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  /** What the participant has signed with their own, fresh key; see signTakeOver. */
  readonly signed: SignedTakeOver;
}

export type TakeOverConsentReturnType<dryRun extends boolean = boolean> = WriteReturnType<MovedConsent, dryRun>;

export type TakeOverConsentErrorType = WriteErrorType;

/**
 * Moves a consent that a custodian or guardian has kept to the participant's own key; the old id forwards for ever. For
 * an account of the scope's custodian, in good standing.
 * @throws InvalidInputError, ConcordContractError ConsentNotCustodian, InstitutionAccountUnknown,
 * InstitutionNotInStanding, ConsentUnknown, ConsentParticipantActed, ConsentSignedTooEarly, ConsentSignatureInvalid,
 * ConsentTargetTaken, ConsentForwarded, ConsentLocked, ConsentMovesExhausted
 */
export async function takeOverConsent<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: TakeOverConsentParameters<dryRun>,
): Promise<TakeOverConsentReturnType<dryRun>> {
  const { signed } = parameters;
  checkObject("signed", signed);
  if (signed.verb !== "takeOver")
    throw refuse("signed.verb", signed.verb, "not takeOver", "Give what signTakeOver made.");
  checkObject("signed.change", signed.change);
  const { scopeId, attestedId } = signed.change;
  checkId("signed.change.scopeId", scopeId);
  checkId("signed.change.attestedId", attestedId);
  const args = [{ scopeId, attestedId }, wireAuthorisation("signed.authorisation", signed.authorisation)] as const;
  return write(client, parameters, { contract: "consentRegistry", functionName: "takeOver", args }, (logs) =>
    movedConsent(client, logs),
  );
}
