import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { signChange, type SigningErrorType, type SigningOptions } from "../internal/signing.ts";
import { checkId, checkUint } from "../internal/validate.ts";
import type { SignedAnnul } from "./encodeSignedChange.ts";

export interface SignAnnulParameters extends SigningOptions {
  readonly scopeId: Hex;
  /** The lowest standing version that it may close (uint16); the standing one unless told. */
  readonly minVersion?: number | undefined;
}

export type SignAnnulReturnType = SignedAnnul;

export type SignAnnulErrorType = SigningErrorType;

/**
 * Signs that a participant's consent was entered in error, whatever version stands by then. Sends nothing.
 * @returns plain JSON, for relayConsentChanges in this process or another
 * @throws InvalidInputError
 */
export async function signAnnul(client: ConcordClient, parameters: SignAnnulParameters): Promise<SignAnnulReturnType> {
  const { scopeId, minVersion } = parameters;
  checkId("scopeId", scopeId);
  if (minVersion !== undefined) checkUint("minVersion", minVersion, 16);
  const signed = await signChange(client, parameters, {
    struct: "Annul",
    scopeId,
    isOpening: false,
    changeOn: (standing) => ({ scopeId, minVersion: minVersion ?? standing.version }),
  });
  return { verb: "annul", ...signed };
}
