export { applyChange, CONSENT_STATUSES, isRejection, NO_CONSENT, permittedAt, statusAt, statusOf } from "./consent.ts";
export type {
  Change,
  ChangeContext,
  Closing,
  Consent,
  ConsentStatus,
  Grant,
  Opening,
  Permitted,
  RegisteredTerms,
  Rejection,
  RejectionArguments,
  RejectionName,
  Resume,
  Signed,
  SignedClosing,
  Standing,
  StartOf,
  Suspend,
  Withdraw,
} from "./consent.ts";
export {
  checkDecidablePurpose,
  checkDecidableTerms,
  checkFacts,
  checkPurpose,
  checkTerms,
  FACTS,
  KINDS,
  maskOf,
  MODIFIERS,
  namesOf,
  PERMISSIONS,
} from "./dataUse.ts";
export type { Fact, Facts, Kind, Modifier, Permission, Purpose, Terms } from "./dataUse.ts";
export { ModelError } from "./errors.ts";
export type { ModelErrorName } from "./errors.ts";
export {
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
