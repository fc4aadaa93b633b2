import {
  ConsentAuthor,
  ConsentState,
  type ConsentWord,
  EMPTY_WORD,
  LAST_VERSION,
  NO_EXPIRY,
  NOT_ENDED,
} from "./word.ts";

/** Who does a change, as the registry has found. Times in Unix seconds (uint32). */
export interface Act {
  /** One of ConsentAuthor. */
  readonly author: number;
  /** When the author said it. */
  readonly signedAt: number;
  /** The latest end of what the author opens: a guardian's words end with the guardianship. */
  readonly latestUntil: number;
  /** Whether the author may update to what is narrower only. */
  readonly mustNarrow: boolean;
  /** Whether the custodian attests a minor's dissent. */
  readonly isDissent: boolean;
}

/** The act of an author whom nothing but the rules of the change limits. */
export function actOf(author: number, signedAt: number): Act {
  return { author, signedAt, latestUntil: NO_EXPIRY, mustNarrow: false, isDissent: false };
}

const FIRST_VERSION = 1;

/** What was agreed to; it stays when a consent is resumed, extended or moved. */
export type Agreed = Pick<ConsentWord, "preferences" | "terms" | "until" | "elements">;

/** What a closing aims at. */
export type Target = Pick<ConsentWord, "state" | "extent">;

/** Whether nobody has ever acted. */
export function isNone(word: ConsentWord): boolean {
  return word.version === 0;
}

/** Whether the word holds terms that wait or apply: granted, and not ended by time. */
export function isStanding({ state, until }: ConsentWord, now: number): boolean {
  return (state === ConsentState.Active || state === ConsentState.Suspended) && now < until;
}

/** How strongly a state refuses: of two closings the stronger stands. */
export function strengthOf({ state, extent }: Target): number {
  switch (state) {
    case ConsentState.Withdrawn:
      return 3 + extent;
    case ConsentState.Annulled:
      return 3;
    case ConsentState.Declined:
      return 2;
    case ConsentState.Suspended:
      return 1;
    default:
      return 0;
  }
}

/** The word that an opening puts over `word`: Active, or Suspended where a suspended consent stays so. */
export function openedWord(
  word: ConsentWord,
  state: number,
  version: number,
  { preferences, terms, until, elements }: Agreed,
  { author, signedAt }: Act,
  now: number,
): ConsentWord {
  return {
    ...EMPTY_WORD,
    state,
    author,
    preferences,
    terms,
    version,
    ordinal: isNone(word) ? 0 : word.ordinal + 1,
    opened: now,
    ended: endOf(state, now),
    signedAt,
    until,
    elements,
  };
}

/** The word after a closing, in place: raised in version, and never weaker than before. */
export function closedWord(word: ConsentWord, target: Target, act: Act, now: number): ConsentWord {
  const isFirst = isNone(word);
  const strengthens = strengthOf(target) > strengthOf(word);
  const saysNo = word.author === ConsentAuthor.Guardian && act.author === ConsentAuthor.Participant;
  return {
    ...word,
    ...(strengthens ? { state: target.state, extent: target.extent } : {}),
    // Whoever acts first where only the custodian had makes the word theirs.
    author: isFirst || word.author === ConsentAuthor.Custodian ? act.author : word.author,
    dissent: word.dissent || saysNo || act.isDissent,
    version: raised(word.version),
    opened: isFirst ? now : word.opened,
    ended: isFirst ? now : firstEnd(word, now),
    signedAt: Math.max(word.signedAt, act.signedAt),
  };
}

/** The word while a move to a new key is pending: raised in version, so that pending openings die. */
export function lockedWord(word: ConsentWord): ConsentWord {
  return { ...word, version: raised(word.version), locked: true };
}

/** The word after the move was given up. */
export function unlockedWord(word: ConsentWord): ConsentWord {
  return { ...word, locked: false };
}

/** The last word of an id whose consent moves to another: ended, for good. */
export function forwardedWord(word: ConsentWord, now: number): ConsentWord {
  return { ...word, version: raised(word.version), locked: false, forwarded: true, ended: firstEnd(word, now) };
}

/** The first word of the id that a consent moves to: the state, what was agreed to and a dissent stay. */
export function movedWord(word: ConsentWord, act: Act, now: number): ConsentWord {
  const opened = openedWord(EMPTY_WORD, word.state, FIRST_VERSION, word, act, now);
  return { ...opened, extent: word.extent, dissent: word.dissent };
}

/** By one, up to the last version. */
function raised(version: number): number {
  return Math.min(version + 1, LAST_VERSION);
}

/** NOT_ENDED is later than every block time, so the earlier of the two is the first end. */
function firstEnd({ ended }: ConsentWord, now: number): number {
  return Math.min(ended, now);
}

/** What is not Active permits nothing from the start. */
function endOf(state: number, now: number): number {
  return state === ConsentState.Active ? NOT_ENDED : now;
}
