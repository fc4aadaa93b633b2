import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import { type ChangeOperation, ConsentState, WithdrawalExtent } from "../../src/model/index.ts";
import { type By, type Story } from "./story.ts";

const { NoFurtherContact, NoFurtherAccess, NoFurtherUse } = WithdrawalExtent;

/** From the weakest to the strongest; an annulment is stronger than a decline and weaker than any withdrawal. */
const CLOSINGS: readonly (readonly [name: string, say: (story: Story, by: By) => ChangeOperation])[] = [
  ["suspend", (story, by) => story.suspend(by)],
  ["decline", (story, by) => story.decline(by)],
  ["annul", (story, by) => story.annul(by)],
  ["withdraw from contact", (story, by) => story.withdraw(NoFurtherContact, by)],
  ["withdraw from access", (story, by) => story.withdraw(NoFurtherAccess, by)],
  ["withdraw from use", (story, by) => story.withdraw(NoFurtherUse, by)],
];

/** What a signed closing applies to. */
export function shouldBehaveLikeClosings(begin: () => Promise<Story>): void {
  let story: Story;

  beforeEach(async () => {
    story = await begin();
  });

  for (const [name, say] of CLOSINGS) {
    describe(name, () => {
      it("given a version that does not stand yet, refuses until it does", async () => {
        await story.given(story.grant());
        await story.reject(say(story, story.signed({ minVersion: 2 })), "ConsentVersionTooLow", 2, 1);
        await story.given(story.suspend());
        await story.accept(say(story, story.signed({ minVersion: 2 })));
      });

      it("given no consent, refuses any version but 0", async () => {
        await story.reject(say(story, story.signed({ minVersion: 1 })), "ConsentVersionTooLow", 1, 0);
        await story.accept(say(story, story.signed({ minVersion: 0 })));
      });

      it("looks at the version before the signing time, and at that before an extent that is none", async () => {
        await story.given(story.grant());
        const { signedAt } = await story.word();
        await story.reject(say(story, story.signed({ minVersion: 2, signedAt: 0 })), "ConsentVersionTooLow", 2, 1);
        await story.reject(story.withdraw(0, story.signed({ signedAt: 0 })), "ConsentClosingSuperseded", 0, signedAt);
        await story.reject(story.withdraw(0, story.signed()), "ConsentExtentInvalid");
      });

      it("signed before the grant that stands, is refused: an old closing cannot end a re-grant", async () => {
        const { now } = story;
        const old = say(story, story.signed());
        await story.advance(10);
        await story.given(story.grant());
        await story.reject(old, "ConsentClosingSuperseded", now, (await story.word()).signedAt);
        expect(await story.status()).to.equal("Active");
      });

      it("signed before the re-grant that stands, is refused, though not before the first grant", async () => {
        await story.given(story.grant());
        const { now } = story;
        const old = say(story, story.signed());
        await story.advance(10);
        await story.given(
          () => story.withdraw(),
          () => story.grant(),
        );
        await story.reject(old, "ConsentClosingSuperseded", now, (await story.word()).signedAt);
      });

      it("signed in the second of the grant, closes it", async () => {
        const closing = say(story, story.signed());
        await story.accept(story.grant());
        await story.accept(closing);
        expect(await story.permittedAt(story.now)).to.deep.equal({ permitted: false, version: 0 });
      });

      it("relayed late, ends the consent when it is included and keeps when it was signed", async () => {
        await story.given(story.grant());
        const [{ opened }, signedAt] = [await story.word(), story.now];
        const closing = say(story, story.signed());
        await story.advance(100);
        const { now } = story;
        await story.accept(closing);
        expect(await story.word()).to.include({ opened, signedAt, ended: now });
        expect(await story.permittedAt(now - 1)).to.deep.equal({ permitted: true, version: 1 });
        expect(await story.permittedAt(now)).to.deep.equal({ permitted: false, version: 0 });
      });

      it("signed before an own closing, is superseded by it", async () => {
        await story.given(story.grant());
        const { now } = story;
        const early = say(story, story.signed());
        await story.advance(5);
        await story.given(story.suspend());
        await story.reject(early, "ConsentClosingSuperseded", now, (await story.word()).signedAt);
      });
    });
  }

  it("signed in the second of another closing, applies only if it is the stronger", async () => {
    for (const [standing, [first, closeFirst]] of CLOSINGS.entries()) {
      for (const [given, [second, closeSecond]] of CLOSINGS.entries()) {
        const other = await story.withParticipant(`${first}, then ${second}`);
        const { now } = other;
        await other.accept(other.grant());
        await other.accept(closeFirst(other, other.signed()));
        const before = await other.word();
        if (given <= standing) {
          await other.reject(closeSecond(other, other.signed()), "ConsentClosingSuperseded", now, now);
          continue;
        }
        await other.accept(closeSecond(other, other.signed()));
        const { state, extent } = await other.word();
        expect(await other.word()).to.deep.equal({ ...before, state, extent, version: 3 });
        expect([state, extent], second).not.to.deep.equal([before.state, before.extent]);
      }
    }
  });

  it("signed later and weaker, raises the version and the signing time alone", async () => {
    await story.given(
      () => story.grant(),
      () => story.withdraw(NoFurtherContact),
    );
    for (const [, say] of CLOSINGS.slice(0, 4)) {
      const before = await story.word();
      const { now } = story;
      await story.given(say(story, story.signed()));
      expect(await story.word()).to.deep.equal({ ...before, version: before.version + 1, signedAt: now });
    }
    expect(await story.word()).to.include({ state: ConsentState.Withdrawn, extent: NoFurtherContact });
  });
}
