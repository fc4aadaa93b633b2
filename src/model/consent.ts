import { checkBigUint, checkUint, ModelError } from "./errors.ts";
import {
  ConsentAuthor,
  ConsentState,
  type ConsentWord,
  EMPTY_WORD,
  LAST_VERSION,
  NOT_ENDED,
  WithdrawalExtent,
} from "./word.ts";

/** What a reader sees: the stored state, or what time alone has made of it. In the order of the contracts' numbers. */
export const CONSENT_STATUSES = [
  "None",
  "Declined",
  "Active",
  "Suspended",
  "Withdrawn",
  "Annulled",
  "Scheduled",
  "Expired",
] as const;

export type ConsentStatus = (typeof CONSENT_STATUSES)[number];

/** One participant's answer for one scope: the standing word, and every word that an opening has replaced. */
export interface Consent {
  readonly word: ConsentWord;
  /** By ordinal. */
  readonly history: readonly ConsentWord[];
}

/** The consent of a participant who has never acted. */
export const NO_CONSENT: Consent = Object.freeze({ word: EMPTY_WORD, history: Object.freeze([]) });

/** What a signature adds to a change that someone else sends. Both in Unix seconds (uint32). */
export interface Signed {
  /** When the participant signed; never in the future. */
  readonly signedAt: number;
  /** The last second at which the signature may be used. */
  readonly deadline: number;
}

/** What a signature adds to a closing change. */
export interface SignedClosing extends Signed {
  /** The lowest standing version that the change may close (uint16). */
  readonly minVersion: number;
}

/** Opens: the participant agrees to registered terms. */
export interface Grant {
  readonly verb: "grant";
  /** Compared as it is written. */
  readonly termsDigest: string;
  /** uint64 */
  readonly elements: bigint;
  /** uint8 */
  readonly preferences: number;
  /** First second at which the consent no longer holds (uint32), or NO_EXPIRY. */
  readonly until: number;
  /** The exact version that this change makes: the standing one plus one (uint16). */
  readonly version: number;
  /** Left out when the participant sends the transaction. */
  readonly signed?: Signed;
}

/** Opens: a suspended consent goes on under its own terms. */
export interface Resume {
  readonly verb: "resume";
  /** The exact version that this change makes: the standing one plus one (uint16). */
  readonly version: number;
  /** Left out when the participant sends the transaction. */
  readonly signed?: Signed;
}

/** Closes: the consent rests until it is resumed. */
export interface Suspend {
  readonly verb: "suspend";
  /** Left out when the participant sends the transaction. */
  readonly signed?: SignedClosing;
}

/** Closes: the consent ends; only a new grant opens again. */
export interface Withdraw {
  readonly verb: "withdraw";
  /** One of WithdrawalExtent, from 1. */
  readonly extent: number;
  /** Left out when the participant sends the transaction. */
  readonly signed?: SignedClosing;
}

export type Opening = Grant | Resume;
export type Closing = Suspend | Withdraw;
export type Change = Opening | Closing;

/** What a scope keeps of its terms for whoever grants under them. */
export interface RegisteredTerms {
  /** The number within the scope (uint16), from 1. */
  readonly number: number;
  /** First second at which consents under the terms count as expired (uint32), or NO_EXPIRY. */
  readonly reConsentBy: number;
}

/** What a change meets when it is included. */
export interface ChangeContext {
  /** Block time in Unix seconds (uint32); never earlier than at the change before. */
  readonly now: number;
  /** What the consent is about. */
  readonly scopeId: string;
  /** The scope's terms by digest; undefined when none are registered under it. */
  readonly terms: (digest: string) => RegisteredTerms | undefined;
}

