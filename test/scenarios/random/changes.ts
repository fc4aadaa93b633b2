import {
  AFTER_DEATH,
  type Agreement,
  type Change,
  type ChangeOperation,
  ConsentState,
  type ConsentWord,
  DelegateKind,
  LAST_VERSION,
  MANDATES,
  mandatesFor,
  MAX_PREFERENCES,
  NO_EXPIRY,
  PREFERENCES,
  type Verb,
} from "../../../src/model/index.ts";
import type { Actor } from "../engine.ts";
import { DAY, UNKNOWN_DIGEST } from "../story.ts";
import type { Dice } from "./dice.ts";
import {
  delegateFor,
  delegatesOf,
  type Ids,
  type Scene,
  sendsTransactions,
  someone,
  someoneWho,
  standsAt,
} from "./people.ts";
import { mistakeOf, SIGNING_MISTAKES, signingOf } from "./signing.ts";

const CLOSINGS = ["suspend", "decline", "withdraw", "annul"] as const;
const VERBS = ["grant", "update", "extend", "resume", ...CLOSINGS] as const;
const OPENING_MISTAKES = [...SIGNING_MISTAKES, "version", "preferences", "terms", "passed"] as const;
const CLOSING_MISTAKES = [...SIGNING_MISTAKES, "minVersion", "minVersion", "extent"] as const;

/** A change by a participant or a delegate. */
export function inventChange(scene: Scene): ChangeOperation {
  const { stage, dice, book, now } = scene;
  const ids = dice.oneIn(2) ? someoneWho(scene, standsAt(now)) : someone(scene);
  const actor = stage.actors.get(ids.participantId);
  const hasDelegates = delegatesOf(scene, ids).length > 0;
  const delegate = actor === undefined || dice.oneIn(hasDelegates ? 2 : 16) ? delegateFor(scene, ids) : undefined;
  const signer = delegate ?? actor;
  const word = book.lastWordOf(ids.scopeId, ids.participantId);
  const mayOpen = signer?.kind !== "unlisted key" || dice.oneIn(6);
  const suiting = mayOpen ? suitingVerb(scene, word) : closingVerb(dice);
  const chosen = delegate === undefined ? suiting : mandatedVerb(scene, ids, delegate, suiting);
  const opens = !(CLOSINGS as readonly Verb[]).includes(chosen);
  const mistake = opens ? mistakeOf(scene, ...OPENING_MISTAKES) : mistakeOf(scene, ...CLOSING_MISTAKES);
  const said = sayingOf(scene, ids, mistake === "extent" ? "withdraw" : chosen, word, mistake);
  const isOwn = delegate === undefined && actor !== undefined && sendsTransactions(actor) && !dice.oneIn(3);
  if (isOwn || signer === undefined) return { ...ids, ...said };

  const { signed: times, signatories } = signingOf(scene, signer, opens, word.signedAt, mistake);
  const next = Math.min(word.version + 1, LAST_VERSION);
  const signed = { ...times, minVersion: mistake === "minVersion" ? next : dice.pick([0, word.version]) };
  return {
    ...ids,
    ...said,
    signed,
    ...(signatories && { signatories }),
    ...(delegate && { signerId: delegate.id }),
  };
}

/** Mostly an opening that suits the word, often a closing, at times any verb. */
function suitingVerb({ dice, now }: Scene, { state, until }: ConsentWord): Verb {
  if (dice.oneIn(8)) return dice.pick(VERBS);
  if (dice.oneIn(4)) return closingVerb(dice);
  const isStanding = (state === ConsentState.Active || state === ConsentState.Suspended) && now < until;
  if (!isStanding) return "grant";
  return dice.pick(state === ConsentState.Suspended ? ["resume", "resume", "update", "extend"] : ["update", "extend"]);
}

/** Mostly what leaves something to resume. */
function closingVerb(dice: Dice): Verb {
  return dice.pick(["suspend", "suspend", ...CLOSINGS]);
}

/** Mostly a verb that the delegate's mandate allows: the suiting one if it does. */
function mandatedVerb({ dice, book, now }: Scene, ids: Ids, { id }: Actor, suiting: Verb): Verb {
  const { kind, verbs, until } = book.mandateOf(ids.scopeId, ids.participantId, id);
  const allowed = now < until ? verbs : kind === DelegateKind.Guardian ? MANDATES.close : 0;
  const isAllowed = (verb: Verb): boolean => (mandatesFor(verb) & allowed) !== 0;
  const [first, ...others] = VERBS.filter(isAllowed);
  if (first === undefined || isAllowed(suiting) || dice.oneIn(6)) return suiting;
  return dice.pick([first, ...others]);
}

/** What a change says, its signature aside. */
function sayingOf(scene: Scene, ids: Ids, verb: Verb, word: ConsentWord, mistake: string | undefined): Change {
  const agreed = agreementOf(scene, ids, word, mistake);
  const { termsDigest, until, version } = agreed;
  switch (verb) {
    case "grant":
    case "update":
      return { verb, ...agreed };
    case "extend":
      return { verb, termsDigest, until, version };
    case "resume":
      return { verb, version };
    case "withdraw":
      return { verb, extent: mistake === "extent" ? 0 : 1 + scene.dice.below(3) };
    default:
      return { verb };
  }
}

const EVERY_ELEMENT = 2n ** 64n - 1n;
const OPT_INS = PREFERENCES.recontact | PREFERENCES.recordLinkage;

/** What somebody agrees to: often the standing terms, at times a little more or less than stands. */
export function agreementOf(
  { stage, dice, now }: Scene,
  { scopeId }: Ids,
  word: ConsentWord,
  mistake: string | undefined,
): Agreement {
  const { digests } = stage.scopes.find(({ id }) => id === scopeId) ?? stage.scopes[0];
  const standing = digests[word.terms - 1] ?? digests[0];
  const next = Math.min(word.version + 1, LAST_VERSION);
  const termsDigest = dice.oneIn(4) ? dice.pick(digests) : standing;
  const preferences = [word.preferences, word.preferences & OPT_INS, OPT_INS | AFTER_DEATH.continue] as const;
  return {
    termsDigest: mistake === "terms" ? UNKNOWN_DIGEST : termsDigest,
    elements: dice.pick([word.elements, word.elements & 0b11n, 0b111n, EVERY_ELEMENT]),
    preferences:
      mistake === "preferences" ? MAX_PREFERENCES + 1 + dice.below(16) : dice.pick([...preferences, MAX_PREFERENCES]),
    until: mistake === "passed" ? now - dice.below(2) : endOf(dice, now, word),
    version: mistake === "version" ? dice.pick([word.version, Math.min(next + 1, LAST_VERSION)]) : next,
  };
}

/** Mostly long enough for something to happen. */
function endOf(dice: Dice, now: number, { until }: ConsentWord): number {
  const lasting = [now + 100 * DAY, now + 300 * DAY, now + 900 * DAY] as const;
  return dice.pick([...lasting, ...lasting, now + DAY, now + 1 + dice.below(30), Math.max(until, now + 1), NO_EXPIRY]);
}
