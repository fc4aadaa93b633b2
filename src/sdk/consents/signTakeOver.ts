import { type Hex, keccak256 } from "viem";

import type { ConcordClient } from "../client.ts";
import {
  authorise,
  consentStatement,
  secondAfter,
  type SignatureOptions,
  signerOf,
  type SigningErrorType,
} from "../internal/signing.ts";
import { checkId } from "../internal/validate.ts";
import { checkStanding, type Standing, standingWord } from "../internal/words.ts";
import type { SignedTakeOver } from "./encodeSignedChange.ts";

export interface SignTakeOverParameters extends SignatureOptions {
  readonly scopeId: Hex;
  /** The id under which the custodian or a guardian has kept the consent. */
  readonly attestedId: Hex;
  /** The standing word of the attested id; read from the chain unless told. */
  readonly standing?: Standing | undefined;
}

export type SignTakeOverReturnType = SignedTakeOver;

export type SignTakeOverErrorType = SigningErrorType;

/**
 * Signs that a participant takes over, with a fresh key of their own, the consent that a custodian or guardian has
 * kept. Sends nothing: the scope's custodian does, with takeOverConsent.
 * @returns plain JSON
 * @throws InvalidInputError
 */
export async function signTakeOver(
  client: ConcordClient,
  parameters: SignTakeOverParameters,
): Promise<SignTakeOverReturnType> {
  const { scopeId, attestedId } = parameters;
  checkId("scopeId", scopeId);
  checkId("attestedId", attestedId);
  if (parameters.standing !== undefined) checkStanding(parameters.standing);
  const signer = await signerOf(client, parameters);
  const { signedAt } = parameters.standing ?? (await standingWord(client, scopeId, attestedId));
  const change = { scopeId, attestedId };
  const statement = consentStatement(client, "TakeOver", keccak256(signer.signer), change);
  const authorisation = await authorise(client, signer, parameters, { ...statement, earliest: secondAfter(signedAt) });
  return { verb: "takeOver", change, authorisation };
}