/** Why a change is refused, with the arguments of the contract's error of the same name. Times in Unix seconds. */
export interface RejectionArguments {
  ConsentSignedInFuture: readonly [signedAt: number, now: number];
  ConsentDeadlinePassed: readonly [deadline: number, now: number];
  ConsentAlreadyGranted: readonly [];
  ConsentNotSuspended: readonly [status: ConsentStatus];
  ConsentVersionsExhausted: readonly [];
  ConsentVersionMismatch: readonly [expected: number, given: number];
  ConsentSignedTooEarly: readonly [signedAt: number, standingSignedAt: number];
  ConsentTermsUnknown: readonly [scopeId: string, termsDigest: string];
  ConsentUntilPassed: readonly [until: number, now: number];
  ConsentVersionTooLow: readonly [minVersion: number, standing: number];
  ConsentClosingSuperseded: readonly [signedAt: number, standingSignedAt: number];
  ConsentExtentInvalid: readonly [];
}

export type RejectionName = keyof RejectionArguments;

/** A refused change. It has changed nothing. */
export type Rejection = {
  [Name in RejectionName]: { readonly error: Name; readonly args: RejectionArguments[Name] };
}[RejectionName];

/** Whether a change was refused. */
export function isRejection(result: Consent | Rejection): result is Rejection {
  return "error" in result;
}

/**
 * Applies one change as the contract does at block time `context.now`, signatures aside: a signed change is taken to be
 * the participant's own. The given consent stays as it is.
 * @returns the consent after the change, or why it was refused
 * @throws ModelError ValueOutOfRange, or TimeRunsBack when `now` is before the standing word was opened
 */
export function applyChange(consent: Consent, change: Change, context: ChangeContext): Consent | Rejection {
  checkRanges(change, context);
  if (context.now < consent.word.opened) {
    throw new ModelError(
      "TimeRunsBack",
      `now is ${context.now}, but the standing word was opened at ${consent.word.opened}`,
      "Apply changes in the order of their block times.",
    );
  }
  switch (change.verb) {
    case "grant":
      return grant(consent, change, context);
    case "resume":
      return resume(consent, change, context);
    case "suspend":
      return close(consent, change, { state: ConsentState.Suspended, extent: WithdrawalExtent.None }, context);
    case "withdraw":
      return close(consent, change, { state: ConsentState.Withdrawn, extent: change.extent }, context);
  }
}

/** When the scope's terms of a number begin to hold, in Unix seconds (uint32). */
export type StartOf = (termsNumber: number) => number;

const atOnce: StartOf = () => 0;

/**
 * What a reader sees at `now` (Unix seconds, uint32).
 * @param startOf by default all terms hold at once
 * @throws ModelError ValueOutOfRange, StateUnknown
 */
export function statusAt({ word }: Consent, now: number, startOf: StartOf = atOnce): ConsentStatus {
  return statusOf({ ...word, from: startOf(word.terms), holdsTerms: word.terms !== 0 }, now);
}

/** A stored state, and what lets time change how it reads. */
export interface Standing {
  /** One of ConsentState. */
  readonly state: number;
  /** Unix seconds (uint32): the window in which the terms hold, `until` exclusive. */
  readonly from: number;
  readonly until: number;
  /** Whether there are terms that could expire: a suspension of what was never granted has none. */
  readonly holdsTerms: boolean;
}

/**
 * What time makes of a stored state: for a consent and for a layer of the matching alike.
 * @throws ModelError ValueOutOfRange, StateUnknown
 */
export function statusOf({ state, from, until, holdsTerms }: Standing, now: number): ConsentStatus {
  checkUint("now", now, 32);
  checkUint("from", from, 32);
  checkUint("until", until, 32);
  const stored = CONSENT_STATUSES[state];
  if (stored === undefined || state > ConsentState.Annulled) {
    throw new ModelError(
      "StateUnknown",
      `no state has the number ${state}`,
      "Read the word again: the contracts store none but the numbers of ConsentState.",
    );
  }
  const canExpire = stored === "Active" || (stored === "Suspended" && holdsTerms);
  if (canExpire && until <= now) return "Expired";
  return stored === "Active" && now < from ? "Scheduled" : stored;
}

