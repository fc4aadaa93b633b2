import type { Hex } from "viem";

import { ConsentState, WithdrawalExtent } from "../../model/index.ts";
import type { ConcordClient } from "../client.ts";
import { checkExtent } from "../internal/changes.ts";
import { ATTESTED_CLOSINGS, type AttestedClosing } from "../internal/enums.ts";
import { eventIn } from "../internal/events.ts";
import { latestBlock } from "../internal/read.ts";
import { checkBoolean, checkId, checkUint, numberOf, refuse } from "../internal/validate.ts";
import { type ChangedConsent, changedConsent } from "../internal/words.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface AttestClosingParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly scopeId: Hex;
  readonly participantId: Hex;
  /** What was asked for. Annulled only closes what nobody but the custodian has ever written. */
  readonly state: AttestedClosing;
  /** How far a withdrawal reaches: 1 no further contact, 2 no further access, 3 no further use; 3 unless told. */
  readonly extent?: number | undefined;
  /** Whether a minor said so: no guardian opens the consent again. No, unless told. */
  readonly dissent?: boolean | undefined;
  /** When it was said (Unix seconds, uint32), never in the future; the latest block's time unless told. */
  readonly signedAt?: number | undefined;
}

export type AttestClosingReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  ChangedConsent & {
    /** The institution that attests. */
    readonly custodian: Hex;
    readonly signedAt: number;
  },
  dryRun
>;

export type AttestClosingErrorType = WriteErrorType;

/**
 * Closes a participant's consent because they said so on paper or by telephone. For an account of the scope's
 * custodian, whatever its standing: the contract always accepts it.
 * @throws InvalidInputError, ConcordContractError ConsentNotCustodian, ConsentSignedInFuture, ConsentParticipantActed
 * (to annul what is not the custodian's)
 */
export async function attestClosing<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: AttestClosingParameters<dryRun>,
): Promise<AttestClosingReturnType<dryRun>> {
  const { scopeId, participantId, dissent = false } = parameters;
  checkId("scopeId", scopeId);
  checkId("participantId", participantId);
  numberOf("state", ATTESTED_CLOSINGS, parameters.state);
  const state = ConsentState[parameters.state];
  const extent = extentOf(parameters);
  checkBoolean("dissent", dissent);
  if (parameters.signedAt !== undefined) checkUint("signedAt", parameters.signedAt, 32);
  const signedAt = parameters.signedAt ?? (await latestBlock(client)).time;
  const args = [{ scopeId, participantId, state, extent, dissent, signedAt }] as const;
  return write(client, parameters, { contract: "consentRegistry", functionName: "attest", args }, (logs) => {
    const { custodian, signedAt } = eventIn(client, logs, "consentRegistry", "ConsentClosingAttested");
    return { ...changedConsent(client, logs), custodian, signedAt };
  });
}

/** Only a withdrawal has an extent. */
function extentOf({ state, extent }: AttestClosingParameters): number {
  if (state === "Withdrawn") {
    const reached = extent ?? WithdrawalExtent.NoFurtherUse;
    checkExtent("extent", reached);
    return reached;
  }
  if (extent === undefined || extent === WithdrawalExtent.None) return WithdrawalExtent.None;
  throw refuse("extent", extent, `an extent of what is ${state}`, "Leave extent out: only a withdrawal has one.");
}
