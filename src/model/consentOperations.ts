import { actingCustodian, authorise } from "./authority.ts";
import type { ConsentBook } from "./book.ts";
import { type Closing, isClosing, type Opening, type Verb } from "./changes.ts";
import { closeConsent, rejectSignedClosing } from "./closings.ts";
import type { Consent } from "./consent.ts";
import type { BookContext, OpeningContext } from "./context.ts";
import type { BookEvent } from "./events.ts";
import { isWeakId, previousInSeries } from "./ids.ts";
import { grantConsent, openConsent } from "./openings.ts";
import type { AttestOperation, ChangeOperation, ImportOperation } from "./operations.ts";
import type { Accepted, OperationOutcome } from "./outcome.ts";
import { isRejection, reject, type Rejection } from "./rejections.ts";
import { ConsentAuthor, ConsentState } from "./word.ts";
import { type Act, actOf, isNone } from "./wordChanges.ts";

/** What each verb reports. */
const CHANGED = {
  grant: "ConsentGranted",
  update: "ConsentUpdated",
  extend: "ConsentExtended",
  resume: "ConsentResumed",
  suspend: "ConsentSuspended",
  decline: "ConsentDeclined",
  withdraw: "ConsentWithdrawn",
  annul: "ConsentAnnulled",
} as const satisfies Record<Verb, BookEvent["event"]>;

/** A participant or a delegate changes a consent. */
export function changeConsent(book: ConsentBook, change: ChangeOperation, context: BookContext): OperationOutcome {
  const { scopeId, participantId } = change;
  const authority = authorise(book, change, !isClosing(change), context);
  if (isRejection(authority)) return authority;
  const { act, events } = authority;
  const changed = isClosing(change)
    ? (rejectEarlier(book, change) ?? close(book, scopeId, participantId, change, act, context))
    : open(book, scopeId, participantId, change, act, context);
  return isRejection(changed) ? changed : { ...changed, events: [...events, ...changed.events] };
}

/** The custodian brings in a consent on paper. */
export function importConsent(book: ConsentBook, operation: ImportOperation, context: BookContext): OperationOutcome {
  const { scopeId, participantId, signedAt } = operation;
  const custodian = actingCustodian(operation, true, "ConsentNotCustodian", context);
  if (isRejection(custodian)) return custodian;
  if (isWeakId(participantId)) return reject("ConsentParticipantIdWeak", participantId);
  if (signedAt > context.now) return reject("ConsentSignedInFuture", signedAt, context.now);
  const { consent } = book.entryOf(scopeId, participantId);
  const act = actOf(ConsentAuthor.Custodian, signedAt);
  const granted = grantConsent(consent, operation, act, openingContext(scopeId, participantId, context));
  if (isRejection(granted)) return granted;
  const imported = replaced(book, scopeId, participantId, granted, "ConsentImported");
  return isNone(consent.word) ? listed(imported, scopeId, participantId) : imported;
}

/** The custodian closes for a participant who said so; always accepted, but for an annulment of what others wrote. */
export function attestClosing(book: ConsentBook, operation: AttestOperation, context: BookContext): OperationOutcome {
  const { scopeId, participantId, signedAt, dissent } = operation;
  const custodian = actingCustodian(operation, false, "ConsentNotCustodian", context);
  if (isRejection(custodian)) return custodian;
  if (signedAt > context.now) return reject("ConsentSignedInFuture", signedAt, context.now);
  const forward = book.forwardOf(scopeId, participantId);
  const closing = attestedClosing(operation);
  if (isRejection(closing)) return closing;
  const word = book.lastWordOf(scopeId, forward);
  if (closing.verb === "annul" && (isNone(word) || word.author !== ConsentAuthor.Custodian)) {
    return reject("ConsentParticipantActed", forward);
  }
  const act: Act = { ...actOf(ConsentAuthor.Custodian, signedAt), isDissent: dissent };
  const closed = close(book, scopeId, forward, closing, act, context);
  if (isRejection(closed)) return closed;
  const args = { scopeId, participantId: forward, custodian, signedAt };
  const attested: Accepted = { ...closed, events: [{ event: "ConsentClosingAttested", args }, ...closed.events] };
  return isNone(word) ? listed(attested, scopeId, forward) : attested;
}

