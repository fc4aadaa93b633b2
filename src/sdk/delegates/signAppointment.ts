import { type Hex, keccak256 } from "viem";

import type { ConcordClient } from "../client.ts";
import type { MandateVerb } from "../internal/enums.ts";
import { verbBits } from "../internal/mandates.ts";
import {
  authorise,
  delegateStatement,
  secondAfter,
  type SignatureOptions,
  signerOf,
  type SigningErrorType,
} from "../internal/signing.ts";
import { checkId, checkUint } from "../internal/validate.ts";
import { getDelegate } from "./getDelegate.ts";
import type { SignedAppointment } from "./relayDelegateChange.ts";

export interface SignAppointmentParameters extends SignatureOptions {
  readonly scopeId: Hex;
  /** Who shall act: the id of their signer bytes; see participantIdOf. */
  readonly delegateId: Hex;
  /** What they may do, at least one thing. "narrow" without "update" lets them update only to what allows no more. */
  readonly verbs: readonly MandateVerb[];
  /** First second at which they no longer may (Unix seconds, uint32). */
  readonly until: number;
}

export type SignAppointmentReturnType = SignedAppointment;

export type SignAppointmentErrorType = SigningErrorType;

/**
 * Signs that a participant makes someone their proxy in a scope. Sends nothing.
 * @returns plain JSON, for relayDelegateChange in this process or another
 * @throws InvalidInputError
 */
export async function signAppointment(
  client: ConcordClient,
  parameters: SignAppointmentParameters,
): Promise<SignAppointmentReturnType> {
  const { scopeId, delegateId, until } = parameters;
  checkId("scopeId", scopeId);
  checkId("delegateId", delegateId);
  const verbs = verbBits("verbs", parameters.verbs);
  checkUint("until", until, 32);
  const signer = await signerOf(client, parameters);
  const participantId = keccak256(signer.signer);
  const standing = await getDelegate(client, { scopeId, participantId, delegateId });
  const change = { scopeId, delegateId, verbs, until };
  const statement = delegateStatement(client, "Appoint", participantId, change);
  const earliest = secondAfter(standing.signedAt);
  return {
    verb: "appoint",
    change,
    authorisation: await authorise(client, signer, parameters, { ...statement, earliest }),
  };
}
