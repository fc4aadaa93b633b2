import { actingCustodian, actingInstitution, CONSENT_ERRORS, rejectSigned } from "./authority.ts";
import { type ConsentBook, type Entry, NO_RECOVERY, type Recovery } from "./book.ts";
import { type Consent, consentOf } from "./consent.ts";
import type { BookContext } from "./context.ts";
import { checkUint } from "./errors.ts";
import { NO_ID } from "./ids.ts";
import { rejectMoved } from "./openings.ts";
import type {
  CancelOperation,
  CompleteOperation,
  RecoveryOperation,
  Signatures,
  TakeOverOperation,
  VetoOperation,
} from "./operations.ts";
import type { OperationOutcome } from "./outcome.ts";
import { isRejection, reject, type Rejection } from "./rejections.ts";
import { ConsentAuthor } from "./word.ts";
import { type Act, actOf, forwardedWord, isNone, lockedWord, movedWord, unlockedWord } from "./wordChanges.ts";

/** How long the old key may veto the move of a consent to a new key, once two institutions ask for it; in seconds. */
export const RECOVERY_DELAY = 14 * 86_400;

/** How often a consent may move to another participant id. */
export const MAX_FORWARDS = 8;

/** A participant takes over what a custodian or guardian has kept for them. */
export function takeOver(book: ConsentBook, operation: TakeOverOperation, context: BookContext): OperationOutcome {
  const { scopeId, participantId, attestedId, signed } = operation;
  const custodian = actingCustodian(operation, true, "ConsentNotCustodian", context);
  if (isRejection(custodian)) return custodian;
  const { word } = book.entryOf(scopeId, attestedId).consent;
  const refused =
    rejectOther(participantId, operation) ??
    rejectSigned(participantId, signed, operation, true, CONSENT_ERRORS, context) ??
    rejectUnmovable(book, scopeId, attestedId);
  if (refused !== undefined) return refused;
  if (word.author !== ConsentAuthor.Custodian && word.author !== ConsentAuthor.Guardian) {
    return reject("ConsentParticipantActed", attestedId);
  }
  if (signed.signedAt <= word.signedAt) return reject("ConsentSignedTooEarly", signed.signedAt, word.signedAt);
  return move(book, scopeId, attestedId, participantId, actOf(ConsentAuthor.Participant, signed.signedAt), context.now);
}

/** The custodian asks that a consent move to a new key. */
export function proposeRecovery(
  book: ConsentBook,
  operation: RecoveryOperation,
  context: BookContext,
): OperationOutcome {
  const { scopeId, participantId, newParticipantId } = operation;
  const { now } = context;
  const custodian = actingCustodian(operation, true, "ConsentNotCustodian", context);
  if (isRejection(custodian)) return custodian;
  const refused = rejectUnmovable(book, scopeId, participantId);
  if (refused !== undefined) return refused;
  if (newParticipantId === NO_ID || !isNone(book.lastWordOf(scopeId, newParticipantId))) {
    return reject("ConsentTargetTaken", newParticipantId);
  }
  const entry = book.entryOf(scopeId, participantId);
  const { vetoedAt } = entry.recovery;
  const vetoEnd = vetoedAt === 0 ? 0 : vetoedAt + RECOVERY_DELAY;
  if (now < vetoEnd) return reject("ConsentRecoveryVetoed", vetoEnd);

  const recovery: Recovery = { newParticipantId, proposer: custodian, proposedAt: now, readyAt: 0, vetoedAt };
  const word = lockedWord(entry.consent.word);
  return {
    book: book.withEntry(scopeId, participantId, { ...withWord(entry, word), recovery }),
    events: [{ event: "ConsentRecoveryProposed", args: { scopeId, participantId, newParticipantId, word } }],
  };
}

/** A second institution asks for the same; the delay begins. */
export function confirmRecovery(
  book: ConsentBook,
  operation: RecoveryOperation,
  context: BookContext,
): OperationOutcome {
  const { scopeId, participantId, newParticipantId, sender } = operation;
  const institution = actingInstitution(sender, context);
  if (isRejection(institution)) return institution;
  const entry = book.entryOf(scopeId, participantId);
  const { recovery } = entry;
  const refused = rejectNonePending(scopeId, participantId, recovery);
  if (refused !== undefined) return refused;
  if (recovery.newParticipantId !== newParticipantId || recovery.readyAt !== 0) {
    return reject("ConsentRecoveryUnknown", scopeId, participantId);
  }
  if (institution === recovery.proposer) return reject("ConsentRecoverySameInstitution", institution);

  const readyAt = context.now + RECOVERY_DELAY;
  checkUint("readyAt", readyAt, 32);
  return {
    book: book.withEntry(scopeId, participantId, { ...entry, recovery: { ...recovery, readyAt } }),
    events: [{ event: "ConsentRecoveryConfirmed", args: { scopeId, participantId, institution, readyAt } }],
  };
}

