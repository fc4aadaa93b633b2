import type { Hex } from "viem";

import { WithdrawalExtent } from "../../model/index.ts";
import type { ConcordClient } from "../client.ts";
import { checkExtent } from "../internal/changes.ts";
import { signChange, type SigningErrorType, type SigningOptions } from "../internal/signing.ts";
import { checkId, checkUint } from "../internal/validate.ts";
import type { SignedWithdraw } from "./encodeSignedChange.ts";

export interface SignWithdrawParameters extends SigningOptions {
  readonly scopeId: Hex;
  /** How far it reaches: 1 no further contact, 2 no further access, 3 no further use; 3 unless told. */
  readonly extent?: number | undefined;
  /** The lowest standing version that it may close (uint16); the standing one unless told. */
  readonly minVersion?: number | undefined;
}

export type SignWithdrawReturnType = SignedWithdraw;

export type SignWithdrawErrorType = SigningErrorType;

/**
 * Signs that a participant's consent ends, whatever version stands by then. Sends nothing. It does not undo finished
 * analyses, published results or aggregates.
 * @returns plain JSON, for relayConsentChanges in this process or another
 * @throws InvalidInputError
 */
export async function signWithdraw(
  client: ConcordClient,
  parameters: SignWithdrawParameters,
): Promise<SignWithdrawReturnType> {
  const { scopeId, extent = WithdrawalExtent.NoFurtherUse, minVersion } = parameters;
  checkId("scopeId", scopeId);
  checkExtent("extent", extent);
  if (minVersion !== undefined) checkUint("minVersion", minVersion, 16);
  const signed = await signChange(client, parameters, {
    struct: "Withdraw",
    scopeId,
    isOpening: false,
    changeOn: (standing) => ({ scopeId, extent, minVersion: minVersion ?? standing.version }),
  });
  return { verb: "withdraw", ...signed };
}
