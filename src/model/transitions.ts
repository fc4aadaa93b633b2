import { applyOperation } from "./applyOperation.ts";
import { ConsentBook } from "./book.ts";
import type { Change, Verb } from "./changes.ts";
import type { BookContext } from "./context.ts";
import { ModelError } from "./errors.ts";
import { RECOVERY_DELAY } from "./moves.ts";
import type { Operation } from "./operations.ts";
import { isRejection, type RejectionName } from "./rejections.ts";
import type { ConsentStatus } from "./status.ts";
import { NO_EXPIRY, WithdrawalExtent } from "./word.ts";

/** What becomes of a consent by one verb of the participant's, or by time alone. */
export interface Transition {
  /** Where it begins: what a reader sees, told apart where the same status does not lead to the same. */
  readonly from: string;
  /** What a reader sees before. */
  readonly reads: ConsentStatus;
  readonly by: Verb | "time";
  /** One of WithdrawalExtent: how far a withdrawal reaches; None for everything else. */
  readonly extent: number;
  /** What a reader sees afterwards, where the consent goes on; left out when the verb is refused. */
  readonly to?: ConsentStatus;
  /** Why the verb is refused; left out when it is not. */
  readonly error?: RejectionName;
}

const SCOPE = `0x${"5c".repeat(32)}`;
const PARTICIPANT = `0x${"a1".repeat(32)}`;
const NEW_PARTICIPANT = `0x${"a2".repeat(32)}`;
const CUSTODIAN = `0x${"c1".repeat(32)}`;
const SECOND_INSTITUTION = `0x${"c2".repeat(32)}`;

// Times in Unix seconds. Every state is reached from START on and judged at JUDGED.
const START = 1_000_000;
const JUDGED = START + RECOVERY_DELAY + 100;
const PASSED = JUDGED - 1;
const TERMS_BEGIN = JUDGED + 100;
const UNTIL = JUDGED + 200;

/** When each of the scope's terms begins to hold, by number. */
const STARTS = [0, 0, TERMS_BEGIN] as const;
const [AT_ONCE, LATER] = [1, 2] as const;

const digestOf = (terms: number): string => `terms ${terms}`;
const startOf = (terms: number): number => STARTS[terms] ?? 0;

function contextAt(now: number): BookContext {
  return {
    now,
    terms: (_, digest) => ({ number: digest === digestOf(LATER) ? LATER : AT_ONCE, reConsentBy: NO_EXPIRY }),
    isNarrower: () => false,
    custodianOf: () => CUSTODIAN,
    institutionOf: (account) => account,
    isInStanding: () => true,
    signerOf: () => undefined,
  };
}

/** One operation on the way to a state, as the standing version has it. */
type Step = (version: number) => Operation;

const participant = { scopeId: SCOPE, participantId: PARTICIPANT } as const;
const moving = { ...participant, newParticipantId: NEW_PARTICIPANT } as const;

function grant(terms: number, until = UNTIL): Step {
  const agreed = { termsDigest: digestOf(terms), elements: 1n, preferences: 0, until };
  return (version) => ({ verb: "grant", ...participant, ...agreed, version: version + 1 });
}

const suspend: Step = () => ({ verb: "suspend", ...participant });
const decline: Step = () => ({ verb: "decline", ...participant });
const annul: Step = () => ({ verb: "annul", ...participant });
const withdraw = (extent: number): Step => {
  return () => ({ verb: "withdraw", ...participant, extent });
};
const propose: Step = () => ({ verb: "proposeRecovery", ...moving, sender: CUSTODIAN });
const confirm: Step = () => ({ verb: "confirmRecovery", ...moving, sender: SECOND_INSTITUTION });
const complete: Step = () => ({ verb: "completeRecovery", ...participant });

const EXTENTS = [WithdrawalExtent.NoFurtherContact, WithdrawalExtent.NoFurtherAccess, WithdrawalExtent.NoFurtherUse];

/** Every state, and how to come there. */
const STATES: Readonly<Record<string, readonly Step[]>> = {
  None: [],
  Scheduled: [grant(LATER)],
  Active: [grant(AT_ONCE)],
  Suspended: [grant(AT_ONCE), suspend],
  "Suspended, never granted": [suspend],
  Expired: [grant(AT_ONCE, PASSED)],
  "Expired while suspended": [grant(AT_ONCE, PASSED), suspend],
  Declined: [grant(AT_ONCE), decline],
  "Withdrawn from further contact": [grant(AT_ONCE), withdraw(WithdrawalExtent.NoFurtherContact)],
  "Withdrawn from further access": [grant(AT_ONCE), withdraw(WithdrawalExtent.NoFurtherAccess)],
  "Withdrawn from further use": [grant(AT_ONCE), withdraw(WithdrawalExtent.NoFurtherUse)],
  Annulled: [grant(AT_ONCE), annul],
  "Move pending": [grant(AT_ONCE), propose],
  Moved: [grant(AT_ONCE), propose, confirm, complete],
};

/** Every verb in every state, and what time alone does: the state picture, as the model has it. */
export function transitionsOf(): readonly Transition[] {
  return Object.entries(STATES).flatMap(([from, steps]) => {
    const book = steps.reduce(follow, ConsentBook.EMPTY);
    const reads = statusAt(book, JUDGED);
    const { version, terms } = book.lastWordOf(SCOPE, PARTICIPANT);
    const byVerb = changesOf(version + 1, digestOf(terms)).map((change) => judge(book, { from, reads }, change));
    const passed = [TERMS_BEGIN, UNTIL].map((time) => statusAt(book, time)).find((status) => status !== reads);
    return passed === undefined ? byVerb : [...byVerb, { from, reads, by: "time", extent: 0, to: passed } as const];
  });
}

function follow(book: ConsentBook, step: Step, index: number): ConsentBook {
  const operation = step(book.lastWordOf(SCOPE, PARTICIPANT).version);
  const now = START + index + (operation.verb === "completeRecovery" ? RECOVERY_DELAY : 0);
  const outcome = applyOperation(book, operation, contextAt(now));
  if (!isRejection(outcome)) return outcome.book;
  throw new ModelError("StateUnknown", `${operation.verb}: ${outcome.error}`, "Correct the way to the state.");
}

/** Each verb as the participant would say it. */
function changesOf(version: number, standingTerms: string): Change[] {
  const agreed = { termsDigest: standingTerms, elements: 1n, preferences: 0, until: UNTIL, version };
  return [
    { verb: "grant", ...agreed },
    { verb: "update", ...agreed },
    { verb: "extend", termsDigest: standingTerms, until: NO_EXPIRY, version },
    { verb: "resume", version },
    { verb: "suspend" },
    { verb: "decline" },
    ...EXTENTS.map((extent) => ({ verb: "withdraw", extent }) as const),
    { verb: "annul" },
  ];
}

function judge(book: ConsentBook, before: Pick<Transition, "from" | "reads">, change: Change): Transition {
  const outcome = applyOperation(book, { ...participant, ...change }, contextAt(JUDGED));
  const done = { ...before, by: change.verb, extent: change.verb === "withdraw" ? change.extent : 0 };
  return isRejection(outcome) ? { ...done, error: outcome.error } : { ...done, to: statusAt(outcome.book, JUDGED) };
}

function statusAt(book: ConsentBook, time: number): ConsentStatus {
  return book.statusOf(SCOPE, PARTICIPANT, time, startOf);
}
