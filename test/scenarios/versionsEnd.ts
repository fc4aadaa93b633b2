import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import { ConsentState, LAST_VERSION, type Verb, WithdrawalExtent } from "../../src/model/index.ts";
import { DAY, FORMS, type Story } from "./story.ts";

/** The last version, at which only closings work. */
export function shouldBehaveLikeVersionsEnd(begin: () => Promise<Story>): void {
  let story: Story;

  beforeEach(async () => {
    story = await begin();
  });

  /** Brings the consent where an opening is allowed, at a version. */
  const makeWayFor = async (verb: Verb, version: number): Promise<void> => {
    await story.given(story.grant({ until: story.now + DAY }));
    if (verb === "grant") await story.given(story.decline());
    if (verb === "resume") await story.given(story.suspend());
    await story.engine.setWord(story.scopeId, story.id, { ...(await story.word()), version });
  };

  for (const verb of ["grant", "update", "extend", "resume"] as const) {
    it(`${verb} reaches the last version, and then refuses whatever it names`, async () => {
      await makeWayFor(verb, LAST_VERSION - 1);
      await story.given(story.change(verb));
      expect(await story.word()).to.include({ version: LAST_VERSION });
      const other = await story.withParticipant("another participant");
      story = other;
      await makeWayFor(verb, LAST_VERSION);
      for (const version of [0, 1, LAST_VERSION]) {
        for (const by of [{}, story.signed()]) {
          await story.reject(story.change(verb, by, { version }), "ConsentVersionsExhausted");
        }
      }
    });
  }

  for (const verb of ["suspend", "decline", "withdraw", "annul"] as const) {
    it(`${verb} closes at the last version in every form, and keeps it`, async () => {
      for (const form of FORMS) {
        story = await story.withParticipant(form);
        await makeWayFor("update", LAST_VERSION);
        const { now } = story;
        await story.applyAs(form, (by) => story.change(verb, by));
        expect(await story.word(), form).to.include({ version: LAST_VERSION, ended: now, signedAt: now });
        expect(await story.status(), form).not.to.equal("Active");
      }
    });
  }

  it("a signed closing works once there too", async () => {
    await makeWayFor("update", LAST_VERSION);
    const { now } = story;
    const closing = story.withdraw(WithdrawalExtent.NoFurtherUse, story.signed({ minVersion: LAST_VERSION }));
    await story.accept(closing);
    await story.reject(closing, "ConsentClosingSuperseded", now, now);
  });

  describe("a move", () => {
    it("to a new key is proposed and given up there, and keeps the version", async () => {
      const { id } = await story.engine.actor("account", "a new key");
      await makeWayFor("update", LAST_VERSION);
      await story.given(story.propose(id));
      expect(await story.word()).to.include({ version: LAST_VERSION, locked: true });
      await story.given(story.cancel());
      expect(await story.word()).to.include({ version: LAST_VERSION, locked: false, state: ConsentState.Active });
    });

    it("to a new key begins at version 1", async () => {
      const target = await story.engine.actor("account", "a new key");
      await makeWayFor("update", LAST_VERSION);
      await story.given(
        () => story.propose(target.id),
        () => story.confirm(target.id),
      );
      await story.advance(14 * DAY);
      await story.given(story.complete());
      expect(await story.lastWord()).to.include({ version: LAST_VERSION, forwarded: true });
      expect(await story.as(target).lastWord()).to.include({ version: 1, ordinal: 0 });
    });
  });
}
