import { checkUint } from "./errors.ts";
import { type ConsentStatus, statusOf } from "./status.ts";
import { type ConsentWord, EMPTY_WORD } from "./word.ts";

/** One participant's answer for one scope: the standing word, and every word that an opening has replaced. */
export interface Consent {
  readonly word: ConsentWord;
  /** By ordinal. */
  readonly history: readonly ConsentWord[];
}

/** The consent of a participant who has never acted. */
export const NO_CONSENT: Consent = Object.freeze({ word: EMPTY_WORD, history: Object.freeze([]) });

/** An immutable consent. */
export function consentOf(word: ConsentWord, history: readonly ConsentWord[]): Consent {
  return Object.freeze({ word: Object.freeze(word), history: Object.freeze(history) });
}

/** When the scope's terms of a number begin to hold, in Unix seconds (uint32). */
export type StartOf = (termsNumber: number) => number;

const atOnce: StartOf = () => 0;

/**
 * What a reader sees at `now` (Unix seconds, uint32).
 * @param startOf by default all terms hold at once
 * @throws ModelError ValueOutOfRange, StateUnknown
 */
export function statusAt({ word }: Pick<Consent, "word">, now: number, startOf: StartOf = atOnce): ConsentStatus {
  return statusOf({ ...word, from: startOf(word.terms), holdsTerms: word.terms !== 0 }, now);
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
