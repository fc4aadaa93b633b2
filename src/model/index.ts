export { applyChange } from "./applyChange.ts";
export { applyBatch, applyOperation } from "./applyOperation.ts";
export type { BatchOutcome } from "./applyOperation.ts";
export { ConsentBook } from "./book.ts";
export type { Entry, IndexPage, Recovery } from "./book.ts";
export { isClosing } from "./changes.ts";
export type {
  Agreement,
  Annul,
  Change,
  Closing,
  Decline,
  Extend,
  Grant,
  Opening,
  Resume,
  Signed,
  SignedClosing,
  Suspend,
  Update,
  Verb,
  Withdraw,
} from "./changes.ts";
export { NO_CONSENT, permittedAt, statusAt } from "./consent.ts";
export type { Consent, Permitted, StartOf } from "./consent.ts";
export type { BookContext, ChangeContext, RegisteredTerms } from "./context.ts";
export {
  ALL_ELEMENTS,
  BLANK_PURPOSE,
  BLANK_TERMS,
  carries,
  checkDecidablePurpose,
  checkDecidableTerms,
  checkPurpose,
  checkTerms,
  FACTS,
  isZero,
  KINDS,
  maskOf,
  MODIFIERS,
  namesOf,
  PERMISSIONS,
  SENSITIVE,
  STATEMENTS,
} from "./dataUse.ts";
export type {
  Bytes,
  Fact,
  Kind,
  Modifier,
  Permission,
  Purpose,
  Sensitive,
  Terms,
  TermsNotice,
  TermsText,
} from "./dataUse.ts";
export { ALL_MANDATES, DelegateKind, MANDATES, mandatesFor, NO_MANDATE } from "./delegates.ts";
export type { Mandate } from "./delegates.ts";
export { diseaseName, diseaseNumber } from "./diseases.ts";
export { ModelError } from "./errors.ts";
export type { ModelErrorName } from "./errors.ts";
export type { BookEvent, EventArguments, EventName } from "./events.ts";
export { halfYearFrom, isHalfYear } from "./halfYear.ts";
export { NO_ID, numberInSeries } from "./ids.ts";
export { isHeldAt, LAWFULNESSES, lawfulnessOf } from "./lawfulness.ts";
export type { AccessConsent, AccessFacts, Lawfulness, LicenceDates } from "./lawfulness.ts";
export {
  coverageIn,
  decide,
  DENY_REASONS,
  join,
  LAYERS,
  MANUAL_REASONS,
  outcomeOf,
  reasonsOf,
  REASONS_PER_LAYER,
} from "./matching.ts";
export type { Coverage, Covered, DenyReason, Layer, LayerName, ManualReason, Outcome, Verdict } from "./matching.ts";
export { MAX_FORWARDS, RECOVERY_DELAY } from "./moves.ts";
export type {
  AddGuardianOperation,
  AppendOperation,
  AppointOperation,
  AttestOperation,
  CancelOperation,
  ChangeOperation,
  CompleteOperation,
  ConsentOperation,
  DelegateOperation,
  DismissOperation,
  ImportOperation,
  Operation,
  RecoveryOperation,
  RemoveGuardianOperation,
  RenounceOperation,
  Signatures,
  SignedVeto,
  TakeOverOperation,
  VetoOperation,
} from "./operations.ts";
export type { Accepted, OperationOutcome } from "./outcome.ts";
export { AFTER_DEATH, isNoMore, MAX_PREFERENCES, PREFERENCES } from "./preferences.ts";
export { REGION_GROUPS, regionName, regionNumber, regionsAround, STATES } from "./regions.ts";
export { isRejection } from "./rejections.ts";
export type { Rejection, RejectionArguments, RejectionName } from "./rejections.ts";
export type { Signer } from "./signers.ts";
export { CONSENT_STATUSES, statusOf } from "./status.ts";
export type { ConsentStatus, Standing } from "./status.ts";
export { SMALLEST_COUNT, suppressCount, suppressCounts } from "./suppression.ts";
export type { SuppressedCounts, SuppressionOptions } from "./suppression.ts";
export { LAST_TERM, meantId, ONTOLOGIES, termName, termNumber } from "./termIds.ts";
export type { OntologyPrefix } from "./termIds.ts";
export { transitionsOf } from "./transitions.ts";
export type { Transition } from "./transitions.ts";
export {
  ConsentAuthor,
  ConsentState,
  decodeWord,
  EMPTY_WORD,
  encodeWord,
  LAST_VERSION,
  NO_EXPIRY,
  NOT_ENDED,
  WithdrawalExtent,
} from "./word.ts";
export type { ConsentWord } from "./word.ts";
