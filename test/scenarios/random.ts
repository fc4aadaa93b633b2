import fc from "fast-check";

import {
  applyChange,
  type Change,
  type Consent,
  ConsentState,
  type ConsentWord,
  encodeWord,
  isRejection,
  NO_CONSENT,
  NO_EXPIRY,
  type Permitted,
  permittedAt,
  type RegisteredTerms,
  type RejectionName,
} from "../../src/model/index.ts";
import type { Applied, ConsentEngine, ScenarioTerms } from "./engine.ts";

const SCOPES = ["first study", "second study"] as const;
const PARTICIPANTS = ["Anna", "Bo", "Cleo"] as const;
const UNKNOWN_DIGEST = `0x${"cd".repeat(32)}`;

/** One change of a random history, and what the model says comes of it. */
export interface RandomOperation {
  /** Seconds that pass before the change; often none. */
  readonly advance: number;
  readonly scope: string;
  readonly participant: string;
  readonly change: Change;
  readonly expected: Applied;
  /** The packed word after the change. */
  readonly word: bigint;
  /** A time up to now, and what was permitted then. */
  readonly asked: { readonly time: number; readonly answer: Permitted };
}

export interface RandomHistory {
  readonly operations: readonly RandomOperation[];
  /** How often each verb took effect, in each form ("grant own"), and each rejection was met. */
  readonly reached: ReadonlyMap<string, number>;
}

/** Where a history begins: the engine's clock, and the digests of {@link randomTerms} in each scope by number. */
export interface RandomStart {
  readonly now: number;
  readonly digests: ReadonlyMap<string, readonly string[]>;
}

/** The terms that random histories are about, at a start of `now`. */
export function randomTerms(now: number): readonly ScenarioTerms[] {
  return [
    { from: 0, reConsentBy: NO_EXPIRY },
    { from: now + 40, reConsentBy: now + 1_500 },
    { from: 0, reConsentBy: now + 600 },
  ];
}

/** One value mostly, any of the others at times. */
function mostly<T>(common: fc.Arbitrary<T>, rare: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 9, arbitrary: common }, { weight: 1, arbitrary: rare });
}

/** What chance decides of one change. The rest follows from the word that stands, so that most are close calls. */
const choice = fc.record({
  advance: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 15 })),
  scope: fc.nat({ max: SCOPES.length - 1 }),
  participant: fc.nat({ max: PARTICIPANTS.length - 1 }),
  verb: fc.constantFrom("open", "open", "open", "grant", "resume", "suspend", "suspend", "withdraw", "replay"),
  isSigned: fc.boolean(),
  versionSlip: mostly(fc.constant(0), fc.constantFrom(-1, 1)),
  signedAgo: mostly(fc.nat({ max: 4 }), fc.constant(-1)),
  isSignedWithWord: mostly(fc.constant(false), fc.constant(true)),
  validFor: mostly(fc.constant(1_000), fc.integer({ min: -1, max: 5 })),
  terms: mostly(fc.nat({ max: 2 }), fc.constant(3)),
  until: mostly<number | undefined>(fc.constant(undefined), fc.integer({ min: 0, max: 30 })),
  extent: mostly(fc.integer({ min: 1, max: 3 }), fc.constant(0)),
  elements: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  preferences: fc.nat({ max: 0xff }),
  replayed: fc.nat(),
  askedAgo: fc.nat({ max: 120 }),
});

type Choice = typeof choice extends fc.Arbitrary<infer T> ? T : never;

/** What chance decides of a whole history; {@link resolveHistory} makes operations of it. Shrinks by change. */
export const randomChoices: fc.Arbitrary<Choice[]> = fc.array(choice, { minLength: 1, maxLength: 60 });

/** A history of `length` changes that is the same for the same seed and start. */
export function randomHistory(seed: number, length: number, start: RandomStart): RandomHistory {
  return resolveHistory(fc.sample(choice, { seed, numRuns: length }), start);
}

