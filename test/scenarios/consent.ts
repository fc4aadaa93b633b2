import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import {
  type Change,
  ConsentState,
  type ConsentStatus,
  type ConsentWord,
  decodeWord,
  type Grant,
  NO_EXPIRY,
  NOT_ENDED,
  type Resume,
  type Suspend,
  type Withdraw,
  WithdrawalExtent,
} from "../../src/model/index.ts";
import type { Applied, ConsentEngine } from "./engine.ts";

const SCOPE = "a study";
const PARTICIPANT = "a participant";
const OK: Applied = { ok: true };
const UNKNOWN_DIGEST = `0x${"ab".repeat(32)}`;
const DAY = 86_400;
const { NoFurtherContact, NoFurtherAccess, NoFurtherUse } = WithdrawalExtent;

const FORMS = ["own", "signed"] as const;
type Form = (typeof FORMS)[number];

/** A participant in a scope on an engine, with the changes that a scenario leaves unsaid filled in. */
class Story {
  readonly #engine: ConsentEngine;
  readonly #scope: string;
  readonly #participant: string;
  digest = UNKNOWN_DIGEST;

  constructor(engine: ConsentEngine, scope = SCOPE, participant = PARTICIPANT) {
    this.#engine = engine;
    this.#scope = scope;
    this.#participant = participant;
  }

