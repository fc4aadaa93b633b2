import type { ConcordClient } from "../client.ts";
import { completeExtension, type Extension } from "../internal/changes.ts";
import { nextVersion } from "../internal/nextVersion.ts";
import { signChange, type SigningErrorType, type SigningOptions } from "../internal/signing.ts";
import type { SignedExtend } from "./encodeSignedChange.ts";

export interface SignExtendParameters extends Extension, SigningOptions {}

export type SignExtendReturnType = SignedExtend;

export type SignExtendErrorType = SigningErrorType;

/**
 * Signs that a participant's standing consent ends later, under its own terms, as the version after the standing one. A
 * suspended consent stays suspended. Sends nothing.
 * @returns plain JSON, for relayConsentChanges in this process or another
 * @throws InvalidInputError, also when the standing consent has reached the last version
 */
export async function signExtend(
  client: ConcordClient,
  parameters: SignExtendParameters,
): Promise<SignExtendReturnType> {
  const extension = completeExtension(parameters);
  const signed = await signChange(client, parameters, {
    struct: "Extend",
    scopeId: extension.scopeId,
    isOpening: true,
    changeOn: (standing) => ({ ...extension, version: nextVersion(standing) }),
  });
  return { verb: "extend", ...signed };
}