/** Turns choices into changes, and has the model say what comes of each. */
export function resolveHistory(choices: readonly Choice[], start: RandomStart): RandomHistory {
  const consents = new Map<string, Consent>();
  const signed = new Map<string, Change[]>();
  const reached = new Map<string, number>();
  let { now } = start;

  const operations = choices.map((chosen): RandomOperation => {
    now += chosen.advance;
    const scope = SCOPES[chosen.scope] ?? SCOPES[0];
    const participant = PARTICIPANTS[chosen.participant] ?? PARTICIPANTS[0];
    const key = JSON.stringify([scope, participant]);
    const consent = consents.get(key) ?? NO_CONSENT;
    const earlier = signed.get(key) ?? [];
    const digests = start.digests.get(scope) ?? [];
    const terms = new Map<string, RegisteredTerms & ScenarioTerms>();
    randomTerms(start.now).forEach((registered, index) => {
      const digest = digests[index];
      if (digest !== undefined) terms.set(digest, { ...registered, number: index + 1 });
    });

    const replayed = chosen.verb === "replay" ? earlier[chosen.replayed % earlier.length] : undefined;
    const change = replayed ?? changeOf(chosen, consent, now, digests);
    if (replayed === undefined && change.signed !== undefined) signed.set(key, [...earlier, change]);

    const result = applyChange(consent, change, { now, scopeId: scope, terms: (digest) => terms.get(digest) });
    const after = isRejection(result) ? consent : result;
    consents.set(key, after);
    const form = change.signed === undefined ? "own" : "signed";
    const met: string = isRejection(result) ? result.error : `${change.verb} ${form}`;
    reached.set(met, (reached.get(met) ?? 0) + 1);

    const time = now - chosen.askedAgo;
    const startOf = (number: number): number => randomTerms(start.now)[number - 1]?.from ?? 0;
    return {
      advance: chosen.advance,
      scope,
      participant,
      change,
      expected: isRejection(result) ? result : { ok: true },
      word: encodeWord(after.word),
      asked: { time, answer: permittedAt(after, time, startOf) },
    };
  });
  return { operations, reached };
}

/** Registers the terms of random histories on an engine, and says where they begin. */
export async function prepareRandom(engine: ConsentEngine): Promise<RandomStart> {
  const now = await engine.now();
  const digests = new Map<string, string[]>();
  for (const scope of SCOPES) {
    const registered: string[] = [];
    for (const terms of randomTerms(now)) registered.push(await engine.registerTerms(scope, terms));
    digests.set(scope, registered);
  }
  return { now, digests };
}

/** Everything that a long enough history must reach; a generator that does not reach it tests less than it says. */
export const REACHABLE: readonly (`${Change["verb"]} ${"own" | "signed"}` | RejectionName)[] = [
  "grant own",
  "grant signed",
  "resume own",
  "resume signed",
  "suspend own",
  "suspend signed",
  "withdraw own",
  "withdraw signed",
  "ConsentSignedInFuture",
  "ConsentDeadlinePassed",
  "ConsentAlreadyGranted",
  "ConsentNotSuspended",
  "ConsentVersionMismatch",
  "ConsentSignedTooEarly",
  "ConsentTermsUnknown",
  "ConsentUntilPassed",
  "ConsentVersionTooLow",
  "ConsentClosingSuperseded",
  "ConsentExtentInvalid",
];

function changeOf(chosen: Choice, { word }: Consent, now: number, digests: readonly string[]): Change {
  const signedAt = chosen.isSignedWithWord ? Math.min(word.signedAt, now) : now - chosen.signedAgo;
  const signed = chosen.isSigned ? { signedAt, deadline: now + chosen.validFor } : undefined;
  const version = Math.max(0, word.version + 1 + chosen.versionSlip);
  const verb = verbOf(chosen, word, now);
  const minVersion = Math.max(0, word.version + chosen.versionSlip);
  switch (verb) {
    case "resume":
      return { verb, version, ...(signed && { signed }) };
    case "suspend":
      return { verb, ...(signed && { signed: { ...signed, minVersion } }) };
    case "withdraw":
      return { verb, extent: chosen.extent, ...(signed && { signed: { ...signed, minVersion } }) };
    case "grant":
      return {
        verb,
        termsDigest: digests[chosen.terms] ?? UNKNOWN_DIGEST,
        elements: chosen.elements,
        preferences: chosen.preferences,
        until: chosen.until === undefined ? NO_EXPIRY : now + chosen.until,
        version,
        ...(signed && { signed }),
      };
  }
}

/** The verb chosen, or the opening that suits the word; a replay with nothing to replay yet is an opening too. */
function verbOf(chosen: Choice, word: ConsentWord, now: number): Change["verb"] {
  if (chosen.verb !== "open" && chosen.verb !== "replay") return chosen.verb;
  return word.state === ConsentState.Suspended && now < word.until ? "resume" : "grant";
}