/** What was permitted at a time, and by which version. */
export interface Permitted {
  readonly permitted: boolean;
  /** The version that permitted it, as it was opened; 0 when none did. */
  readonly version: number;
}

/**
 * Whether the consent permitted use at `time` (Unix seconds, uint32). Exact for every time before the latest block's;
 * later changes do not touch it.
 * @param startOf by default all terms hold at once
 * @throws ModelError ValueOutOfRange
 */
export function permittedAt({ word, history }: Consent, time: number, startOf: StartOf = atOnce): Permitted {
  checkUint("time", time, 32);
  const words = [...history, word];
  const ordinal = words.findLastIndex(({ opened }) => opened <= time);
  const then = words[ordinal];
  if (then === undefined || time >= Math.min(then.until, then.ended) || time < startOf(then.terms)) {
    return { permitted: false, version: 0 };
  }
  // Every opening names the next version, so the predecessor's last one tells it.
  return { permitted: true, version: (words[ordinal - 1]?.version ?? 0) + 1 };
}

function grant(consent: Consent, change: Grant, { now, scopeId, terms }: ChangeContext): Consent | Rejection {
  const { word } = consent;
  const refused =
    rejectTiming(change.signed, now) ??
    (isStanding(word, now) ? ({ error: "ConsentAlreadyGranted", args: [] } as const) : undefined) ??
    rejectOpening(word, change, now);
  if (refused !== undefined) return refused;
  const registered = terms(change.termsDigest);
  if (registered === undefined) return { error: "ConsentTermsUnknown", args: [scopeId, change.termsDigest] };
  checkUint("terms number", registered.number, 16);
  checkUint("reConsentBy", registered.reConsentBy, 32);
  const until = Math.min(change.until, registered.reConsentBy);
  if (until <= now) return { error: "ConsentUntilPassed", args: [until, now] };

  const { preferences, elements } = change;
  return open(consent, change, now, { preferences, terms: registered.number, until, elements });
}

function resume(consent: Consent, change: Resume, { now }: ChangeContext): Consent | Rejection {
  const { word } = consent;
  const late = rejectTiming(change.signed, now);
  if (late !== undefined) return late;
  if (word.state !== ConsentState.Suspended || !isStanding(word, now)) {
    return { error: "ConsentNotSuspended", args: [statusAt(consent, now)] };
  }
  return rejectOpening(word, change, now) ?? open(consent, change, now, word);
}

/** What every opening must keep to: the exact next version, and a later signing time. */
function rejectOpening(word: ConsentWord, change: Opening, now: number): Rejection | undefined {
  const signedAt = change.signed?.signedAt ?? now;
  if (word.version === LAST_VERSION) return { error: "ConsentVersionsExhausted", args: [] };
  if (change.version !== word.version + 1) {
    return { error: "ConsentVersionMismatch", args: [word.version + 1, change.version] };
  }
  if (word.version !== 0 && signedAt <= word.signedAt) {
    return { error: "ConsentSignedTooEarly", args: [signedAt, word.signedAt] };
  }
  return undefined;
}

/** Puts a new word over the standing one, which goes to its place in history; a first word replaces nothing. */
function open(
  { word, history }: Consent,
  change: Opening,
  now: number,
  agreed: Pick<ConsentWord, "preferences" | "terms" | "until" | "elements">,
): Consent {
  const isFirst = word.version === 0;
  const opened: ConsentWord = {
    state: ConsentState.Active,
    extent: WithdrawalExtent.None,
    author: ConsentAuthor.Participant,
    dissent: false,
    preferences: agreed.preferences,
    terms: agreed.terms,
    version: change.version,
    ordinal: isFirst ? 0 : word.ordinal + 1,
    opened: now,
    ended: NOT_ENDED,
    signedAt: change.signed?.signedAt ?? now,
    until: agreed.until,
    elements: agreed.elements,
  };
  return consentOf(opened, isFirst ? history : [...history, word]);
}

