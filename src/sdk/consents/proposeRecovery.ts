import type { Hex } from "viem";

import { type ConsentWord, decodeWord } from "../../model/index.ts";
import type { ConcordClient } from "../client.ts";
import { eventIn } from "../internal/events.ts";
import { checkId } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface ProposeRecoveryParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly scopeId: Hex;
  /** The id whose key is lost. */
  readonly participantId: Hex;
  /** The id of the participant's new key, which has not acted in the scope. */
  readonly newParticipantId: Hex;
}

export type ProposeRecoveryReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  {
    readonly scopeId: Hex;
    readonly participantId: Hex;
    readonly newParticipantId: Hex;
    /** The consent's word, locked: it may be closed meanwhile, not opened. */
    readonly word: ConsentWord;
  },
  dryRun
>;

export type ProposeRecoveryErrorType = WriteErrorType;

/**
 * Asks that a participant's consent move to a new key, because the old one is lost. A second institution must ask for
 * it too. For an account of the scope's custodian, in good standing.
 * @throws InvalidInputError, ConcordContractError ConsentNotCustodian, InstitutionAccountUnknown,
 * InstitutionNotInStanding, ConsentUnknown, ConsentTargetTaken, ConsentRecoveryVetoed, ConsentLocked (one is pending),
 * ConsentForwarded
 */
export async function proposeRecovery<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: ProposeRecoveryParameters<dryRun>,
): Promise<ProposeRecoveryReturnType<dryRun>> {
  const { scopeId, participantId, newParticipantId } = parameters;
  checkId("scopeId", scopeId);
  checkId("participantId", participantId);
  checkId("newParticipantId", newParticipantId);
  const args = [scopeId, participantId, newParticipantId] as const;
  return write(client, parameters, { contract: "consentRegistry", functionName: "proposeRecovery", args }, (logs) => {
    const { word, ...ids } = eventIn(client, logs, "consentRegistry", "ConsentRecoveryProposed");
    return { ...ids, word: decodeWord(word) };
  });
}
