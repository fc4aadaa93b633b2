import {
  type Accepted,
  type ChangeOperation,
  CONSENT_STATUSES,
  DelegateKind,
  isClosing,
  isRejection,
  numberInSeries,
  type Operation,
  type OperationOutcome,
  type RejectionName,
} from "../../../src/model/index.ts";
import { KEY_KINDS } from "../engine.ts";
import type { Stage } from "./stage.ts";

/** Every rejection that the model knows; the compiler holds it complete. */
const REJECTIONS: Readonly<Record<RejectionName, true>> = {
  ConsentSignedInFuture: true,
  ConsentDeadlinePassed: true,
  ConsentSignatureInvalid: true,
  SignerVerifierUnlisted: true,
  ConsentDelegateUnauthorised: true,
  ConsentForwarded: true,
  ConsentLocked: true,
  ConsentAlreadyGranted: true,
  ConsentNotStanding: true,
  ConsentNotSuspended: true,
  ConsentVersionsExhausted: true,
  ConsentVersionMismatch: true,
  ConsentSignedTooEarly: true,
  ConsentParticipantActed: true,
  ConsentDissented: true,
  ConsentPreferencesInvalid: true,
  ConsentTermsUnknown: true,
  ConsentUntilPassed: true,
  ConsentNotNarrower: true,
  ConsentTermsNotStanding: true,
  ConsentUntilNotLater: true,
  ConsentVersionTooLow: true,
  ConsentClosingSuperseded: true,
  ConsentExtentInvalid: true,
  InstitutionAccountUnknown: true,
  InstitutionNotInStanding: true,
  ScopeUnknown: true,
  ConsentNotCustodian: true,
  ConsentParticipantIdWeak: true,
  ConsentAttestationInvalid: true,
  ConsentUnknown: true,
  ConsentTargetTaken: true,
  ConsentMovesExhausted: true,
  ConsentRecoveryUnknown: true,
  ConsentRecoveryVetoed: true,
  ConsentRecoverySameInstitution: true,
  ConsentRecoveryNotReady: true,
  DelegateNotParticipant: true,
  DelegateSignedInFuture: true,
  DelegateDeadlinePassed: true,
  DelegateSignatureInvalid: true,
  DelegateVerbsInvalid: true,
  DelegateKindStands: true,
  DelegateSuperseded: true,
  DelegateInvalid: true,
  DelegateUntilPassed: true,
  DelegateUntilNotHalfYear: true,
  DelegateUnknown: true,
  DelegateNotCustodian: true,
  ScopeIndexNoConsent: true,
  ScopeIndexCursorUnknown: true,
};

const VERBS = ["grant", "update", "extend", "resume", "suspend", "decline", "withdraw", "annul"] as const;
/** What comes by the participant's own transaction, or signed. */
const OWN_OR_SIGNED: readonly string[] = [...VERBS, "vetoRecovery", "appoint", "dismiss"];
const MOVES = ["takeOver", "proposeRecovery", "confirmRecovery", "cancelRecovery", "completeRecovery"] as const;

/** Everything that random histories must reach; a generator that does not reach it tests less than it says. */
const REQUIRED: readonly string[] = [
  ...OWN_OR_SIGNED.flatMap((verb) => [`${verb} own`, `${verb} signed`]),
  ...[...VERBS, "vetoRecovery"].flatMap((verb) => [`${verb} own batched`, `${verb} signed batched`]),
  ...["import", "attest", ...MOVES].flatMap((verb) => [verb, `${verb} batched`]),
  ...["renounce", "addGuardian", "removeGuardian", "append"],
  ...["group", ...KEY_KINDS].map((kind) => `${kind} closes`),
  ...["group", ...KEY_KINDS].filter((kind) => kind !== "unlisted key").map((kind) => `${kind} opens`),
  ...["guardian", "proxy"].flatMap((delegate) => [`${delegate} opens`, `${delegate} closes`]),
  "closes where it goes on",
  ...["import", "attest"].map((verb) => `${verb} in a series`),
  ...CONSENT_STATUSES.map((status) => `reads ${status}`),
  ...Object.keys(REJECTIONS),
];

/** How often histories have come to each thing. */
export class Reached {
  readonly #counts = new Map<string, number>();

  count(what: string): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
  }

  /** Counts what came of an operation, and by whose signature. */
  countOutcome(operation: Operation, outcome: OperationOutcome, isBatched: boolean, { actors }: Stage): void {
    if (isRejection(outcome)) return this.count(outcome.error);
    const form = "signed" in operation && operation.signed !== undefined ? "signed" : "own";
    const forms = [...(OWN_OR_SIGNED.includes(operation.verb) ? [form] : []), ...(isBatched ? ["batched"] : [])];
    this.count([operation.verb, ...forms].join(" "));
    if (isInSeries(operation, outcome)) this.count(`${operation.verb} in a series`);
    if (!isChange(operation)) return;

    const effect = isClosing(operation) ? "closes" : "opens";
    const { scopeId, participantId, signerId = participantId } = operation;
    if (form === "signed") this.count(`${actors.get(signerId)?.kind} ${effect}`);
    if (signerId !== participantId) {
      const { kind } = outcome.book.mandateOf(scopeId, participantId, signerId);
      this.count(`${kind === DelegateKind.Guardian ? "guardian" : "proxy"} ${effect}`);
    }
    if (outcome.book.forwardOf(scopeId, participantId) !== participantId) this.count("closes where it goes on");
  }

  /** What has never been reached. */
  missing(): readonly string[] {
    return REQUIRED.filter((what) => !this.#counts.has(what));
  }

  /** How often each thing was reached, the rarest first. */
  counts(): readonly (readonly [what: string, count: number])[] {
    return [...this.#counts].toSorted(([, one], [, other]) => one - other);
  }
}

function isChange(operation: Operation): operation is ChangeOperation {
  return (VERBS as readonly string[]).includes(operation.verb);
}

/** A first import that the index has with the one before it, or an attested closing of a series. */
function isInSeries(operation: Operation, { book, events }: Accepted): boolean {
  if (operation.verb === "attest") return numberInSeries(operation.participantId) !== undefined;
  if (operation.verb !== "import") return false;
  const isFirst = book.lastWordOf(operation.scopeId, operation.participantId).version === 1;
  return isFirst && events.every(({ event }) => event !== "ScopeIndexAppended");
}
