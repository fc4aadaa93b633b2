import { type Hex, keccak256 } from "viem";

import type { ConcordClient } from "../client.ts";
import { NotFoundError } from "../errors.ts";
import {
  authorise,
  consentStatement,
  type SignatureOptions,
  signerOf,
  type SigningErrorType,
} from "../internal/signing.ts";
import { checkId } from "../internal/validate.ts";
import type { SignedVeto } from "./encodeSignedChange.ts";
import { getRecovery } from "./getRecovery.ts";

export interface SignVetoParameters extends SignatureOptions {
  readonly scopeId: Hex;
}

export type SignVetoReturnType = SignedVeto;

export type SignVetoErrorType = NotFoundError | SigningErrorType;

/**
 * Signs a participant's no to the pending move of their consent to another key: by the old key. Sends nothing.
 * @returns plain JSON, for relayConsentChanges in this process or another
 * @throws InvalidInputError, NotFoundError when no move is pending
 */
export async function signVeto(client: ConcordClient, parameters: SignVetoParameters): Promise<SignVetoReturnType> {
  const { scopeId } = parameters;
  checkId("scopeId", scopeId);
  const signer = await signerOf(client, parameters);
  const participantId = keccak256(signer.signer);
  const { pending } = await getRecovery(client, { scopeId, participantId });
  if (pending === undefined) throw new NotFoundError("pending recovery", { scopeId, participantId });
  const { newParticipantId, proposedAt } = pending;
  const change = { scopeId, newParticipantId };
  const statement = consentStatement(client, "Veto", participantId, change);
  const authorisation = await authorise(client, signer, parameters, { ...statement, earliest: proposedAt });
  return { verb: "veto", change, authorisation };
}
