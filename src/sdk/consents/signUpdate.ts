import type { ConcordClient } from "../client.ts";
import { completeGrant, type GrantTerms } from "../internal/changes.ts";
import { nextVersion } from "../internal/nextVersion.ts";
import { signChange, type SigningErrorType, type SigningOptions } from "../internal/signing.ts";
import type { SignedUpdate } from "./encodeSignedChange.ts";

/** All that is agreed to from now on, not only what differs. */
export interface SignUpdateParameters extends GrantTerms, SigningOptions {}

export type SignUpdateReturnType = SignedUpdate;

export type SignUpdateErrorType = SigningErrorType;

/**
 * Signs that a participant's standing consent agrees to something else from now on, as the version after the standing
 * one. A suspended consent stays suspended. Sends nothing.
 * @returns plain JSON, for relayConsentChanges in this process or another
 * @throws InvalidInputError, also when the standing consent has reached the last version
 */
export async function signUpdate(
  client: ConcordClient,
  parameters: SignUpdateParameters,
): Promise<SignUpdateReturnType> {
  const grant = completeGrant(parameters);
  const { change, authorisation } = await signChange(client, parameters, {
    struct: "Update",
    scopeId: grant.scopeId,
    isOpening: true,
    changeOn: (standing) => ({ ...grant, version: nextVersion(standing) }),
  });
  return { verb: "update", change: { ...change, elements: change.elements.toString() }, authorisation };
}
