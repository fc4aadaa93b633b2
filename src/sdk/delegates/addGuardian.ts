import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { addedDelegation, type Delegation } from "../internal/mandates.ts";
import { checkId } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";
import { roundUpToHalfYear } from "./roundUpToHalfYear.ts";

export interface AddGuardianParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly scopeId: Hex;
  /** The minor, or whoever else cannot act for themself. */
  readonly participantId: Hex;
  /** The guardian: the id of their signer bytes; see participantIdOf. */
  readonly delegateId: Hex;
  /** When the guardianship ends (Unix seconds, uint32): rounded up to a half-year before it is sent. */
  readonly until: number;
}

export type AddGuardianReturnType<dryRun extends boolean = boolean> = WriteReturnType<Delegation, dryRun>;

export type AddGuardianErrorType = WriteErrorType;

/**
 * Attests that someone is a participant's guardian. Every word that they write ends with the guardianship; afterwards
 * they can only close. For an account of the scope's custodian, in good standing.
 * @throws InvalidInputError, ConcordContractError DelegateNotCustodian, InstitutionAccountUnknown,
 * InstitutionNotInStanding, DelegateInvalid, DelegateUntilPassed, DelegateKindStands (the participant's proxy)
 */
export async function addGuardian<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: AddGuardianParameters<dryRun>,
): Promise<AddGuardianReturnType<dryRun>> {
  const { scopeId, participantId, delegateId, until } = parameters;
  checkId("scopeId", scopeId);
  checkId("participantId", participantId);
  checkId("delegateId", delegateId);
  const args = [scopeId, participantId, delegateId, roundUpToHalfYear(until, "until")] as const;
  return write(client, parameters, { contract: "delegateRegistry", functionName: "addGuardian", args }, (logs) =>
    addedDelegation(client, logs),
  );
}