type Target = Pick<ConsentWord, "state" | "extent">;

/** Ends the standing word in place. Only a signed closing can be refused, beyond an extent that is none. */
function close(
  { word, history }: Consent,
  change: Closing,
  target: Target,
  { now }: ChangeContext,
): Consent | Rejection {
  const strengthens = strengthOf(target) > strengthOf(word);
  const refused = change.signed && rejectSignedClosing(word, change.signed, strengthens, now);
  if (refused !== undefined) return refused;
  if (change.verb === "withdraw" && change.extent === WithdrawalExtent.None) {
    return { error: "ConsentExtentInvalid", args: [] };
  }

  const isFirst = word.version === 0;
  const closed: ConsentWord = {
    ...word,
    ...(strengthens ? target : {}),
    version: Math.min(word.version + 1, LAST_VERSION),
    opened: isFirst ? now : word.opened,
    // NOT_ENDED is later than every block time, so the earlier of the two is the first end.
    ended: isFirst ? now : Math.min(word.ended, now),
    signedAt: Math.max(word.signedAt, change.signed?.signedAt ?? now),
  };
  return consentOf(closed, history);
}

/** Strictly later, or as late and stronger: so a closing works once, and no later opening falls to it. */
function rejectSignedClosing(
  word: ConsentWord,
  signed: SignedClosing,
  strengthens: boolean,
  now: number,
): Rejection | undefined {
  const late = rejectTiming(signed, now);
  if (late !== undefined) return late;
  if (word.version < signed.minVersion) {
    return { error: "ConsentVersionTooLow", args: [signed.minVersion, word.version] };
  }
  if (signed.signedAt < word.signedAt || (signed.signedAt === word.signedAt && !strengthens)) {
    return { error: "ConsentClosingSuperseded", args: [signed.signedAt, word.signedAt] };
  }
  return undefined;
}

function consentOf(word: ConsentWord, history: readonly ConsentWord[]): Consent {
  return Object.freeze({ word: Object.freeze(word), history: Object.freeze(history) });
}

function rejectTiming(signed: Signed | undefined, now: number): Rejection | undefined {
  if (signed === undefined) return undefined;
  if (signed.signedAt > now) return { error: "ConsentSignedInFuture", args: [signed.signedAt, now] };
  if (now > signed.deadline) return { error: "ConsentDeadlinePassed", args: [signed.deadline, now] };
  return undefined;
}

/** Whether the word holds terms that wait or apply: granted, and not ended by time. */
function isStanding({ state, until }: ConsentWord, now: number): boolean {
  return (state === ConsentState.Active || state === ConsentState.Suspended) && now < until;
}

/** How strongly a state refuses: of two closings the stronger stands. */
function strengthOf({ state, extent }: Target): number {
  switch (state) {
    case ConsentState.Withdrawn:
      return 3 + extent;
    case ConsentState.Declined:
    case ConsentState.Annulled:
      return 2;
    case ConsentState.Suspended:
      return 1;
    default:
      return 0;
  }
}

function checkRanges(change: Change, { now }: ChangeContext): void {
  checkUint("now", now, 32);
  if (change.signed !== undefined) {
    checkUint("signedAt", change.signed.signedAt, 32);
    checkUint("deadline", change.signed.deadline, 32);
  }
  switch (change.verb) {
    case "grant":
      checkBigUint("elements", change.elements, 64);
      checkUint("preferences", change.preferences, 8);
      checkUint("until", change.until, 32);
      checkUint("version", change.version, 16);
      break;
    case "resume":
      checkUint("version", change.version, 16);
      break;
    case "suspend":
      checkUint("minVersion", change.signed?.minVersion ?? 0, 16);
      break;
    case "withdraw":
      checkUint("extent", change.extent, 2);
      checkUint("minVersion", change.signed?.minVersion ?? 0, 16);
      break;
  }
}
