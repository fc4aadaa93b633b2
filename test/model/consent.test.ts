import { expect } from "chai";
import { describe, it } from "mocha";

import {
  applyChange,
  type Change,
  type ChangeContext,
  type Consent,
  CONSENT_STATUSES,
  ConsentState,
  type ConsentStatus,
  type ConsentWord,
  EMPTY_WORD,
  isRejection,
  LAST_VERSION,
  NO_CONSENT,
  NO_EXPIRY,
  NOT_ENDED,
  permittedAt,
  type RejectionName,
  statusAt,
  statusOf,
  WithdrawalExtent,
} from "../../src/model/index.ts";
import { expectModelError } from "./expectModelError.ts";

const SIGNED_AT = 900;
const OPENED = 1_000;
const NOW = 2_000;
const DIGEST = "0xd1";
const { NoFurtherContact, NoFurtherAccess, NoFurtherUse } = WithdrawalExtent;

const CONTEXT: ChangeContext = {
  now: NOW,
  scopeId: "0x5c",
  participantId: "0xa1",
  terms: (digest) => (digest === DIGEST ? { number: 7, reConsentBy: 9_000 } : undefined),
};

/** A consent with a standing word at version 5, ordinal 1, and one word before it. */
function standing(fields: Partial<ConsentWord>): Consent {
  const word: ConsentWord = {
    state: ConsentState.Active,
    extent: 0,
    author: 0,
    dissent: false,
    preferences: 0x21,
    locked: false,
    forwarded: false,
    terms: 3,
    version: 5,
    ordinal: 1,
    opened: OPENED,
    ended: NOT_ENDED,
    signedAt: SIGNED_AT,
    until: 5_000,
    elements: 0xe1n,
    ...fields,
  };
  const before: ConsentWord = {
    ...word,
    state: ConsentState.Withdrawn,
    extent: 3,
    version: 3,
    ordinal: 0,
    opened: 500,
    ended: 600,
  };
  return { word, history: [before] };
}

const ENDED = { ended: 1_500 };
const STATES: Readonly<Record<string, Consent>> = {
  None: NO_CONSENT,
  Declined: standing({ state: ConsentState.Declined, ...ENDED }),
  Active: standing({}),
  "Active at its last second": standing({ until: NOW + 1 }),
  "Expired this second": standing({ until: NOW }),
  Suspended: standing({ state: ConsentState.Suspended, ...ENDED }),
  "Suspended, expired": standing({ state: ConsentState.Suspended, until: NOW, ...ENDED }),
  "Suspended, never granted": standing({ state: ConsentState.Suspended, terms: 0, until: 0, opened: 1_500, ...ENDED }),
  "Withdrawn 1": standing({ state: ConsentState.Withdrawn, extent: 1, ...ENDED }),
  "Withdrawn 2": standing({ state: ConsentState.Withdrawn, extent: 2, ...ENDED }),
  "Withdrawn 3": standing({ state: ConsentState.Withdrawn, extent: 3, ...ENDED }),
  Annulled: standing({ state: ConsentState.Annulled, ...ENDED }),
};

const ORDER = Object.keys(STATES);

/** What becomes of each state, in the order of STATES: a state with its extent, or the rejection. */
const GRANTED: readonly ("Active" | RejectionName)[] = [
  "Active",
  "Active",
  "ConsentAlreadyGranted",
  "ConsentAlreadyGranted",
  "Active",
  "ConsentAlreadyGranted",
  "Active",
  "Active",
  "Active",
  "Active",
  "Active",
  "Active",
];
const NOT_RESUMED: readonly (ConsentStatus | undefined)[] = [
  "None",
  "Declined",
  "Active",
  "Active",
  "Expired",
  undefined,
  "Expired",
  "Suspended",
  "Withdrawn",
  "Withdrawn",
  "Withdrawn",
  "Annulled",
];
const SUSPENDED: readonly ConsentStatus[] = [
  "Suspended",
  "Declined",
  "Suspended",
  "Suspended",
  "Suspended",
  "Suspended",
  "Suspended",
  "Suspended",
  "Withdrawn",
  "Withdrawn",
  "Withdrawn",
  "Annulled",
];

const SIGNED = { signedAt: NOW - 10, deadline: NOW + 10 };
const SIGNED_CLOSING = { ...SIGNED, minVersion: 0 };

function grantOf(consent: Consent, given: Partial<Extract<Change, { verb: "grant" }>> = {}): Change {
  return {
    verb: "grant",
    termsDigest: DIGEST,
    elements: 0xffn,
    preferences: 0x22,
    until: NO_EXPIRY,
    version: consent.word.version + 1,
    ...given,
  };
}

