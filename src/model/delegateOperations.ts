import { actingCustodian, DELEGATE_ERRORS, rejectSigned } from "./authority.ts";
import type { ConsentBook } from "./book.ts";
import type { BookContext } from "./context.ts";
import { appointed, DelegateKind, dismissed, guarding, type Mandate, removed } from "./delegates.ts";
import type {
  AddGuardianOperation,
  AppointOperation,
  DelegateOperation,
  DismissOperation,
  RemoveGuardianOperation,
  RenounceOperation,
} from "./operations.ts";
import type { OperationOutcome } from "./outcome.ts";
import { isRejection, reject, type Rejection } from "./rejections.ts";

/** A participant makes someone their proxy. */
export function appoint(book: ConsentBook, operation: AppointOperation, context: BookContext): OperationOutcome {
  const { now } = context;
  const signedAt = operation.signed?.signedAt ?? now;
  return (
    rejectAuthority(operation, true, context) ??
    given(book, operation, appointed(standing(book, operation), operation, signedAt, now))
  );
}

/** A participant takes a proxy's mandate back. */
export function dismiss(book: ConsentBook, operation: DismissOperation, context: BookContext): OperationOutcome {
  const signedAt = operation.signed?.signedAt ?? context.now;
  return (
    rejectAuthority(operation, false, context) ??
    taken(book, operation, dismissed(standing(book, operation), operation.delegateId, signedAt))
  );
}

/** A delegate gives their own mandate up. */
export function renounce(book: ConsentBook, operation: RenounceOperation, { now }: BookContext): OperationOutcome {
  const isDelegate = standing(book, operation).kind !== DelegateKind.None;
  return taken(book, operation, isDelegate ? removed(now) : unknown(operation));
}

/** The custodian attests a guardian. */
export function addGuardian(
  book: ConsentBook,
  operation: AddGuardianOperation,
  context: BookContext,
): OperationOutcome {
  const custodian = actingCustodian(operation, true, "DelegateNotCustodian", context);
  if (isRejection(custodian)) return custodian;
  return given(book, operation, guarding(standing(book, operation), operation, context.now));
}

/** The custodian ends a guardianship, closing included. */
export function removeGuardian(
  book: ConsentBook,
  operation: RemoveGuardianOperation,
  context: BookContext,
): OperationOutcome {
  const custodian = actingCustodian(operation, true, "DelegateNotCustodian", context);
  if (isRejection(custodian)) return custodian;
  const isGuardian = standing(book, operation).kind === DelegateKind.Guardian;
  return taken(book, operation, isGuardian ? removed(context.now) : unknown(operation));
}

/** The participant themselves, by transaction or signature. */
function rejectAuthority(
  operation: AppointOperation | DismissOperation,
  gives: boolean,
  context: BookContext,
): Rejection | undefined {
  const { participantId, signed, signerId = participantId } = operation;
  if (signed === undefined) return undefined;
  if (signerId !== participantId) return reject("DelegateNotParticipant", participantId, signerId);
  return rejectSigned(participantId, signed, operation, gives, DELEGATE_ERRORS, context);
}

function standing(book: ConsentBook, { scopeId, participantId, delegateId }: DelegateOperation): Mandate {
  return book.mandateOf(scopeId, participantId, delegateId);
}

function unknown({ scopeId, participantId, delegateId }: DelegateOperation): Rejection {
  return reject("DelegateUnknown", scopeId, participantId, delegateId);
}

function given(book: ConsentBook, operation: DelegateOperation, mandate: Mandate | Rejection): OperationOutcome {
  if (isRejection(mandate)) return mandate;
  const { scopeId, participantId, delegateId } = operation;
  return {
    book: book.withMandate(scopeId, participantId, delegateId, mandate),
    events: [{ event: "DelegateAdded", args: { scopeId, participantId, delegateId, mandate } }],
  };
}

function taken(book: ConsentBook, operation: DelegateOperation, mandate: Mandate | Rejection): OperationOutcome {
  if (isRejection(mandate)) return mandate;
  const { scopeId, participantId, delegateId } = operation;
  const { signedAt } = mandate;
  return {
    book: book.withMandate(scopeId, participantId, delegateId, mandate),
    events: [{ event: "DelegateRemoved", args: { scopeId, participantId, delegateId, signedAt } }],
  };
}
