import { type Hex, keccak256 } from "viem";

import type { ConcordClient } from "../client.ts";
import {
  authorise,
  delegateStatement,
  secondAfter,
  type SignatureOptions,
  signerOf,
  type SigningErrorType,
} from "../internal/signing.ts";
import { checkId } from "../internal/validate.ts";
import { getDelegate } from "./getDelegate.ts";
import type { SignedDismissal } from "./relayDelegateChange.ts";

export interface SignDismissalParameters extends SignatureOptions {
  readonly scopeId: Hex;
  readonly delegateId: Hex;
}

export type SignDismissalReturnType = SignedDismissal;

export type SignDismissalErrorType = SigningErrorType;

/**
 * Signs that a participant takes their proxy's mandate back. Appointments signed before and yet to be relayed die with
 * it. Sends nothing.
 * @returns plain JSON, for relayDelegateChange in this process or another
 * @throws InvalidInputError
 */
export async function signDismissal(
  client: ConcordClient,
  parameters: SignDismissalParameters,
): Promise<SignDismissalReturnType> {
  const { scopeId, delegateId } = parameters;
  checkId("scopeId", scopeId);
  checkId("delegateId", delegateId);
  const signer = await signerOf(client, parameters);
  const participantId = keccak256(signer.signer);
  const { kind, signedAt } = await getDelegate(client, { scopeId, participantId, delegateId });
  // In the second of its appointment a mandate may be taken back; where none stands, the dismissal must be news.
  const earliest = kind === "None" ? secondAfter(signedAt) : signedAt;
  const change = { scopeId, delegateId };
  const statement = delegateStatement(client, "Dismiss", participantId, change);
  return {
    verb: "dismiss",
    change,
    authorisation: await authorise(client, signer, parameters, { ...statement, earliest }),
  };
}
