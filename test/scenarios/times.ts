import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import type { Verb } from "../../src/model/index.ts";
import { DAY, type Story } from "./story.ts";

const VERBS = ["grant", "update", "extend", "resume", "suspend", "decline", "withdraw", "annul"] as const;

const NOT_PERMITTED = { permitted: false, version: 0 } as const;

/** Signatures' times, and what time alone does, to the second. */
export function shouldBehaveLikeTime(begin: () => Promise<Story>): void {
  let story: Story;

  beforeEach(async () => {
    story = await begin();
  });

  describe("a signature's times", () => {
    /** Brings the consent where each verb is allowed. */
    const makeWayFor = async (verb: Verb): Promise<void> => {
      if (verb !== "grant") await story.given(story.grant({ until: story.now + DAY }));
      if (verb === "resume") await story.given(story.suspend());
    };

    for (const verb of VERBS) {
      describe(verb, () => {
        let now: number;

        beforeEach(async () => {
          await makeWayFor(verb);
          ({ now } = story);
        });

        it("when signed in the future, refuses", async () => {
          const by = story.signed({ signedAt: now + 1, deadline: now + DAY });
          await story.reject(story.change(verb, by), "ConsentSignedInFuture", now + 1, now);
        });

        it("when its deadline has passed, refuses", async () => {
          const by = story.signed({ signedAt: now - 5, deadline: now - 1 });
          await story.reject(story.change(verb, by), "ConsentDeadlinePassed", now - 1, now);
        });

        it("when both, names the future first", async () => {
          const by = story.signed({ signedAt: now + 1, deadline: now - 1 });
          await story.reject(story.change(verb, by), "ConsentSignedInFuture", now + 1, now);
        });

        it("in its last second, is accepted, and stores when it was signed", async () => {
          await story.accept(story.change(verb, story.signed({ signedAt: now - 5, deadline: now })));
          expect(await story.word()).to.include({ signedAt: now - 5 });
        });
      });
    }
  });

  describe("time alone", () => {
    it("expires an active consent at its end", async () => {
      const { now } = story;
      await story.accept(story.grant({ until: now + 10 }));
      await story.advance(9);
      expect(await story.status()).to.equal("Active");
      expect(await story.permittedAt(now + 9)).to.deep.equal({ permitted: true, version: 1 });
      await story.advance(1);
      expect(await story.status()).to.equal("Expired");
      expect(await story.permittedAt(now + 10)).to.deep.equal(NOT_PERMITTED);
    });

    it("expires a suspended consent too, which then is granted anew and not resumed, updated or extended", async () => {
      const { now } = story;
      await story.accept(story.grant({ until: now + 10 }));
      await story.advance(5);
      await story.accept(story.suspend());
      await story.advance(4);
      expect(await story.status()).to.equal("Suspended");
      await story.advance(1);
      expect(await story.status()).to.equal("Expired");
      await story.reject(story.resume(), "ConsentNotSuspended", "Expired");
      await story.reject(story.update(), "ConsentNotStanding", "Expired");
      await story.reject(story.extend(), "ConsentNotStanding", "Expired");
      await story.accept(story.grant());
    });

    for (const verb of ["update", "extend"] as const) {
      it(`lets ${verb} work to the last second before the end, and not in the end's`, async () => {
        const until = story.now + 10;
        await story.accept(story.grant({ until }));
        const other = await story.withParticipant("another participant");
        await other.accept(other.grant({ until }));
        await story.advance(9);
        await story.accept(story.change(verb));
        await story.advance(1);
        expect(await story.permittedAt(until)).to.deep.equal({ permitted: true, version: 2 });
        await other.reject(other.change(verb), "ConsentNotStanding", "Expired");
        await other.accept(other.grant());
      });
    }

    it("refuses a grant to the last second before the end", async () => {
      await story.accept(story.grant({ until: story.now + 10 }));
      await story.advance(9);
      await story.reject(story.grant(), "ConsentAlreadyGranted");
      await story.advance(1);
      await story.accept(story.grant());
    });

    it("starts a consent when its terms begin", async () => {
      const { now } = story;
      const later = await story.register({ from: now + 10 });
      await story.accept(later.grant());
      await story.advance(9);
      expect(await story.status()).to.equal("Scheduled");
      expect(await story.permittedAt(now + 9)).to.deep.equal(NOT_PERMITTED);
      await story.advance(1);
      expect(await story.status()).to.equal("Active");
      expect(await story.permittedAt(now + 10)).to.deep.equal({ permitted: true, version: 1 });
      expect(await story.permittedAt(now + 9)).to.deep.equal(NOT_PERMITTED);
    });

    it("ends a consent before its terms begin", async () => {
      const { now } = story;
      const later = await story.register({ from: now + 20 });
      await story.accept(later.grant({ until: now + 10 }));
      await story.advance(10);
      expect(await story.status()).to.equal("Expired");
      await story.advance(10);
      expect(await story.permittedAt(now + 20)).to.deep.equal(NOT_PERMITTED);
    });

    it("schedules anew what is updated to terms that begin later", async () => {
      const { now } = story;
      const later = await story.register({ from: now + 40 });
      await story.given(
        () => story.grant(),
        () => later.update(),
      );
      expect(await story.status()).to.equal("Scheduled");
      await story.advance(20);
      expect(await story.status()).to.equal("Active");
      expect(await story.permittedAt(now + 9)).to.deep.equal({ permitted: true, version: 1 });
      expect(await story.permittedAt(now + 39)).to.deep.equal(NOT_PERMITTED);
      expect(await story.permittedAt(now + 40)).to.deep.equal({ permitted: true, version: 2 });
    });
  });
}