/** The old key says no. */
export function vetoRecovery(book: ConsentBook, operation: VetoOperation, context: BookContext): OperationOutcome {
  const { scopeId, participantId, signed } = operation;
  const { recovery } = book.entryOf(scopeId, participantId);
  const refused =
    (signed &&
      (rejectOther(participantId, operation) ??
        rejectSigned(participantId, signed, operation, false, CONSENT_ERRORS, context))) ??
    rejectNonePending(scopeId, participantId, recovery);
  if (refused !== undefined) return refused;
  const isMeant =
    signed === undefined ||
    (signed.newParticipantId === recovery.newParticipantId && signed.signedAt >= recovery.proposedAt);
  if (!isMeant) return reject("ConsentRecoveryUnknown", scopeId, participantId);
  return endRecovery(book, scopeId, participantId, context.now, true);
}

/** The custodian gives the move up. */
export function cancelRecovery(book: ConsentBook, operation: CancelOperation, context: BookContext): OperationOutcome {
  const { scopeId, participantId } = operation;
  const custodian = actingCustodian(operation, false, "ConsentNotCustodian", context);
  if (isRejection(custodian)) return custodian;
  const { recovery } = book.entryOf(scopeId, participantId);
  return (
    rejectNonePending(scopeId, participantId, recovery) ??
    endRecovery(book, scopeId, participantId, recovery.vetoedAt, false)
  );
}

/** Anyone moves the consent once the delay is over. */
export function completeRecovery(
  book: ConsentBook,
  { scopeId, participantId }: CompleteOperation,
  { now }: BookContext,
): OperationOutcome {
  const { recovery, consent } = book.entryOf(scopeId, participantId);
  const refused = rejectNonePending(scopeId, participantId, recovery);
  if (refused !== undefined) return refused;
  const { readyAt, newParticipantId, vetoedAt } = recovery;
  if (readyAt === 0 || now < readyAt) return reject("ConsentRecoveryNotReady", readyAt, now);

  const moved = move(
    book,
    scopeId,
    participantId,
    newParticipantId,
    actOf(consent.word.author, consent.word.signedAt),
    now,
  );
  if (isRejection(moved)) return moved;
  const entry = moved.book.entryOf(scopeId, participantId);
  const ended = { ...entry, recovery: { ...NO_RECOVERY, vetoedAt } };
  return { ...moved, book: moved.book.withEntry(scopeId, participantId, ended) };
}

/** Moves a consent to a fresh id, and leaves the way there. */
function move(
  book: ConsentBook,
  scopeId: string,
  participantId: string,
  newParticipantId: string,
  act: Act,
  now: number,
): OperationOutcome {
  const target = book.entryOf(scopeId, newParticipantId);
  if (!isNone(target.consent.word)) return reject("ConsentTargetTaken", newParticipantId);
  const source = book.entryOf(scopeId, participantId);
  const moves = source.moves + 1;
  if (moves > MAX_FORWARDS) return reject("ConsentMovesExhausted");

  const lastWord = forwardedWord(source.consent.word, now);
  const word = movedWord(source.consent.word, act, now);
  return {
    book: book
      .withEntry(scopeId, participantId, { ...withWord(source, lastWord), forward: newParticipantId })
      .withEntry(scopeId, newParticipantId, { ...withWord(target, word), moves }),
    events: [{ event: "ConsentMoved", args: { scopeId, participantId, newParticipantId, lastWord, word } }],
  };
}

/** Unlocks the word; nothing is pending any more, and only when the last was vetoed stays known. */
function endRecovery(
  book: ConsentBook,
  scopeId: string,
  participantId: string,
  vetoedAt: number,
  isVetoed: boolean,
): OperationOutcome {
  const entry = book.entryOf(scopeId, participantId);
  const word = unlockedWord(entry.consent.word);
  const ended = { ...withWord(entry, word), recovery: { ...NO_RECOVERY, vetoedAt } };
  return {
    book: book.withEntry(scopeId, participantId, ended),
    events: [{ event: "ConsentRecoveryEnded", args: { scopeId, participantId, isVetoed, word } }],
  };
}

/** Nobody signs for a participant here. */
function rejectOther(participantId: string, { signerId = participantId }: Signatures): Rejection | undefined {
  return signerId === participantId ? undefined : reject("ConsentDelegateUnauthorised", participantId, signerId);
}

/** Somebody has answered under the id, and it neither forwards nor is about to. */
function rejectUnmovable(book: ConsentBook, scopeId: string, participantId: string): Rejection | undefined {
  const word = book.lastWordOf(scopeId, participantId);
  return isNone(word) ? reject("ConsentUnknown", scopeId, participantId) : rejectMoved(word, participantId);
}

function rejectNonePending(
  scopeId: string,
  participantId: string,
  { newParticipantId }: Recovery,
): Rejection | undefined {
  return newParticipantId === NO_ID ? reject("ConsentRecoveryUnknown", scopeId, participantId) : undefined;
}

/** The entry with its standing word changed in place. */
function withWord(entry: Entry, word: Consent["word"]): Entry {
  return { ...entry, consent: consentOf(word, entry.consent.history) };
}
