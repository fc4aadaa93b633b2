import fc from "fast-check";

import {
  applyChange,
  type Change,
  type Consent,
  ConsentState,
  isRejection,
  LAST_VERSION,
  NO_CONSENT,
  NO_EXPIRY,
} from "../../src/model/index.ts";

/** 2026-01-01, well within uint32. */
export const START = 1_767_225_600;

/** One step of a participant's story: a change at a time, with the consent before and after. */
export interface Step {
  readonly now: number;
  readonly change: Change;
  readonly before: Consent;
  readonly after: Consent;
  readonly isApplied: boolean;
}

/** When consents under each of the scope's terms count as expired. */
const RE_CONSENT_BY: Readonly<Record<string, number>> = { "0x01": NO_EXPIRY, "0x02": START + 600 };

const VERBS = ["grant", "update", "extend", "resume", "suspend", "decline", "withdraw", "annul"] as const;

/** One value mostly, any of the others at times. */
function mostly<T>(common: fc.Arbitrary<T>, rare: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 9, arbitrary: common }, { weight: 1, arbitrary: rare });
}

/** What chance decides of one change. The rest follows from the word that stands, so that most are close calls. */
const choice = fc.record({
  advance: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 15 })),
  verb: fc.constantFrom(...VERBS, "open", "open", "open", "open"),
  isSigned: fc.boolean(),
  signedAgo: mostly(fc.nat({ max: 4 }), fc.constant(-1)),
  versionSlip: mostly(fc.constant(0), fc.constantFrom(-1, 1)),
  termsDigest: mostly(fc.constantFrom("0x01", "0x02"), fc.constant("0x03")),
  lasts: mostly<number | undefined>(fc.constant(undefined), fc.integer({ min: 0, max: 30 })),
  extent: mostly(fc.integer({ min: 1, max: 3 }), fc.constant(0)),
  elements: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  preferences: mostly(fc.nat({ max: 0x2f }), fc.integer({ min: 0x30, max: 0xff })),
});

type Choice = typeof choice extends fc.Arbitrary<infer T> ? T : never;

/** What comes of one change of the participant's own. */
export function apply(before: Consent, change: Change, now: number): Step {
  const terms = (digest: string) => {
    const reConsentBy = RE_CONSENT_BY[digest];
    return reConsentBy === undefined ? undefined : { number: Number(digest), reConsentBy };
  };
  const result = applyChange(before, change, { now, scopeId: "a study", participantId: "a participant", terms });
  const isApplied = !isRejection(result);
  return { now, change, before, after: isApplied ? result : before, isApplied };
}

/** Random stories of one participant, with every verb, own and signed. */
export const stories: fc.Arbitrary<Step[]> = fc.array(choice, { minLength: 1, maxLength: 60 }).map((choices) => {
  let now = START;
  let consent = NO_CONSENT;
  return choices.map((chosen) => {
    now += chosen.advance;
    const step = apply(consent, changeOf(chosen, consent, now), now);
    consent = step.after;
    return step;
  });
});

function changeOf(chosen: Choice, { word }: Consent, now: number): Change {
  const { termsDigest, elements, preferences, extent } = chosen;
  const version = Math.min(Math.max(word.version + 1 + chosen.versionSlip, 0), LAST_VERSION);
  const until = chosen.lasts === undefined ? NO_EXPIRY : now + chosen.lasts;
  const timing = { signedAt: now - chosen.signedAgo, deadline: now + 1_000 };
  const signed = chosen.isSigned ? { signed: timing } : {};
  const closing = chosen.isSigned ? { signed: { ...timing, minVersion: Math.max(0, version - 1) } } : {};
  const verb = chosen.verb === "open" ? suitingOf(word) : chosen.verb;
  switch (verb) {
    case "grant":
    case "update":
      return { verb, termsDigest, elements, preferences, until, version, ...signed };
    case "extend":
      return { verb, termsDigest, until, version, ...signed };
    case "resume":
      return { verb, version, ...signed };
    case "withdraw":
      return { verb, extent, ...closing };
    case "suspend":
    case "decline":
    case "annul":
      return { verb, ...closing };
  }
}

/** The opening that suits the word. */
function suitingOf({ state }: Consent["word"]): "grant" | "update" | "resume" {
  if (state === ConsentState.Suspended) return "resume";
  return state === ConsentState.Active ? "update" : "grant";
}
