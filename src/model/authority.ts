import type { Signed } from "./changes.ts";
import type { ConsentBook } from "./book.ts";
import type { BookContext } from "./context.ts";
import { delegatesAct } from "./delegates.ts";
import type { BookEvent } from "./events.ts";
import { NO_ID } from "./ids.ts";
import type { ChangeOperation, Signatures } from "./operations.ts";
import { isRejection, reject, type Rejection } from "./rejections.ts";
import { isSignedBy, type Signer } from "./signers.ts";
import { ConsentAuthor } from "./word.ts";
import { type Act, actOf } from "./wordChanges.ts";

/** What the registry of consents and the registry of delegates call the same mistakes. */
interface SignatureErrors {
  readonly future: "ConsentSignedInFuture" | "DelegateSignedInFuture";
  readonly late: "ConsentDeadlinePassed" | "DelegateDeadlinePassed";
  readonly invalid: "ConsentSignatureInvalid" | "DelegateSignatureInvalid";
}

export const CONSENT_ERRORS: SignatureErrors = {
  future: "ConsentSignedInFuture",
  late: "ConsentDeadlinePassed",
  invalid: "ConsentSignatureInvalid",
};

export const DELEGATE_ERRORS: SignatureErrors = {
  future: "DelegateSignedInFuture",
  late: "DelegateDeadlinePassed",
  invalid: "DelegateSignatureInvalid",
};

const ACCOUNT: Signer = { kind: "account" };

/** Neither from the future nor past its last second. */
export function rejectTimes(
  { signedAt, deadline }: Signed,
  errors: SignatureErrors,
  now: number,
): Rejection | undefined {
  if (signedAt > now) return reject(errors.future, signedAt, now);
  if (deadline < now) return reject(errors.late, deadline, now);
  return undefined;
}

/**
 * Times and signature.
 * @param participantId whose consent or mandate it is about
 * @param opens whether it gives something
 */
export function rejectSigned(
  participantId: string,
  signed: Signed,
  { signerId = participantId, signatories = [signerId] }: Signatures,
  opens: boolean,
  errors: SignatureErrors,
  { now, signerOf }: BookContext,
): Rejection | undefined {
  const late = rejectTimes(signed, errors, now);
  if (late !== undefined) return late;
  const counts = isSignedBy(signerId, signerOf(signerId) ?? ACCOUNT, signatories, opens);
  if (isRejection(counts)) return counts;
  return counts ? undefined : reject(errors.invalid, participantId);
}

/** Whoever does a change, and what it reports of them. */
export interface Authority {
  readonly act: Act;
  readonly events: readonly BookEvent[];
}

/** The participant by transaction or signature, or a delegate within the mandate. */
export function authorise(
  book: ConsentBook,
  change: ChangeOperation,
  opens: boolean,
  context: BookContext,
): Authority | Rejection {
  const { scopeId, participantId, verb, signed } = change;
  const { now } = context;
  if (signed === undefined) return { act: actOf(ConsentAuthor.Participant, now), events: [] };
  const refused = rejectSigned(participantId, signed, change, opens, CONSENT_ERRORS, context);
  if (refused !== undefined) return refused;
  const { signerId = participantId } = change;
  if (signerId === participantId) return { act: actOf(ConsentAuthor.Participant, signed.signedAt), events: [] };

  const act = delegatesAct(book.mandateOf(scopeId, participantId, signerId), verb, signed.signedAt, now);
  if (act === undefined) return reject("ConsentDelegateUnauthorised", participantId, signerId);
  return { act, events: [{ event: "ConsentActedFor", args: { scopeId, participantId, delegateId: signerId } }] };
}

/** The institution in good standing that sends. */
export function actingInstitution(sender: string, { institutionOf, isInStanding }: BookContext): string | Rejection {
  const institution = institutionOf(sender);
  if (institution === undefined) return reject("InstitutionAccountUnknown", sender);
  return isInStanding(institution) ? institution : reject("InstitutionNotInStanding", institution);
}

/**
 * The scope's custodian, who sends.
 * @param inStanding whether only a custodian in good standing may
 */
export function actingCustodian(
  { sender, scopeId }: { readonly sender: string; readonly scopeId: string },
  inStanding: boolean,
  error: "ConsentNotCustodian" | "DelegateNotCustodian",
  context: BookContext,
): string | Rejection {
  const caller = inStanding ? actingInstitution(sender, context) : (context.institutionOf(sender) ?? NO_ID);
  if (isRejection(caller)) return caller;
  const custodian = context.custodianOf(scopeId);
  if (custodian === undefined) return reject("ScopeUnknown", scopeId);
  return caller === custodian ? caller : reject(error, scopeId, caller);
}
