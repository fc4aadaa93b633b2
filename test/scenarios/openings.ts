import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import { ConsentState, MAX_PREFERENCES, NO_EXPIRY, type Verb } from "../../src/model/index.ts";
import { type By, DAY, OWN, type Story, UNKNOWN_DIGEST } from "./story.ts";

const OPENINGS = ["grant", "update", "extend", "resume"] as const satisfies readonly Verb[];

/** How an opening comes. */
const FORMS: Readonly<Record<string, (story: Story) => By>> = {
  own: () => OWN,
  signed: (story) => story.signed(),
};

/** Versions, signing times, terms and ends of what opens. */
export function shouldBehaveLikeOpenings(begin: () => Promise<Story>): void {
  let story: Story;

  beforeEach(async () => {
    story = await begin();
  });

  /** Brings the consent where each opening is allowed. */
  const makeWayFor = async (verb: (typeof OPENINGS)[number], until?: number): Promise<void> => {
    if (verb === "grant") return story.given(story.withdraw());
    await story.given(story.grant({ until: until ?? story.now + DAY }));
    if (verb === "resume") await story.given(story.suspend());
  };

  describe("the version", () => {
    for (const [form, by] of Object.entries(FORMS)) {
      it(`a first grant (${form}) must name version 1`, async () => {
        for (const version of [0, 2]) {
          await story.reject(story.grant({ version }, by(story)), "ConsentVersionMismatch", 1, version);
        }
      });

      for (const verb of OPENINGS) {
        it(`${verb} (${form}) must name the exact next one`, async () => {
          await makeWayFor(verb);
          const next = await story.nextVersion();
          for (const version of [0, next - 1, next + 1]) {
            await story.reject(story.change(verb, by(story), { version }), "ConsentVersionMismatch", next, version);
          }
          await story.accept(story.change(verb, by(story)));
        });
      }
    }

    it("is looked at only after the state", async () => {
      await story.given(story.grant());
      await story.reject(story.grant({ version: 9 }), "ConsentAlreadyGranted");
      await story.reject(story.resume({ version: 9 }), "ConsentNotSuspended", "Active");
      await story.given(story.withdraw());
      await story.reject(story.update({ version: 9 }), "ConsentNotStanding", "Withdrawn");
      await story.reject(story.extend({ version: 9 }), "ConsentNotStanding", "Withdrawn");
    });
  });

  describe("the signing time", () => {
    for (const verb of OPENINGS) {
      it(`of ${verb} at the standing word's second or before is refused, a second later is not`, async () => {
        await makeWayFor(verb);
        const { signedAt } = await story.word();
        for (const early of [signedAt - 1, signedAt]) {
          const by = story.signed({ signedAt: early });
          await story.reject(story.change(verb, by), "ConsentSignedTooEarly", early, signedAt);
        }
        await story.accept(story.change(verb, story.signed({ signedAt: signedAt + 1 })));
      });

      it(`of ${verb} is looked at after the version`, async () => {
        await makeWayFor(verb);
        const [next, { signedAt }] = [await story.nextVersion(), await story.word()];
        const early = story.change(verb, story.signed({ signedAt }), { version: 9 });
        await story.reject(early, "ConsentVersionMismatch", next, 9);
      });
    }

    it("given a closing in the same second, an own opening waits for the next", async () => {
      await story.given(story.grant());
      const { now } = story;
      await story.accept(story.suspend());
      await story.reject(story.resume(), "ConsentSignedTooEarly", now, now);
      await story.advance(1);
      await story.accept(story.resume());
    });

    it("given no consent, a first grant may have been signed at any time", async () => {
      const { now } = story;
      await story.accept(story.grant({}, story.signed({ signedAt: 0, deadline: now })));
      expect(await story.word()).to.include({ signedAt: 0, opened: now });
    });
  });

  describe("the terms", () => {
    for (const verb of ["grant", "update", "extend"] as const) {
      it(`of ${verb} must be the scope's`, async () => {
        const elsewhere = await story.inScope("another study").register({ reConsentBy: story.now + DAY });
        await makeWayFor(verb);
        for (const termsDigest of [UNKNOWN_DIGEST, elsewhere.digest]) {
          await story.reject(
            story.change(verb, OWN, { termsDigest }),
            "ConsentTermsUnknown",
            story.scopeId,
            termsDigest,
          );
        }
      });

      it(`of ${verb} are looked at after version and signing time`, async () => {
        await makeWayFor(verb);
        const termsDigest = UNKNOWN_DIGEST;
        const [next, { signedAt }] = [await story.nextVersion(), await story.word()];
        await story.reject(story.change(verb, OWN, { termsDigest, version: 9 }), "ConsentVersionMismatch", next, 9);
        const early = story.change(verb, story.signed({ signedAt }), { termsDigest });
        await story.reject(early, "ConsentSignedTooEarly", signedAt, signedAt);
      });
    }

    it("of a grant and an update are stored by their number", async () => {
      const second = await story.register({ reConsentBy: story.now + DAY });
      await story.given(second.grant());
      expect(await story.word()).to.include({ terms: 2 });
      await story.given(story.update());
      expect(await story.word()).to.include({ terms: 1 });
      await story.given(
        () => story.withdraw(),
        () => story.grant(),
      );
      expect(await story.word()).to.include({ terms: 1 });
    });

    it("of an extension must be those that stand", async () => {
      const second = await story.register();
      await story.given(story.grant({ until: story.now + DAY }));
      await story.reject(second.extend(), "ConsentTermsNotStanding", second.digest, 1);
    });

    it("of an extension are looked at before its end", async () => {
      const second = await story.register();
      await story.given(story.grant({ until: story.now + DAY }));
      await story.reject(second.extend({ until: 0 }), "ConsentTermsNotStanding", second.digest, 1);
    });
  });

  describe("the end", () => {
    for (const verb of ["grant", "update"] as const) {
      it(`of ${verb} is the earlier of the given one and the terms' re-consent date`, async () => {
        const reConsentBy = story.now + DAY;
        const ending = await story.register({ reConsentBy });
        for (const [until, stored] of [
          [reConsentBy + 1, reConsentBy],
          [reConsentBy - 1, reConsentBy - 1],
        ] as const) {
          const other = await ending.withParticipant(`${until}`);
          if (verb === "update") {
            await other.accept(other.grant());
            await other.advance(1);
          }
          await other.accept(other.change(verb, OWN, { until }));
          expect(await other.word()).to.include({ until: stored });
        }
      });

      it(`of ${verb} must be yet to come`, async () => {
        if (verb === "update") await story.given(story.grant());
        const { now } = story;
        for (const until of [0, now]) {
          await story.reject(story.change(verb, OWN, { until }), "ConsentUntilPassed", until, now);
        }
        await story.accept(story.change(verb, OWN, { until: now + 1 }));
      });

      it(`of ${verb}, given terms whose re-consent date has come, refuses`, async () => {
        if (verb === "update") await story.given(story.grant());
        const ending = await story.register({ reConsentBy: story.now + 5 });
        await story.advance(5);
        await story.reject(ending.change(verb), "ConsentUntilPassed", story.now, story.now);
      });
    }

    it("of an update may be earlier than before", async () => {
      await story.given(story.grant());
      const until = story.now + 5;
      await story.accept(story.update({ until }));
      expect(await story.word()).to.include({ until });
    });

    it("of an extension must be later than before, to the second", async () => {
      const until = story.now + DAY;
      await story.given(story.grant({ until }));
      for (const given of [0, until - 1, until]) {
        await story.reject(story.extend({ until: given }), "ConsentUntilNotLater", given, until);
      }
      await story.given(story.extend({ until: until + 1 }));
      expect(await story.word()).to.include({ until: until + 1 });
      await story.given(story.extend());
      expect(await story.word()).to.include({ until: NO_EXPIRY });
      await story.reject(story.extend(), "ConsentUntilNotLater", NO_EXPIRY, NO_EXPIRY);
    });

    it("of an extension is cut to the terms' re-consent date", async () => {
      const [until, reConsentBy] = [story.now + DAY, story.now + 2 * DAY];
      const ending = await story.register({ reConsentBy });
      await ending.given(
        () => ending.grant({ until }),
        () => ending.extend(),
      );
      expect(await story.word()).to.include({ until: reConsentBy });
      await ending.reject(ending.extend(), "ConsentUntilNotLater", reConsentBy, reConsentBy);
    });
  });

  describe("preferences and elements", () => {
    for (const verb of ["grant", "update"] as const) {
      it(`of ${verb} are stored to their last bit`, async () => {
        const elements = 2n ** 64n - 1n;
        if (verb === "update") await story.given(story.grant());
        await story.given(story.change(verb, OWN, { elements, preferences: MAX_PREFERENCES }));
        expect(await story.word()).to.include({ elements, preferences: MAX_PREFERENCES });
        await story.given(
          () => story.suspend(),
          () => story.resume(),
        );
        expect(await story.word()).to.include({ elements, preferences: MAX_PREFERENCES });
      });

      it(`of ${verb} that mean nothing are refused, before the terms are looked at`, async () => {
        if (verb === "update") await story.given(story.grant());
        for (const preferences of [0x30, 0x40, 0x80, 0xff]) {
          const change = story.change(verb, OWN, { preferences, termsDigest: UNKNOWN_DIGEST });
          await story.reject(change, "ConsentPreferencesInvalid", preferences);
        }
      });
    }
  });

  describe("a suspended consent", () => {
    it("stays suspended when it is updated and extended, and goes on under the new terms when it is resumed", async () => {
      const second = await story.register();
      await story.given(
        () => story.grant({ until: story.now + DAY }),
        () => story.suspend(),
      );
      const until = story.now + 2 * DAY;
      await story.given(second.update({ until, elements: 0b1n }));
      expect(await story.status()).to.equal("Suspended");
      await story.given(second.extend());
      expect(await story.word()).to.include({
        state: ConsentState.Suspended,
        terms: 2,
        until: NO_EXPIRY,
        elements: 0b1n,
      });
      expect((await story.permittedAt(story.now - 1)).permitted).to.equal(false);
      await story.given(story.resume());
      expect(await story.word()).to.include({ state: ConsentState.Active, terms: 2, version: 5, ordinal: 3 });
      for (const ordinal of [0, 1, 2])
        expect(await story.wordAt(ordinal)).to.include({ ordinal, version: ordinal + 2 });
    });
  });
}
