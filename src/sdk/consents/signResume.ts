import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { nextVersion } from "../internal/nextVersion.ts";
import { signChange, type SigningErrorType, type SigningOptions } from "../internal/signing.ts";
import { checkId } from "../internal/validate.ts";
import type { SignedResume } from "./encodeSignedChange.ts";

export interface SignResumeParameters extends SigningOptions {
  readonly scopeId: Hex;
}

export type SignResumeReturnType = SignedResume;

export type SignResumeErrorType = SigningErrorType;

/**
 * Signs that a participant's suspended consent goes on under its own terms, as the version after the standing one. Sends
 * nothing.
 * @returns plain JSON, for relayConsentChanges in this process or another
 * @throws InvalidInputError, also when the standing consent has reached the last version
 */
export async function signResume(
  client: ConcordClient,
  parameters: SignResumeParameters,
): Promise<SignResumeReturnType> {
  const { scopeId } = parameters;
  checkId("scopeId", scopeId);
  const signed = await signChange(client, parameters, {
    struct: "Resume",
    scopeId,
    isOpening: true,
    changeOn: (standing) => ({ scopeId, version: nextVersion(standing) }),
  });
  return { verb: "resume", ...signed };
}
