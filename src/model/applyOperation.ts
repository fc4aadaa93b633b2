import { checkTime } from "./applyChange.ts";
import type { ConsentBook } from "./book.ts";
import { appendToIndex, attestClosing, changeConsent, importConsent } from "./consentOperations.ts";
import type { BookContext } from "./context.ts";
import { addGuardian, appoint, dismiss, removeGuardian, renounce } from "./delegateOperations.ts";
import { cancelRecovery, completeRecovery, confirmRecovery, proposeRecovery, takeOver, vetoRecovery } from "./moves.ts";
import { checkOperation, type ConsentOperation, type Operation } from "./operations.ts";
import type { OperationOutcome } from "./outcome.ts";
import { isRejection } from "./rejections.ts";

/**
 * Does one operation as the contracts do it at block time `context.now`. The given book stays as it is.
 * @returns the book after the operation with what it reports, or why it was refused
 * @throws ModelError ValueOutOfRange, IdMalformed, or TimeRunsBack when `now` is before the standing word was opened
 */
export function applyOperation(book: ConsentBook, operation: Operation, context: BookContext): OperationOutcome {
  checkOperation(operation);
  if (operation.verb === "append") return appendToIndex(book, operation.scopeId, operation.participantIds);
  const { scopeId, participantId } = operation;
  checkTime({ word: book.wordOf(scopeId, participantId) }, context.now);
  switch (operation.verb) {
    case "import":
      return importConsent(book, operation, context);
    case "attest":
      return attestClosing(book, operation, context);
    case "takeOver":
      return takeOver(book, operation, context);
    case "proposeRecovery":
      return proposeRecovery(book, operation, context);
    case "confirmRecovery":
      return confirmRecovery(book, operation, context);
    case "vetoRecovery":
      return vetoRecovery(book, operation, context);
    case "cancelRecovery":
      return cancelRecovery(book, operation, context);
    case "completeRecovery":
      return completeRecovery(book, operation, context);
    case "appoint":
      return appoint(book, operation, context);
    case "dismiss":
      return dismiss(book, operation, context);
    case "renounce":
      return renounce(book, operation, context);
    case "addGuardian":
      return addGuardian(book, operation, context);
    case "removeGuardian":
      return removeGuardian(book, operation, context);
    default:
      return changeConsent(book, operation, context);
  }
}

/** What comes of a batch. */
export interface BatchOutcome {
  /** The book after all items that were accepted. */
  readonly book: ConsentBook;
  /** For each item, in order. */
  readonly outcomes: readonly OperationOutcome[];
}

/**
 * Does many operations of the registry of consents in order, in one block. A refused one spoils nothing else. Own
 * operations and those of institutions are the relayer's, who sends the batch.
 * @throws ModelError as applyOperation
 */
export function applyBatch(book: ConsentBook, items: readonly ConsentOperation[], context: BookContext): BatchOutcome {
  const outcomes: OperationOutcome[] = [];
  for (const item of items) {
    const outcome = applyOperation(book, item, context);
    if (!isRejection(outcome)) ({ book } = outcome);
    outcomes.push(outcome);
  }
  return { book, outcomes };
}