/** Anyone appends participants who have answered; those who stand in the index already are passed over. */
export function appendToIndex(book: ConsentBook, scopeId: string, participantIds: readonly string[]): OperationOutcome {
  let appended: Accepted = { book, events: [] };
  for (const participantId of participantIds) {
    if (isNone(book.wordOf(scopeId, participantId))) return reject("ScopeIndexNoConsent", scopeId, participantId);
    appended = indexed(appended, scopeId, participantId);
  }
  return appended;
}

function open(
  book: ConsentBook,
  scopeId: string,
  participantId: string,
  change: Opening,
  act: Act,
  context: BookContext,
): OperationOutcome {
  const { consent } = book.entryOf(scopeId, participantId);
  const opened = openConsent(consent, change, act, openingContext(scopeId, participantId, context));
  return isRejection(opened) ? opened : replaced(book, scopeId, participantId, opened, CHANGED[change.verb]);
}

/** Closes wherever the consent goes on. */
function close(
  book: ConsentBook,
  scopeId: string,
  participantId: string,
  change: Closing,
  act: Act,
  { now }: BookContext,
): OperationOutcome {
  const forward = book.forwardOf(scopeId, participantId);
  const closed = closeConsent(book.entryOf(scopeId, forward).consent, change, act, now);
  return isRejection(closed) ? closed : replaced(book, scopeId, forward, closed, CHANGED[change.verb]);
}

/** A signed closing that comes too late, wherever the consent goes on. */
function rejectEarlier(book: ConsentBook, change: ChangeOperation & Closing): Rejection | undefined {
  const { scopeId, participantId } = change;
  const forward = book.forwardOf(scopeId, participantId);
  return rejectSignedClosing(book.lastWordOf(scopeId, forward), change, forward !== participantId);
}

function attestedClosing({ state, extent }: AttestOperation): Closing | Rejection {
  switch (state) {
    case ConsentState.Suspended:
      return { verb: "suspend" };
    case ConsentState.Declined:
      return { verb: "decline" };
    case ConsentState.Withdrawn:
      return { verb: "withdraw", extent };
    case ConsentState.Annulled:
      return { verb: "annul" };
    default:
      return reject("ConsentAttestationInvalid", state);
  }
}

function replaced(
  book: ConsentBook,
  scopeId: string,
  participantId: string,
  consent: Consent,
  event: (typeof CHANGED)[Verb] | "ConsentImported",
): Accepted {
  const { word } = consent;
  return {
    book: book.withEntry(scopeId, participantId, { ...book.entryOf(scopeId, participantId), consent }),
    events: [{ event, args: { scopeId, participantId, word } }],
  };
}

/** A first word on paper is in the index: with the one before in its series, if that has a word, or by an entry of its own. */
function listed(written: Accepted, scopeId: string, participantId: string): Accepted {
  const previous = previousInSeries(participantId);
  const continues = previous !== undefined && !isNone(written.book.lastWordOf(scopeId, previous));
  return continues ? written : indexed(written, scopeId, participantId);
}

function indexed({ book, events }: Accepted, scopeId: string, participantId: string): Accepted {
  if (book.isIndexed(scopeId, participantId)) return { book, events };
  return {
    book: book.withIndexed(scopeId, participantId),
    events: [...events, { event: "ScopeIndexAppended", args: { scopeId, participantId } }],
  };
}

function openingContext(scopeId: string, participantId: string, context: BookContext): OpeningContext {
  return {
    now: context.now,
    scopeId,
    participantId,
    terms: (digest) => context.terms(scopeId, digest),
    isNarrower: (narrower, broader) => context.isNarrower(scopeId, narrower, broader),
  };
}