function accepted(consent: Consent, change: Change, context = CONTEXT): Consent {
  const result = applyChange(consent, change, context);
  if (isRejection(result)) throw new Error(`${result.error}(${result.args.join(", ")})`);
  return result;
}

function expectRejected(consent: Consent, change: Change, error: RejectionName, args: readonly unknown[]): void {
  expect(applyChange(consent, change, CONTEXT)).to.deep.equal({ error, args });
}

describe("the consent state machine", () => {
  ORDER.forEach((name, index) => {
    const consent = STATES[name] ?? NO_CONSENT;
    const { word } = consent;
    const isFirst = word.version === 0;

    describe(`given ${name}`, () => {
      for (const signed of [undefined, SIGNED]) {
        const form = signed === undefined ? "own" : "signed";
        const signedAt = signed?.signedAt ?? NOW;

        it(`when granted (${form}): ${GRANTED[index]}`, () => {
          const change = grantOf(consent, signed && { signed });
          if (GRANTED[index] !== "Active") return expectRejected(consent, change, "ConsentAlreadyGranted", []);
          const after = accepted(consent, change);
          expect(after.word).to.deep.equal({
            ...EMPTY_WORD,
            state: ConsentState.Active,
            preferences: 0x22,
            terms: 7,
            version: word.version + 1,
            ordinal: isFirst ? 0 : word.ordinal + 1,
            opened: NOW,
            ended: NOT_ENDED,
            signedAt,
            until: 9_000,
            elements: 0xffn,
          });
          expect(after.history).to.deep.equal(isFirst ? [] : [...consent.history, word]);
        });

        it(`when resumed (${form}): ${NOT_RESUMED[index] === undefined ? "Active" : "ConsentNotSuspended"}`, () => {
          const change: Change = { verb: "resume", version: word.version + 1, ...(signed && { signed }) };
          const status = NOT_RESUMED[index];
          if (status !== undefined) return expectRejected(consent, change, "ConsentNotSuspended", [status]);
          const after = accepted(consent, change);
          expect(after.word).to.deep.equal({
            ...word,
            state: ConsentState.Active,
            version: word.version + 1,
            ordinal: word.ordinal + 1,
            opened: NOW,
            ended: NOT_ENDED,
            signedAt,
          });
          expect(after.history).to.deep.equal([...consent.history, word]);
        });

        const closed = {
          ...word,
          version: word.version + 1,
          opened: isFirst ? NOW : word.opened,
          ended: isFirst ? NOW : Math.min(word.ended, NOW),
          signedAt,
        };

        it(`when suspended (${form}): ${SUSPENDED[index]}`, () => {
          const after = accepted(consent, { verb: "suspend", ...(signed && { signed: SIGNED_CLOSING }) });
          const state = CONSENT_STATUSES.indexOf(SUSPENDED[index] ?? "None");
          expect(after).to.deep.equal({ word: { ...closed, state }, history: consent.history });
        });

        for (const extent of [NoFurtherContact, NoFurtherAccess, NoFurtherUse]) {
          it(`when withdrawn to extent ${extent} (${form}): Withdrawn ${Math.max(word.extent, extent)}`, () => {
            const after = accepted(consent, { verb: "withdraw", extent, ...(signed && { signed: SIGNED_CLOSING }) });
            expect(after).to.deep.equal({
              word: { ...closed, state: ConsentState.Withdrawn, extent: Math.max(word.extent, extent) },
              history: consent.history,
            });
          });
        }
      }
    });
  });

  describe("a signed closing of the standing word's own second", () => {
    /** Rank of each state: who may close a word signed in the same second. */
    const RANKS = [0, 2, 0, 0, 0, 1, 1, 1, 4, 5, 6, 2];
    ORDER.forEach((name, index) => {
      const consent = STATES[name] ?? NO_CONSENT;
      const signed = { ...SIGNED_CLOSING, signedAt: consent.word.signedAt };
      const closings: readonly (readonly [Change, number])[] = [
        [{ verb: "suspend", signed }, 1],
        [{ verb: "withdraw", extent: NoFurtherContact, signed }, 4],
        [{ verb: "withdraw", extent: NoFurtherAccess, signed }, 5],
        [{ verb: "withdraw", extent: NoFurtherUse, signed }, 6],
      ];
      for (const [change, rank] of closings) {
        const strengthens = rank > (RANKS[index] ?? 0);
        const what = change.verb === "withdraw" ? `withdraw ${change.extent}` : change.verb;
        it(`given ${name}, ${what} is ${strengthens ? "applied" : "superseded"}`, () => {
          if (strengthens) {
            expect(accepted(consent, change).word.signedAt).to.equal(consent.word.signedAt);
          } else {
            expectRejected(consent, change, "ConsentClosingSuperseded", [signed.signedAt, signed.signedAt]);
          }
        });
      }
    });

    it("one second earlier is superseded, however strong", () => {
      const signed = { ...SIGNED_CLOSING, signedAt: SIGNED_AT - 1 };
      const change: Change = { verb: "withdraw", extent: NoFurtherUse, signed };
      expectRejected(standing({}), change, "ConsentClosingSuperseded", [SIGNED_AT - 1, SIGNED_AT]);
    });
  });

  describe("at the last version", () => {
    const saturated = (fields: Partial<ConsentWord>): Consent => standing({ version: LAST_VERSION, ...fields });

    it("a grant is refused as exhausted, whatever version it names", () => {
      const withdrawn = saturated({ state: ConsentState.Withdrawn, extent: 1, ...ENDED });
      for (const version of [0, LAST_VERSION]) {
        expectRejected(withdrawn, grantOf(withdrawn, { version }), "ConsentVersionsExhausted", []);
      }
    });

    it("a resumption is refused as exhausted", () => {
      const suspended = saturated({ state: ConsentState.Suspended, ...ENDED });
      expectRejected(suspended, { verb: "resume", version: LAST_VERSION }, "ConsentVersionsExhausted", []);
    });

    it("the state is looked at first", () => {
      expectRejected(saturated({}), grantOf(standing({})), "ConsentAlreadyGranted", []);
    });

    it("closings still apply, own and signed, and the version stays", () => {
      for (const signed of [undefined, { ...SIGNED_CLOSING, minVersion: LAST_VERSION }]) {
        const after = accepted(saturated({}), { verb: "withdraw", extent: NoFurtherUse, ...(signed && { signed }) });
        expect(after.word).to.include({ state: ConsentState.Withdrawn, version: LAST_VERSION, ended: NOW });
        const suspended = accepted(saturated({}), { verb: "suspend", ...(signed && { signed }) });
        expect(suspended.word).to.include({ state: ConsentState.Suspended, version: LAST_VERSION, ended: NOW });
      }
    });

    it("a replayed signed closing is still superseded", () => {
      const change: Change = { verb: "suspend", signed: SIGNED_CLOSING };
      const once = accepted(saturated({}), change);
      expectRejected(once, change, "ConsentClosingSuperseded", [SIGNED.signedAt, SIGNED.signedAt]);
    });

    it("the version before it opens to the last", () => {
      const withdrawn = standing({ state: ConsentState.Withdrawn, extent: 1, version: LAST_VERSION - 1, ...ENDED });
      expect(accepted(withdrawn, grantOf(withdrawn)).word.version).to.equal(LAST_VERSION);
    });
  });

  describe("the order of the checks", () => {
    const late = { signedAt: NOW + 1, deadline: NOW - 1 };
    const active = standing({});
    const withdrawn = standing({ state: ConsentState.Withdrawn, extent: 1, ...ENDED });
    const early = { signedAt: SIGNED_AT, deadline: NOW };
    const CASES: readonly (readonly [string, Consent, Change, RejectionName])[] = [
      ["future before deadline", active, grantOf(active, { signed: late }), "ConsentSignedInFuture"],
      [
        "deadline before state",
        active,
        grantOf(active, { signed: { signedAt: NOW, deadline: NOW - 1 } }),
        "ConsentDeadlinePassed",
      ],
      ["state before version", active, grantOf(active, { version: 0 }), "ConsentAlreadyGranted"],
      [
        "version before signing time",
        withdrawn,
        grantOf(withdrawn, { version: 0, signed: early }),
        "ConsentVersionMismatch",
      ],
      [
        "signing time before terms",
        withdrawn,
        grantOf(withdrawn, { termsDigest: "0x00", signed: early }),
        "ConsentSignedTooEarly",
      ],
      ["terms before end", withdrawn, grantOf(withdrawn, { termsDigest: "0x00", until: 0 }), "ConsentTermsUnknown"],
      ["end last", withdrawn, grantOf(withdrawn, { until: NOW }), "ConsentUntilPassed"],
      ["resume: future first", active, { verb: "resume", version: 0, signed: late }, "ConsentSignedInFuture"],
      ["resume: state before version", active, { verb: "resume", version: 0 }, "ConsentNotSuspended"],
      [
        "closing: future first",
        active,
        { verb: "withdraw", extent: 0, signed: { ...late, minVersion: 9 } },
        "ConsentSignedInFuture",
      ],
      [
        "closing: deadline before version",
        active,
        { verb: "withdraw", extent: 0, signed: { signedAt: NOW, deadline: NOW - 1, minVersion: 9 } },
        "ConsentDeadlinePassed",
      ],
      [
        "closing: version before signing time",
        active,
        { verb: "withdraw", extent: 0, signed: { ...early, signedAt: 0, minVersion: 9 } },
        "ConsentVersionTooLow",
      ],
      [
        "closing: signing time before extent",
        active,
        { verb: "withdraw", extent: 0, signed: { ...early, signedAt: 0, minVersion: 5 } },
        "ConsentClosingSuperseded",
      ],
      ["closing: extent last", active, { verb: "withdraw", extent: 0 }, "ConsentExtentInvalid"],
    ];
    for (const [name, consent, change, error] of CASES) {
      it(name, () => {
        expect(applyChange(consent, change, CONTEXT)).to.have.property("error", error);
      });
    }
  });

  describe("a grant's end", () => {
    it("is the given one when that is earlier than the terms' re-consent date", () => {
      expect(accepted(NO_CONSENT, grantOf(NO_CONSENT, { until: 8_999 })).word.until).to.equal(8_999);
    });

    it("is the re-consent date when that is earlier", () => {
      expect(accepted(NO_CONSENT, grantOf(NO_CONSENT, { until: 9_001 })).word.until).to.equal(9_000);
    });

    it("names the stored end when it has come", () => {
      const context = { ...CONTEXT, terms: () => ({ number: 1, reConsentBy: NOW }) };
      const result = applyChange(NO_CONSENT, grantOf(NO_CONSENT), context);
      expect(result).to.deep.equal({ error: "ConsentUntilPassed", args: [NOW, NOW] });
    });
  });

  describe("statusAt", () => {
    const from = () => 3_000;
    const CASES: readonly (readonly [string, Consent, number, (() => number) | undefined, ConsentStatus])[] = [
      ["nothing", NO_CONSENT, NOW, undefined, "None"],
      ["an active consent", standing({}), NOW, undefined, "Active"],
      ["an active consent a second before its end", standing({}), 4_999, undefined, "Active"],
      ["an active consent at its end", standing({}), 5_000, undefined, "Expired"],
      ["an active consent without end", standing({ until: NO_EXPIRY }), NO_EXPIRY - 1, undefined, "Active"],
      ["an active consent a second before its terms begin", standing({}), 2_999, from, "Scheduled"],
      ["an active consent when its terms begin", standing({}), 3_000, from, "Active"],
      ["an active consent that ended before its terms began", standing({ until: 2_500 }), 2_600, from, "Expired"],
      ["a suspended consent before its terms begin", standing({ state: 3, ...ENDED }), NOW, from, "Suspended"],
      ["a suspended consent at its end", standing({ state: 3, ...ENDED }), 5_000, undefined, "Expired"],
      ["a suspension of nothing", standing({ state: 3, terms: 0, until: 0 }), NOW, undefined, "Suspended"],
      ["a declined consent after its end", standing({ state: 1 }), 9_999, undefined, "Declined"],
      ["a withdrawn consent after its end", standing({ state: 4, extent: 1 }), 9_999, from, "Withdrawn"],
      ["an annulled consent after its end", standing({ state: 5 }), 9_999, undefined, "Annulled"],
    ];
    for (const [what, consent, now, startOf, status] of CASES) {
      it(`${what} reads ${status}`, () => {
        expect(statusAt(consent, now, startOf)).to.equal(status);
      });
    }

    it("asks for the start of the very terms agreed to", () => {
      const asked: number[] = [];
      statusAt(standing({ terms: 12 }), NOW, (number) => asked.push(number));
      expect(asked).to.deep.equal([12]);
    });

    it("given an unassigned state, refuses the word", () => {
      for (const state of [6, 7]) expectModelError(() => statusAt(standing({ state }), NOW), "StateUnknown");
    });
  });

  describe("permittedAt", () => {
    const first = accepted(NO_CONSENT, grantOf(NO_CONSENT, { until: 3_000 }), { ...CONTEXT, now: 1_000 });
    const closed = accepted(first, { verb: "suspend" }, { ...CONTEXT, now: 1_100 });
    const again = accepted(closed, { verb: "suspend" }, { ...CONTEXT, now: 1_150 });
    const resumed = accepted(again, { verb: "resume", version: 4 }, { ...CONTEXT, now: 1_200 });
    const CASES: readonly (readonly [string, number, boolean, number])[] = [
      ["before the first word", 999, false, 0],
      ["when the first word opens", 1_000, true, 1],
      ["a second before it is closed", 1_099, true, 1],
      ["when it is closed", 1_100, false, 0],
      ["while it rests", 1_199, false, 0],
      ["when it goes on", 1_200, true, 4],
      ["a second before its end", 2_999, true, 4],
      ["at its end", 3_000, false, 0],
    ];
    for (const [when, time, permitted, version] of CASES) {
      it(`${when}: ${permitted ? `permitted by version ${version}` : "not permitted"}`, () => {
        expect(permittedAt(resumed, time)).to.deep.equal({ permitted, version });
      });
    }

    it("before the terms begin: not permitted", () => {
      const startOf = (number: number): number => (number === 7 ? 1_050 : 0);
      expect(permittedAt(first, 1_049, startOf)).to.deep.equal({ permitted: false, version: 0 });
      expect(permittedAt(first, 1_050, startOf)).to.deep.equal({ permitted: true, version: 1 });
    });

    it("given no consent: not permitted", () => {
      for (const time of [0, NOW, NO_EXPIRY]) {
        expect(permittedAt(NO_CONSENT, time)).to.deep.equal({ permitted: false, version: 0 });
      }
    });
  });

  describe("values", () => {
    it("are frozen, and a change leaves the one before as it was", () => {
      const before = structuredClone(STATES.Suspended);
      const after = accepted(STATES.Suspended ?? NO_CONSENT, { verb: "resume", version: 6 });
      expect(STATES.Suspended).to.deep.equal(before);
      for (const value of [NO_CONSENT, NO_CONSENT.history, after, after.word, after.history]) {
        expect(value).to.satisfy(Object.isFrozen);
      }
    });
  });

  describe("input errors", () => {
    const refuse = (change: Change, context = CONTEXT) => applyChange(NO_CONSENT, change, context);
    const grant = grantOf(NO_CONSENT) as Extract<Change, { verb: "grant" }>;
    const CASES: readonly (readonly [string, () => unknown])[] = [
      ["now beyond uint32", () => refuse(grant, { ...CONTEXT, now: 2 ** 32 })],
      ["a fraction of a second", () => refuse(grant, { ...CONTEXT, now: 0.5 })],
      ["elements beyond uint64", () => refuse({ ...grant, elements: 2n ** 64n })],
      ["preferences beyond uint8", () => refuse({ ...grant, preferences: 256 })],
      ["until beyond uint32", () => refuse({ ...grant, until: 2 ** 32 })],
      ["a negative until", () => refuse({ ...grant, until: -1 })],
      ["a grant's version beyond uint16", () => refuse({ ...grant, version: 65_536 })],
      ["a resumption's version beyond uint16", () => refuse({ verb: "resume", version: 65_536 })],
      ["signedAt beyond uint32", () => refuse({ ...grant, signed: { signedAt: 2 ** 32, deadline: 0 } })],
      ["deadline beyond uint32", () => refuse({ ...grant, signed: { signedAt: 0, deadline: 2 ** 32 } })],
      [
        "minVersion beyond uint16",
        () => refuse({ verb: "suspend", signed: { ...SIGNED_CLOSING, minVersion: 65_536 } }),
      ],
      [
        "minVersion beyond uint16 of a withdrawal",
        () => refuse({ verb: "withdraw", extent: 1, signed: { ...SIGNED_CLOSING, minVersion: 65_536 } }),
      ],
      ["an extent beyond 3", () => refuse({ verb: "withdraw", extent: 4 })],
      [
        "terms number beyond uint16",
        () => refuse(grant, { ...CONTEXT, terms: () => ({ number: 65_536, reConsentBy: 1 }) }),
      ],
      [
        "reConsentBy beyond uint32",
        () => refuse(grant, { ...CONTEXT, terms: () => ({ number: 1, reConsentBy: 2 ** 32 }) }),
      ],
      ["a status beyond uint32", () => statusAt(NO_CONSENT, 2 ** 32)],
      ["a start beyond uint32", () => statusAt(NO_CONSENT, 0, () => 2 ** 32)],
      ["an end beyond uint32", () => statusOf({ state: 2, from: 0, until: 2 ** 32, holdsTerms: true }, 0)],
      ["a past beyond uint32", () => permittedAt(NO_CONSENT, -1)],
    ];
    for (const [what, act] of CASES) {
      it(`refuses ${what}`, () => {
        expectModelError(act, "ValueOutOfRange");
      });
    }

    it("refuses a block time before the standing word's", () => {
      const context = { ...CONTEXT, now: OPENED - 1 };
      expectModelError(() => applyChange(standing({}), { verb: "suspend" }, context), "TimeRunsBack");
    });
  });
});