  /** The story of the same engine and terms with another participant. */
  withParticipant(participant: string): Story {
    const other = new Story(this.#engine, this.#scope, participant);
    other.digest = this.digest;
    return other;
  }

  /** The story of the same engine and participant in another scope, which has no terms yet. */
  inScope(scope: string): Story {
    return new Story(this.#engine, scope, this.#participant);
  }

  /** Registers terms for the scope; grants are to the latest. */
  async register(terms: { from?: number; reConsentBy?: number } = {}): Promise<string> {
    this.digest = await this.#engine.registerTerms(this.#scope, { from: 0, reConsentBy: NO_EXPIRY, ...terms });
    return this.digest;
  }

  now = (): Promise<number> => this.#engine.now();
  advance = (seconds: number): Promise<void> => this.#engine.advance(seconds);
  apply = (change: Change): Promise<Applied> => this.#engine.apply(this.#scope, this.#participant, change);
  status = (): Promise<ConsentStatus> => this.#engine.status(this.#scope, this.#participant);
  permittedAt = (time: number) => this.#engine.permittedAt(this.#scope, this.#participant, time);
  packed = (): Promise<bigint> => this.#engine.word(this.#scope, this.#participant);
  packedAt = (ordinal: number): Promise<bigint> => this.#engine.wordAt(this.#scope, this.#participant, ordinal);
  word = async (): Promise<ConsentWord> => decodeWord(await this.packed());
  wordAt = async (ordinal: number): Promise<ConsentWord> => decodeWord(await this.packedAt(ordinal));

  async grant(form: Form, given: Partial<Grant> = {}): Promise<Grant> {
    return {
      verb: "grant",
      termsDigest: this.digest,
      elements: 0b101n,
      preferences: 0b11,
      until: NO_EXPIRY,
      version: (await this.word()).version + 1,
      ...(form === "signed" ? { signed: await this.signing() } : {}),
      ...given,
    };
  }

  async resume(form: Form, given: Partial<Resume> = {}): Promise<Resume> {
    return {
      verb: "resume",
      version: (await this.word()).version + 1,
      ...(form === "signed" ? { signed: await this.signing() } : {}),
      ...given,
    };
  }

  async suspend(
    form: Form,
    signed: { signedAt?: number; deadline?: number; minVersion?: number } = {},
  ): Promise<Suspend> {
    if (form === "own") return { verb: "suspend" };
    return { verb: "suspend", signed: { ...(await this.signing()), minVersion: 0, ...signed } };
  }

  async withdraw(
    form: Form,
    extent: number = NoFurtherUse,
    signed: { signedAt?: number; deadline?: number; minVersion?: number } = {},
  ): Promise<Withdraw> {
    if (form === "own") return { verb: "withdraw", extent };
    return { verb: "withdraw", extent, signed: { ...(await this.signing()), minVersion: 0, ...signed } };
  }

  async signing(): Promise<{ signedAt: number; deadline: number }> {
    const now = await this.now();
    return { signedAt: now, deadline: now + DAY };
  }

  /** Applies what must be accepted on the way to the scenario's state, ten seconds after the change before. */
  async given(change: Promise<Change>): Promise<void> {
    expect(await this.apply(await change)).to.deep.equal(OK);
    await this.advance(10);
  }

  /** Applies a change and expects the rejection, with nothing changed. */
  async expectRejected(change: Change, error: string, args: readonly (number | string)[]): Promise<void> {
    const before = await this.packed();
    expect(await this.apply(change)).to.deep.equal({ error, args });
    expect(await this.packed(), "a rejected change changed the word").to.equal(before);
  }
}

/** Every state that the verbs of this version lead to, as a reader sees it, and how to come there. */
const STATES: Readonly<Record<string, { reads: ConsentStatus; reach: (story: Story) => Promise<void> }>> = {
  None: { reads: "None", reach: async () => {} },
  Active: { reads: "Active", reach: async (story) => story.given(story.grant("own")) },
  Scheduled: {
    reads: "Scheduled",
    reach: async (story) => {
      await story.register({ from: (await story.now()) + 1_000 });
      await story.given(story.grant("own"));
    },
  },
  Expired: {
    reads: "Expired",
    reach: async (story) => {
      await story.given(story.grant("own", { until: (await story.now()) + 10 }));
    },
  },
  Suspended: {
    reads: "Suspended",
    reach: async (story) => {
      await story.given(story.grant("own"));
      await story.given(story.suspend("own"));
    },
  },
  "Suspended, never granted": { reads: "Suspended", reach: async (story) => story.given(story.suspend("own")) },
  "Suspended, expired": {
    reads: "Expired",
    reach: async (story) => {
      await story.given(story.grant("own", { until: (await story.now()) + 20 }));
      await story.given(story.suspend("own"));
    },
  },
  "Withdrawn from further contact": {
    reads: "Withdrawn",
    reach: async (story) => {
      await story.given(story.grant("own"));
      await story.given(story.withdraw("own", NoFurtherContact));
    },
  },
  "Withdrawn from further access": {
    reads: "Withdrawn",
    reach: async (story) => {
      await story.given(story.grant("own"));
      await story.given(story.withdraw("own", NoFurtherAccess));
    },
  },
  "Withdrawn from further use": {
    reads: "Withdrawn",
    reach: async (story) => {
      await story.given(story.grant("own"));
      await story.given(story.withdraw("own", NoFurtherUse));
    },
  },
  "Withdrawn, never granted": { reads: "Withdrawn", reach: async (story) => story.given(story.withdraw("own")) },
};

const GRANTABLE = new Set([
  "None",
  "Expired",
  "Suspended, never granted",
  "Suspended, expired",
  "Withdrawn from further contact",
  "Withdrawn from further access",
  "Withdrawn from further use",
  "Withdrawn, never granted",
]);

/** What every engine of consents must do. `makeEngine` answers a fresh engine, with no scope and no consent. */
export function shouldBehaveLikeConsent(name: string, makeEngine: () => Promise<ConsentEngine>): void {
  describe(name, () => {
    let story: Story;

    beforeEach(async () => {
      story = new Story(await makeEngine());
      await story.register();
    });

    for (const [state, { reads, reach }] of Object.entries(STATES)) {
      describe(`given a consent that is ${state}`, () => {
        let before: ConsentWord;
        let now: number;

        beforeEach(async () => {
          await reach(story);
          before = await story.word();
          now = await story.now();
        });

        it(`reads as ${reads}`, async () => {
          expect(await story.status()).to.equal(reads);
        });

        for (const form of FORMS) {
          if (GRANTABLE.has(state)) {
            it(`when granted (${form}), opens a new word and keeps the old one`, async () => {
              const isFirst = before.version === 0;
              expect(await story.apply(await story.grant(form))).to.deep.equal(OK);
              expect(await story.word()).to.deep.equal({
                state: ConsentState.Active,
                extent: 0,
                author: 0,
                dissent: false,
                preferences: 0b11,
                terms: 1,
                version: before.version + 1,
                ordinal: isFirst ? 0 : before.ordinal + 1,
                opened: now,
                ended: NOT_ENDED,
                signedAt: now,
                until: NO_EXPIRY,
                elements: 0b101n,
              });
              if (!isFirst) expect(await story.wordAt(before.ordinal)).to.deep.equal(before);
              expect(await story.status()).to.equal("Active");
              expect(await story.permittedAt(now)).to.deep.equal({ permitted: true, version: before.version + 1 });
            });
          } else {
            it(`when granted (${form}), refuses`, async () => {
              await story.expectRejected(await story.grant(form), "ConsentAlreadyGranted", []);
            });
          }

          if (state === "Suspended") {
            it(`when resumed (${form}), opens a new word under the same terms`, async () => {
              expect(await story.apply(await story.resume(form))).to.deep.equal(OK);
              expect(await story.word()).to.deep.equal({
                ...before,
                state: ConsentState.Active,
                version: before.version + 1,
                ordinal: before.ordinal + 1,
                opened: now,
                ended: NOT_ENDED,
                signedAt: now,
              });
              expect(await story.wordAt(before.ordinal)).to.deep.equal(before);
              expect(await story.status()).to.equal("Active");
            });
          } else {
            it(`when resumed (${form}), refuses`, async () => {
              // A resumption does not ask when the terms begin.
              const status = reads === "Scheduled" ? "Active" : reads;
              await story.expectRejected(await story.resume(form), "ConsentNotSuspended", [status]);
            });
          }

          it(`when suspended (${form}), raises the version and never weakens the word`, async () => {
            expect(await story.apply(await story.suspend(form))).to.deep.equal(OK);
            const isWithdrawn = before.state === ConsentState.Withdrawn;
            const isFirst = before.version === 0;
            expect(await story.word()).to.deep.equal({
              ...before,
              state: isWithdrawn ? ConsentState.Withdrawn : ConsentState.Suspended,
              version: before.version + 1,
              opened: isFirst ? now : before.opened,
              ended: isFirst || before.ended === NOT_ENDED ? now : before.ended,
              signedAt: now,
            });
            expect(await story.permittedAt(now)).to.deep.equal({ permitted: false, version: 0 });
            expect(await story.status()).to.equal(isWithdrawn || reads === "Expired" ? reads : "Suspended");
          });

          for (const extent of [NoFurtherContact, NoFurtherAccess, NoFurtherUse]) {
            it(`when withdrawn to extent ${extent} (${form}), ends it; the extent only rises`, async () => {
              expect(await story.apply(await story.withdraw(form, extent))).to.deep.equal(OK);
              const isFirst = before.version === 0;
              expect(await story.word()).to.deep.equal({
                ...before,
                state: ConsentState.Withdrawn,
                extent: Math.max(before.extent, extent),
                version: before.version + 1,
                opened: isFirst ? now : before.opened,
                ended: isFirst || before.ended === NOT_ENDED ? now : before.ended,
                signedAt: now,
              });
              expect(await story.status()).to.equal("Withdrawn");
              expect(await story.permittedAt(now)).to.deep.equal({ permitted: false, version: 0 });
            });
          }

          it(`when withdrawn to no extent (${form}), refuses`, async () => {
            await story.expectRejected(await story.withdraw(form, 0), "ConsentExtentInvalid", []);
          });
        }

        it("when closed twice in one second by own transactions, applies both", async () => {
          expect(await story.apply(await story.suspend("own"))).to.deep.equal(OK);
          expect(await story.apply(await story.withdraw("own", NoFurtherAccess))).to.deep.equal(OK);
          expect(await story.word()).to.include({ state: ConsentState.Withdrawn, version: before.version + 2 });
        });
      });
    }

    describe("a signature's times", () => {
      const CHANGES = ["grant", "resume", "suspend", "withdraw"] as const;
      const changeOf = async (verb: (typeof CHANGES)[number], signed: { signedAt: number; deadline: number }) => {
        switch (verb) {
          case "grant":
            return story.grant("signed", { signed });
          case "resume":
            return story.resume("signed", { signed });
          case "suspend":
            return story.suspend("signed", signed);
          case "withdraw":
            return story.withdraw("signed", NoFurtherUse, signed);
        }
      };

      for (const verb of CHANGES) {
        describe(verb, () => {
          let now: number;

          beforeEach(async () => {
            if (verb !== "grant") await story.given(story.grant("own"));
            if (verb === "resume") await story.given(story.suspend("own"));
            now = await story.now();
          });

          it("when signed in the future, refuses", async () => {
            const change = await changeOf(verb, { signedAt: now + 1, deadline: now + DAY });
            await story.expectRejected(change, "ConsentSignedInFuture", [now + 1, now]);
          });

          it("when its deadline has passed, refuses", async () => {
            const change = await changeOf(verb, { signedAt: now - 5, deadline: now - 1 });
            await story.expectRejected(change, "ConsentDeadlinePassed", [now - 1, now]);
          });

          it("when both, names the future first", async () => {
            const change = await changeOf(verb, { signedAt: now + 1, deadline: now - 1 });
            await story.expectRejected(change, "ConsentSignedInFuture", [now + 1, now]);
          });

          it("in its last second, is accepted, and stores when it was signed", async () => {
            expect(await story.apply(await changeOf(verb, { signedAt: now - 5, deadline: now }))).to.deep.equal(OK);
            expect(await story.word()).to.include({ signedAt: now - 5 });
          });
        });
      }
    });

    describe("an opening's version", () => {
      for (const form of FORMS) {
        it(`a first grant (${form}) must name version 1`, async () => {
          await story.expectRejected(await story.grant(form, { version: 0 }), "ConsentVersionMismatch", [1, 0]);
          await story.expectRejected(await story.grant(form, { version: 2 }), "ConsentVersionMismatch", [1, 2]);
        });

        it(`a re-grant (${form}) must name the exact next version`, async () => {
          await story.given(story.grant("own"));
          await story.given(story.withdraw("own"));
          await story.expectRejected(await story.grant(form, { version: 2 }), "ConsentVersionMismatch", [3, 2]);
          await story.expectRejected(await story.grant(form, { version: 4 }), "ConsentVersionMismatch", [3, 4]);
        });

        it(`a resumption (${form}) must name the exact next version`, async () => {
          await story.given(story.grant("own"));
          await story.given(story.suspend("own"));
          await story.expectRejected(await story.resume(form, { version: 2 }), "ConsentVersionMismatch", [3, 2]);
          await story.expectRejected(await story.resume(form, { version: 4 }), "ConsentVersionMismatch", [3, 4]);
        });
      }

      it("is looked at only after the state", async () => {
        await story.given(story.grant("own"));
        await story.expectRejected(await story.grant("own", { version: 9 }), "ConsentAlreadyGranted", []);
        await story.expectRejected(await story.resume("own", { version: 9 }), "ConsentNotSuspended", ["Active"]);
      });

      it("is looked at before the signing time", async () => {
        await story.given(story.grant("own"));
        await story.given(story.withdraw("own"));
        const { signedAt } = await story.word();
        const signed = { ...(await story.signing()), signedAt };
        await story.expectRejected(
          await story.grant("signed", { version: 9, signed }),
          "ConsentVersionMismatch",
          [3, 9],
        );
      });
    });

    describe("an opening's signing time", () => {
      it("given a withdrawn consent, a grant signed at the same second or before is refused, a second later is not", async () => {
        await story.given(story.grant("own"));
        await story.given(story.withdraw("own"));
        const { signedAt } = await story.word();
        const signed = await story.signing();
        for (const early of [signedAt - 1, signedAt]) {
          await story.expectRejected(
            await story.grant("signed", { signed: { ...signed, signedAt: early } }),
            "ConsentSignedTooEarly",
            [early, signedAt],
          );
        }
        const later = await story.grant("signed", { signed: { ...signed, signedAt: signedAt + 1 } });
        expect(await story.apply(later)).to.deep.equal(OK);
      });

      it("given a suspended consent, a resumption signed at the same second or before is refused, a second later is not", async () => {
        await story.given(story.grant("own"));
        await story.given(story.suspend("own"));
        const { signedAt } = await story.word();
        const signed = await story.signing();
        for (const early of [signedAt - 1, signedAt]) {
          await story.expectRejected(
            await story.resume("signed", { signed: { ...signed, signedAt: early } }),
            "ConsentSignedTooEarly",
            [early, signedAt],
          );
        }
        const later = await story.resume("signed", { signed: { ...signed, signedAt: signedAt + 1 } });
        expect(await story.apply(later)).to.deep.equal(OK);
      });

      it("given a closing in the same second, an own opening waits for the next", async () => {
        await story.given(story.grant("own"));
        const now = await story.now();
        expect(await story.apply(await story.suspend("own"))).to.deep.equal(OK);
        await story.expectRejected(await story.resume("own"), "ConsentSignedTooEarly", [now, now]);
        await story.advance(1);
        expect(await story.apply(await story.resume("own"))).to.deep.equal(OK);
      });

      it("given no consent, a first grant may have been signed at any time", async () => {
        const now = await story.now();
        const signed = { signedAt: 0, deadline: now };
        expect(await story.apply(await story.grant("signed", { signed }))).to.deep.equal(OK);
        expect(await story.word()).to.include({ signedAt: 0, opened: now });
      });
    });

    describe("a grant's terms and end", () => {
      it("given terms that the scope does not have, refuses", async () => {
        const change = await story.grant("own", { termsDigest: UNKNOWN_DIGEST });
        await story.expectRejected(change, "ConsentTermsUnknown", [SCOPE, UNKNOWN_DIGEST]);
      });

      it("given terms of another scope, refuses", async () => {
        const other = story.inScope("another study");
        await other.register({ reConsentBy: (await story.now()) + DAY });
        await other.register();
        const change = await story.grant("own", { termsDigest: other.digest });
        await story.expectRejected(change, "ConsentTermsUnknown", [SCOPE, other.digest]);
      });

      it("given two terms, stores the number of those agreed to", async () => {
        const first = story.digest;
        await story.register({ reConsentBy: (await story.now()) + DAY });
        await story.given(story.grant("own"));
        expect(await story.word()).to.include({ terms: 2 });
        await story.given(story.withdraw("own"));
        await story.given(story.grant("own", { termsDigest: first }));
        expect(await story.word()).to.include({ terms: 1 });
      });

      it("looks at the version and the signing time before the terms", async () => {
        const termsDigest = UNKNOWN_DIGEST;
        await story.expectRejected(
          await story.grant("own", { termsDigest, version: 9 }),
          "ConsentVersionMismatch",
          [1, 9],
        );
        await story.given(story.withdraw("own"));
        const { signedAt } = await story.word();
        const signed = { ...(await story.signing()), signedAt };
        const early = await story.grant("signed", { termsDigest, signed });
        await story.expectRejected(early, "ConsentSignedTooEarly", [signedAt, signedAt]);
      });

      it("stores the earlier of the given end and the terms' re-consent date", async () => {
        const now = await story.now();
        await story.register({ reConsentBy: now + DAY });
        expect(await story.apply(await story.grant("own", { until: now + DAY + 1 }))).to.deep.equal(OK);
        expect(await story.word()).to.include({ until: now + DAY });
        const other = story.withParticipant("another participant");
        expect(await other.apply(await other.grant("own", { until: now + DAY - 1 }))).to.deep.equal(OK);
        expect(await other.word()).to.include({ until: now + DAY - 1 });
      });

      it("given an end that has come, refuses", async () => {
        const now = await story.now();
        await story.expectRejected(await story.grant("own", { until: now }), "ConsentUntilPassed", [now, now]);
        await story.expectRejected(await story.grant("own", { until: 0 }), "ConsentUntilPassed", [0, now]);
        expect(await story.apply(await story.grant("own", { until: now + 1 }))).to.deep.equal(OK);
      });

      it("given terms whose re-consent date has come, refuses", async () => {
        const reConsentBy = (await story.now()) + 5;
        await story.register({ reConsentBy });
        await story.advance(5);
        await story.expectRejected(await story.grant("own"), "ConsentUntilPassed", [reConsentBy, reConsentBy]);
      });

      it("stores elements and preferences to their last bit", async () => {
        const elements = 2n ** 64n - 1n;
        expect(await story.apply(await story.grant("own", { elements, preferences: 0xff }))).to.deep.equal(OK);
        expect(await story.word()).to.include({ elements, preferences: 0xff });
        await story.advance(1);
        await story.given(story.suspend("own"));
        await story.given(story.resume("own"));
        expect(await story.word()).to.include({ elements, preferences: 0xff });
      });
    });

    describe("time alone", () => {
      it("expires an active consent at its end, to the second", async () => {
        const now = await story.now();
        await story.apply(await story.grant("own", { until: now + 10 }));
        await story.advance(9);
        expect(await story.status()).to.equal("Active");
        expect(await story.permittedAt(now + 9)).to.deep.equal({ permitted: true, version: 1 });
        await story.advance(1);
        expect(await story.status()).to.equal("Expired");
        expect(await story.permittedAt(now + 10)).to.deep.equal({ permitted: false, version: 0 });
      });

      it("expires a suspended consent too, which then is granted anew, not resumed", async () => {
        const now = await story.now();
        await story.apply(await story.grant("own", { until: now + 10 }));
        await story.advance(5);
        await story.apply(await story.suspend("own"));
        await story.advance(4);
        expect(await story.status()).to.equal("Suspended");
        await story.advance(1);
        expect(await story.status()).to.equal("Expired");
        await story.expectRejected(await story.resume("own"), "ConsentNotSuspended", ["Expired"]);
        expect(await story.apply(await story.grant("own"))).to.deep.equal(OK);
      });

      it("starts a consent when its terms begin, to the second", async () => {
        const now = await story.now();
        await story.register({ from: now + 10 });
        await story.apply(await story.grant("own"));
        await story.advance(9);
        expect(await story.status()).to.equal("Scheduled");
        expect(await story.permittedAt(now + 9)).to.deep.equal({ permitted: false, version: 0 });
        await story.advance(1);
        expect(await story.status()).to.equal("Active");
        expect(await story.permittedAt(now + 10)).to.deep.equal({ permitted: true, version: 1 });
        expect(await story.permittedAt(now + 9)).to.deep.equal({ permitted: false, version: 0 });
      });

      it("ends a consent before its terms begin", async () => {
        const now = await story.now();
        await story.register({ from: now + 20 });
        await story.apply(await story.grant("own", { until: now + 10 }));
        await story.advance(10);
        expect(await story.status()).to.equal("Expired");
        await story.advance(10);
        expect(await story.permittedAt(now + 20)).to.deep.equal({ permitted: false, version: 0 });
      });
    });

    describe("a signed closing", () => {
      it("given a version that does not stand yet, refuses until it does", async () => {
        await story.given(story.grant("own"));
        const closing = await story.withdraw("signed", NoFurtherUse, { minVersion: 2 });
        await story.expectRejected(closing, "ConsentVersionTooLow", [2, 1]);
        await story.given(story.suspend("own"));
        const later = await story.withdraw("signed", NoFurtherUse, { minVersion: 2 });
        expect(await story.apply(later)).to.deep.equal(OK);
      });

      it("looks at the version before the signing time", async () => {
        await story.given(story.grant("own"));
        const closing = await story.suspend("signed", { minVersion: 2, signedAt: 0 });
        await story.expectRejected(closing, "ConsentVersionTooLow", [2, 1]);
      });

      it("signed before the grant that stands, is refused: an old closing cannot end a re-grant", async () => {
        const old = await story.withdraw("signed");
        const { signedAt } = await story.signing();
        await story.advance(10);
        await story.given(story.grant("own"));
        const standing = (await story.word()).signedAt;
        await story.expectRejected(old, "ConsentClosingSuperseded", [signedAt, standing]);
        expect(await story.status()).to.equal("Active");
      });

      it("signed before the re-grant that stands, is refused, though not before the first grant", async () => {
        await story.given(story.grant("own"));
        const old = await story.suspend("signed");
        const { signedAt } = await story.signing();
        await story.advance(10);
        await story.given(story.withdraw("own"));
        await story.given(story.grant("own"));
        await story.expectRejected(old, "ConsentClosingSuperseded", [signedAt, (await story.word()).signedAt]);
      });

      it("signed in the second of the grant, closes it", async () => {
        for (const verb of ["suspend", "withdraw"] as const) {
          const other = story.withParticipant(verb);
          const closing = verb === "suspend" ? await other.suspend("signed") : await other.withdraw("signed");
          expect(await other.apply(await other.grant("own"))).to.deep.equal(OK);
          expect(await other.apply(closing)).to.deep.equal(OK);
          expect(await other.permittedAt(await other.now())).to.deep.equal({ permitted: false, version: 0 });
        }
      });

      it("signed in the second of a closing, applies only if it is the stronger", async () => {
        await story.given(story.grant("own"));
        const now = await story.now();
        const suspend = await story.suspend("signed");
        const contact = await story.withdraw("signed", NoFurtherContact);
        const access = await story.withdraw("signed", NoFurtherAccess);
        const use = await story.withdraw("signed", NoFurtherUse);
        expect(await story.apply(suspend)).to.deep.equal(OK);
        await story.expectRejected(suspend, "ConsentClosingSuperseded", [now, now]);
        expect(await story.apply(access)).to.deep.equal(OK);
        for (const weaker of [suspend, contact, access]) {
          await story.expectRejected(weaker, "ConsentClosingSuperseded", [now, now]);
        }
        expect(await story.apply(use)).to.deep.equal(OK);
        expect(await story.word()).to.include({ state: ConsentState.Withdrawn, extent: NoFurtherUse, version: 4 });
      });

      it("signed before an own closing, is superseded by it; signed later and weaker, raises the version alone", async () => {
        await story.given(story.grant("own"));
        const early = await story.withdraw("signed");
        const { signedAt } = await story.signing();
        await story.advance(5);
        await story.given(story.withdraw("own", NoFurtherContact));
        const before = await story.word();
        await story.expectRejected(early, "ConsentClosingSuperseded", [signedAt, before.signedAt]);
        expect(await story.apply(await story.suspend("signed"))).to.deep.equal(OK);
        const signed = await story.signing();
        expect(await story.word()).to.deep.equal({ ...before, version: before.version + 1, signedAt: signed.signedAt });
      });

      it("relayed late, ends the consent when it is included and keeps when it was signed", async () => {
        await story.given(story.grant("own"));
        const opened = (await story.word()).opened;
        const { signedAt } = await story.signing();
        const closing = await story.withdraw("signed");
        await story.advance(100);
        const now = await story.now();
        expect(await story.apply(closing)).to.deep.equal(OK);
        expect(await story.word()).to.include({ opened, signedAt, ended: now });
        expect(await story.permittedAt(now - 1)).to.deep.equal({ permitted: true, version: 1 });
        expect(await story.permittedAt(now)).to.deep.equal({ permitted: false, version: 0 });
      });
    });

    describe("races", () => {
      it("a pending grant dies by a withdrawal", async () => {
        await story.given(story.withdraw("own", NoFurtherContact));
        const pending = await story.grant("signed");
        await story.advance(5);
        await story.given(story.withdraw("own"));
        await story.expectRejected(pending, "ConsentVersionMismatch", [3, 2]);
      });

      it("a pending first grant dies by a withdrawal of nothing", async () => {
        const pending = await story.grant("signed");
        await story.advance(5);
        await story.given(story.withdraw("own"));
        await story.expectRejected(pending, "ConsentVersionMismatch", [2, 1]);
      });

      it("a pending resumption dies by a further suspension", async () => {
        await story.given(story.grant("own"));
        await story.given(story.suspend("own"));
        const pending = await story.resume("signed");
        await story.advance(5);
        await story.given(story.suspend("own"));
        await story.expectRejected(pending, "ConsentVersionMismatch", [4, 3]);
      });

      it("an opening signed for the version after a closing, but before it, is refused", async () => {
        await story.given(story.grant("own"));
        const ahead = await story.grant("signed", { version: 3 });
        const { signedAt } = await story.signing();
        await story.advance(5);
        await story.given(story.withdraw("own"));
        await story.expectRejected(ahead, "ConsentSignedTooEarly", [signedAt, (await story.word()).signedAt]);
      });

      it("of two pending grants only one takes effect", async () => {
        const one = await story.grant("signed", { elements: 1n });
        const two = await story.grant("signed", { elements: 2n });
        expect(await story.apply(one)).to.deep.equal(OK);
        await story.expectRejected(two, "ConsentAlreadyGranted", []);
        await story.advance(1);
        await story.given(story.withdraw("own"));
        await story.expectRejected(two, "ConsentVersionMismatch", [3, 1]);
      });

      it("grant, withdrawal and grant in one block: the last word decides, each version stands in history", async () => {
        const now = await story.now();
        const deadline = now + DAY;
        const first = await story.grant("signed", { signed: { signedAt: now - 3, deadline } });
        expect(await story.apply(first)).to.deep.equal(OK);
        const closing = await story.withdraw("signed", NoFurtherUse, { signedAt: now - 2 });
        expect(await story.apply(closing)).to.deep.equal(OK);
        const again = await story.grant("signed", { signed: { signedAt: now - 1, deadline } });
        expect(await story.apply(again)).to.deep.equal(OK);
        expect(await story.wordAt(0)).to.include({ version: 2, opened: now, ended: now });
        expect(await story.word()).to.include({ version: 3, ordinal: 1, opened: now });
        expect(await story.permittedAt(now)).to.deep.equal({ permitted: true, version: 3 });
        expect(await story.permittedAt(now - 1)).to.deep.equal({ permitted: false, version: 0 });
      });
    });

    describe("a replayed signature", () => {
      for (const verb of ["grant", "resume", "suspend", "withdraw"] as const) {
        it(`of a ${verb} never takes effect again, whatever followed`, async () => {
          if (verb !== "grant") await story.given(story.grant("own"));
          if (verb === "resume") await story.given(story.suspend("own"));
          const change = await {
            grant: () => story.grant("signed"),
            resume: () => story.resume("signed"),
            suspend: () => story.suspend("signed"),
            withdraw: () => story.withdraw("signed", NoFurtherContact),
          }[verb]();
          const expectDead = async (): Promise<void> => {
            const before = await story.packed();
            expect(await story.apply(change)).to.have.property("error");
            expect(await story.packed()).to.equal(before);
          };
          await story.given(Promise.resolve(change));
          await expectDead();
          await story.given(story.suspend("own"));
          await expectDead();
          await story.given(story.withdraw("own"));
          await expectDead();
          await story.given(story.grant("own"));
          await expectDead();
          await story.given(story.suspend("own"));
          await expectDead();
          await story.given(story.resume("own"));
          await expectDead();
        });
      }
    });

    describe("history", () => {
      it("keeps every word under its ordinal and answers for every past second", async () => {
        const start = await story.now();
        const expected: { from: number; permitted: boolean; version: number }[] = [];
        const note = async (permitted: boolean, version: number): Promise<void> => {
          expected.push({ from: await story.now(), permitted, version });
        };
        await story.advance(5);
        await note(true, 1);
        await story.given(story.grant("own"));
        await note(false, 0);
        await story.given(story.suspend("own"));
        await note(true, 3);
        await story.given(story.resume("own"));
        await note(false, 0);
        await story.given(story.withdraw("own", NoFurtherContact));
        await story.given(story.withdraw("own", NoFurtherUse));
        const until = (await story.now()) + 7;
        await note(true, 6);
        await story.given(story.grant("signed", { until }));
        expected.push({ from: until, permitted: false, version: 0 });
        await note(true, 7);
        await story.given(story.grant("own"));
        const end = await story.now();

        expect((await story.word()).ordinal).to.equal(3);
        for (const [ordinal, version] of [2, 5, 6, 7].entries()) {
          expect(await story.wordAt(ordinal)).to.include({ ordinal, version });
        }
        expect(await story.packedAt(4)).to.equal(0n);
        for (let time = start; time < end; time++) {
          const { permitted, version } = expected.findLast(({ from }) => from <= time) ?? {
            permitted: false,
            version: 0,
          };
          expect(await story.permittedAt(time), `at ${time - start} s`).to.deep.equal({ permitted, version });
        }
      });

      it("is the same before and after later changes", async () => {
        await story.given(story.grant("own"));
        const past = (await story.now()) - 1;
        const before = await story.permittedAt(past);
        await story.given(story.withdraw("own"));
        await story.given(story.grant("own"));
        await story.given(story.suspend("own"));
        expect(before).to.deep.equal({ permitted: true, version: 1 });
        expect(await story.permittedAt(past)).to.deep.equal(before);
      });
    });

    describe("other participants and scopes", () => {
      it("are not touched by a change", async () => {
        const other = story.withParticipant("another participant");
        const elsewhere = story.inScope("another study");
        await elsewhere.register();
        await story.given(story.grant("own"));
        await other.given(other.grant("signed"));
        await elsewhere.given(elsewhere.grant("own"));
        const [otherWord, elsewhereWord] = [await other.packed(), await elsewhere.packed()];
        await story.given(story.withdraw("own"));
        expect(await story.status()).to.equal("Withdrawn");
        expect(await other.packed()).to.equal(otherWord);
        expect(await elsewhere.packed()).to.equal(elsewhereWord);
      });
    });
  });
}
