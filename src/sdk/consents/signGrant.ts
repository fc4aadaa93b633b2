import type { ConcordClient } from "../client.ts";
import { completeGrant, type GrantTerms } from "../internal/changes.ts";
import { nextVersion } from "../internal/nextVersion.ts";
import { signChange, type SigningErrorType, type SigningOptions } from "../internal/signing.ts";
import type { SignedGrant } from "./encodeSignedChange.ts";

export interface SignGrantParameters extends GrantTerms, SigningOptions {}

export type SignGrantReturnType = SignedGrant;

export type SignGrantErrorType = SigningErrorType;

/**
 * Signs that a participant agrees to terms, as the version after the standing one. Sends nothing.
 * @returns plain JSON, for relayConsentChanges in this process or another
 * @throws InvalidInputError, also when the standing consent has reached the last version
 */
export async function signGrant(client: ConcordClient, parameters: SignGrantParameters): Promise<SignGrantReturnType> {
  const grant = completeGrant(parameters);
  const { change, authorisation } = await signChange(client, parameters, {
    struct: "Grant",
    scopeId: grant.scopeId,
    isOpening: true,
    changeOn: (standing) => ({ ...grant, version: nextVersion(standing) }),
  });
  return { verb: "grant", change: { ...change, elements: change.elements.toString() }, authorisation };
}
