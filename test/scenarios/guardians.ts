import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import { ConsentAuthor, ConsentState, halfYearFrom, NO_EXPIRY } from "../../src/model/index.ts";
import type { Actor } from "./engine.ts";
import { DAY, type Story } from "./story.ts";

const OPENINGS = ["grant", "update", "extend", "resume"] as const;
const CLOSINGS = ["suspend", "decline", "withdraw", "annul"] as const;

/** Guardians act for a minor, to the half-year and after it; a minor's no is final for them. */
export function shouldBehaveLikeGuardians(begin: () => Promise<Story>): void {
  let story: Story;
  let guardian: Actor;
  let majority: number;

  beforeEach(async () => {
    story = await begin();
    guardian = await story.engine.actor("account", "a guardian");
    majority = halfYearFrom(story.now + 365 * DAY);
    await story.given(story.addGuardian(guardian, majority));
  });

  const byGuardian = (given = {}) => story.signedBy(guardian, given);

  /** Brings the consent, by the guardian, where an opening is allowed. */
  const makeWayFor = async (verb: (typeof OPENINGS)[number]): Promise<void> => {
    if (verb === "grant") return story.given(story.withdraw(1, byGuardian()));
    await story.given(story.grant({ until: story.now + DAY }, byGuardian()));
    if (verb === "resume") await story.given(story.suspend(byGuardian()));
  };

  describe("until the half-year", () => {
    it("opens and closes by every verb, and is named", async () => {
      await story.given(story.grant({ until: story.now + DAY }, byGuardian()));
      expect(await story.word()).to.include({ author: ConsentAuthor.Guardian, version: 1 });
      for (const verb of ["extend", "update", "suspend", "resume", "decline", "grant", "annul", "withdraw"] as const) {
        const [event] = await story.accept(story.change(verb, byGuardian()));
        expect(event).to.deep.equal({
          event: "ConsentActedFor",
          args: { scopeId: story.scopeId, participantId: story.id, delegateId: guardian.id },
        });
        expect(await story.word(), verb).to.include({ author: ConsentAuthor.Guardian, dissent: false });
        await story.advance(1);
      }
    });

    it("opens nothing that ends after the guardianship", async () => {
      await story.given(story.grant({}, byGuardian()));
      expect(await story.word()).to.include({ until: majority });
      await story.given(story.update({ until: majority + DAY }, byGuardian()));
      expect(await story.word()).to.include({ until: majority });
      await story.reject(story.extend({}, byGuardian()), "ConsentUntilNotLater", majority, majority);
      await story.given(story.update({ until: majority - DAY }, byGuardian()), () => story.extend({}, byGuardian()));
      expect(await story.word()).to.include({ until: majority });
    });

    it("resumes what a custodian has imported to the guardianship's end", async () => {
      await story.given(story.import({ until: NO_EXPIRY }), story.suspend(byGuardian()), () =>
        story.resume({}, byGuardian()),
      );
      expect(await story.word()).to.include({ until: majority, author: ConsentAuthor.Guardian });
    });

    it("acts in the last second", async () => {
      await story.advance(majority - 1 - story.now);
      await story.accept(story.grant({}, byGuardian()));
      expect(await story.status()).to.equal("Active");
      await story.advance(1);
      expect(await story.status()).to.equal("Expired");
    });

    for (const verb of OPENINGS) {
      it(`${verb}s nothing that the participant has made their own`, async () => {
        if (verb === "grant") await story.given(story.withdraw(1));
        else await story.given(story.grant({ until: story.now + DAY }));
        if (verb === "resume") await story.given(story.suspend());
        await story.reject(story.change(verb, byGuardian()), "ConsentParticipantActed", story.id);
      });

      it(`${verb}s nothing after the minor's dissent`, async () => {
        await makeWayFor(verb);
        await story.given(story.suspend());
        expect(await story.word()).to.include({ author: ConsentAuthor.Guardian, dissent: true });
        await story.advance(1);
        const change = story.change(verb, byGuardian());
        await story.reject(change, "ConsentDissented", story.id);
      });
    }

    for (const verb of CLOSINGS) {
      it(`may ${verb} what the participant has granted, who stays its author`, async () => {
        await story.given(story.grant(), story.change(verb, byGuardian()));
        expect(await story.word()).to.include({ author: ConsentAuthor.Participant, dissent: false, version: 2 });
        expect(await story.status()).not.to.equal("Active");
      });
    }
  });

  describe("after the half-year", () => {
    for (const verb of OPENINGS) {
      it(`may not ${verb}`, async () => {
        await makeWayFor(verb);
        await story.advance(majority - story.now);
        await story.reject(story.change(verb, byGuardian()), "ConsentDelegateUnauthorised", story.id, guardian.id);
      });
    }

    for (const verb of CLOSINGS) {
      it(`may still ${verb}`, async () => {
        await story.given(story.grant());
        await story.advance(majority + DAY - story.now);
        await story.accept(story.change(verb, byGuardian()));
        expect(await story.status()).not.to.equal("Active");
      });

      it(`may not ${verb} once removed`, async () => {
        await story.given(story.grant(), story.removeGuardian(guardian));
        await story.reject(story.change(verb, byGuardian()), "ConsentDelegateUnauthorised", story.id, guardian.id);
      });
    }

    it("the participant grants anew with no transaction in between", async () => {
      await story.given(story.grant({}, byGuardian()));
      await story.advance(majority - story.now);
      await story.accept(story.grant());
      expect(await story.word()).to.include({ author: ConsentAuthor.Participant, until: NO_EXPIRY, dissent: false });
    });
  });

  describe("a minor's dissent", () => {
    for (const verb of CLOSINGS) {
      for (const form of ["own", "signed"] as const) {
        it(`by ${verb} (${form}) closes at once, and only the participant opens again`, async () => {
          await story.given(story.grant({}, byGuardian()));
          await story.given(story.change(verb, form === "own" ? {} : story.signed()));
          expect(await story.word()).to.include({ dissent: true, author: ConsentAuthor.Guardian });
          expect((await story.permittedAt(story.now)).permitted).to.equal(false);
          const opening = verb === "suspend" ? "resume" : "grant";
          await story.reject(story.change(opening, byGuardian()), "ConsentDissented", story.id);
          await story.given(story.change(opening));
          expect(await story.word()).to.include({ dissent: false, author: ConsentAuthor.Participant });
          await story.given(story.change(verb, byGuardian()));
          await story.reject(story.change(opening, byGuardian()), "ConsentParticipantActed", story.id);
        });
      }
    }

    it("is attested by the custodian, from whoever's word", async () => {
      await story.given(story.grant({}, byGuardian()));
      await story.given(story.attest(ConsentState.Suspended, { dissent: true }));
      expect(await story.word()).to.include({ dissent: true, author: ConsentAuthor.Guardian });
      await story.reject(story.resume({}, byGuardian()), "ConsentDissented", story.id);
    });

    it("is none when the guardian or a proxy closes", async () => {
      const proxy = await story.engine.actor("account", "a proxy");
      await story.given(story.appoint(proxy, 0x3f), story.grant({}, byGuardian()));
      for (const delegate of [guardian, proxy]) {
        await story.given(story.suspend(story.signedBy(delegate)));
        expect(await story.word()).to.include({ dissent: false, author: ConsentAuthor.Guardian });
        await story.given(story.resume({}, byGuardian()));
      }
    });

    it("is opened again by the participant's proxy", async () => {
      const proxy = await story.engine.actor("account", "a proxy");
      await story.given(story.appoint(proxy, 0x3f), story.grant({}, byGuardian()), story.suspend());
      await story.given(story.resume({}, story.signedBy(proxy)));
      expect(await story.word()).to.include({ dissent: false, author: ConsentAuthor.Proxy });
      await story.given(story.suspend(story.signedBy(proxy)));
      await story.reject(story.resume({}, byGuardian()), "ConsentParticipantActed", story.id);
    });
  });

  it("signs for one scope and one participant, under their own name", async () => {
    const other = await story.withParticipant("another participant");
    const by = other.signedBy(guardian);
    await other.reject(other.suspend(by), "ConsentDelegateUnauthorised", other.id, guardian.id);
    const elsewhere = await story.inScope("another study").register();
    await elsewhere.reject(elsewhere.suspend(by), "ConsentDelegateUnauthorised", story.id, guardian.id);
    await story.reject(
      story.suspend(story.signedBy(guardian, { signatories: [other.id] })),
      "ConsentSignatureInvalid",
      story.id,
    );
    await story.reject(
      story.suspend(story.signed({ signatories: [guardian.id] })),
      "ConsentSignatureInvalid",
      story.id,
    );
  });
}
