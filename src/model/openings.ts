import type { Agreement, Opening } from "./changes.ts";
import { type Consent, consentOf, statusAt } from "./consent.ts";
import type { OpeningContext, RegisteredTerms } from "./context.ts";
import { checkUint } from "./errors.ts";
import { isNoMore, MAX_PREFERENCES } from "./preferences.ts";
import { isRejection, reject, type Rejection } from "./rejections.ts";
import { ConsentAuthor, ConsentState, type ConsentWord, LAST_VERSION } from "./word.ts";
import { type Act, type Agreed, isNone, isStanding, openedWord } from "./wordChanges.ts";

/** An id that forwards, or is about to, opens nothing. */
export function rejectMoved(word: ConsentWord, participantId: string): Rejection | undefined {
  if (word.forwarded) return reject("ConsentForwarded", participantId);
  if (word.locked) return reject("ConsentLocked", participantId);
  return undefined;
}

/** Does an opening by whoever `act` names. */
export function openConsent(consent: Consent, change: Opening, act: Act, context: OpeningContext): Consent | Rejection {
  switch (change.verb) {
    case "grant":
      return grantConsent(consent, change, act, context);
    case "update":
      return update(consent, change, act, context);
    case "extend":
      return extend(consent, change, act, context);
    case "resume":
      return resume(consent, change, act, context);
  }
}

/** Does a grant or an import by whoever `act` names. */
export function grantConsent(
  consent: Consent,
  change: Agreement,
  act: Act,
  context: OpeningContext,
): Consent | Rejection {
  const { word } = consent;
  const { now, participantId } = context;
  const stands = isStanding(word, now);
  // A later paper replaces an earlier one; who has a key says which of the two they mean.
  const replaces = stands && act.author === ConsentAuthor.Custodian;
  const refused = isNone(word)
    ? rejectVersion(word, change.version)
    : (rejectMoved(word, participantId) ??
      (stands && !replaces ? reject("ConsentAlreadyGranted") : undefined) ??
      rejectOpening(word, change.version, act, participantId));
  if (refused !== undefined) return refused;
  const agreed = agree(change, act, context);
  if (isRejection(agreed)) return agreed;
  return opened(consent, replaces ? word.state : ConsentState.Active, change.version, agreed, act, now);
}

function update(consent: Consent, change: Agreement, act: Act, context: OpeningContext): Consent | Rejection {
  const { word } = consent;
  const refused = rejectNotStanding(word, change.version, act, context);
  if (refused !== undefined) return refused;
  const agreed = agree(change, act, context);
  if (isRejection(agreed)) return agreed;
  if (act.mustNarrow && !isNarrower(agreed, word, context)) return reject("ConsentNotNarrower");
  return opened(consent, word.state, change.version, agreed, act, context.now);
}

function extend(
  consent: Consent,
  change: Pick<Agreement, "termsDigest" | "until" | "version">,
  act: Act,
  context: OpeningContext,
): Consent | Rejection {
  const { word } = consent;
  const refused = rejectNotStanding(word, change.version, act, context);
  if (refused !== undefined) return refused;
  const terms = termsOf(change.termsDigest, context);
  if (isRejection(terms)) return terms;
  if (terms.number !== word.terms) return reject("ConsentTermsNotStanding", change.termsDigest, word.terms);
  const until = Math.min(change.until, terms.reConsentBy, act.latestUntil);
  if (until <= word.until) return reject("ConsentUntilNotLater", until, word.until);
  return opened(consent, word.state, change.version, { ...word, until }, act, context.now);
}

function resume(
  consent: Consent,
  { version }: Pick<Agreement, "version">,
  act: Act,
  { now, participantId }: OpeningContext,
): Consent | Rejection {
  const { word } = consent;
  const moved = rejectMoved(word, participantId);
  if (moved !== undefined) return moved;
  if (word.state !== ConsentState.Suspended || !isStanding(word, now)) {
    return reject("ConsentNotSuspended", statusAt(consent, now));
  }
  const refused = rejectOpening(word, version, act, participantId);
  if (refused !== undefined) return refused;
  const until = Math.min(word.until, act.latestUntil);
  return opened(consent, ConsentState.Active, version, { ...word, until }, act, now);
}

/** There is a standing consent that the author may change. */
function rejectNotStanding(
  word: ConsentWord,
  version: number,
  act: Act,
  { now, participantId }: OpeningContext,
): Rejection | undefined {
  const moved = rejectMoved(word, participantId);
  if (moved !== undefined) return moved;
  if (!isStanding(word, now)) return reject("ConsentNotStanding", statusAt({ word }, now));
  return rejectOpening(word, version, act, participantId);
}

/** What every opening of a standing word keeps to: the exact next version, a later signing time, and whose word it is. */
function rejectOpening(word: ConsentWord, version: number, act: Act, participantId: string): Rejection | undefined {
  if (word.version === LAST_VERSION) return reject("ConsentVersionsExhausted");
  const mismatch = rejectVersion(word, version);
  if (mismatch !== undefined) return mismatch;
  if (act.signedAt <= word.signedAt) return reject("ConsentSignedTooEarly", act.signedAt, word.signedAt);
  if (act.author === ConsentAuthor.Participant || act.author === ConsentAuthor.Proxy) return undefined;

  const isTheirs = word.author === ConsentAuthor.Custodian || word.author === act.author;
  if (!isTheirs) return reject("ConsentParticipantActed", participantId);
  if (word.dissent) return reject("ConsentDissented", participantId);
  return undefined;
}

function rejectVersion(word: ConsentWord, version: number): Rejection | undefined {
  const next = word.version + 1;
  return version === next ? undefined : reject("ConsentVersionMismatch", next, version);
}

/** Known preferences, registered terms, and an end that is yet to come. */
function agree(
  { termsDigest, elements, preferences, until }: Agreement,
  act: Act,
  context: OpeningContext,
): Agreed | Rejection {
  if (preferences > MAX_PREFERENCES) return reject("ConsentPreferencesInvalid", preferences);
  const terms = termsOf(termsDigest, context);
  if (isRejection(terms)) return terms;
  const earliest = Math.min(until, terms.reConsentBy, act.latestUntil);
  if (earliest <= context.now) return reject("ConsentUntilPassed", earliest, context.now);
  return { preferences, terms: terms.number, until: earliest, elements };
}

function termsOf(digest: string, { terms, scopeId }: OpeningContext): RegisteredTerms | Rejection {
  const registered = terms(digest);
  if (registered === undefined) return reject("ConsentTermsUnknown", scopeId, digest);
  checkUint("terms number", registered.number, 16);
  checkUint("reConsentBy", registered.reConsentBy, 32);
  return registered;
}

/** Same or registered narrower terms, no further element or preference, no later end. */
function isNarrower(agreed: Agreed, word: ConsentWord, { isNarrower: areNarrower }: OpeningContext): boolean {
  return (
    (agreed.terms === word.terms || areNarrower(agreed.terms, word.terms)) &&
    (agreed.elements & ~word.elements) === 0n &&
    isNoMore(agreed.preferences, word.preferences) &&
    agreed.until <= word.until
  );
}

/** Puts a new word over the standing one, which goes to its place in history; a first word replaces nothing. */
function opened(
  { word, history }: Consent,
  state: number,
  version: number,
  agreed: Agreed,
  act: Act,
  now: number,
): Consent {
  return consentOf(openedWord(word, state, version, agreed, act, now), isNone(word) ? history : [...history, word]);
}
