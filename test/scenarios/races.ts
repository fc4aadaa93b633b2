import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import { type ChangeOperation, ConsentState, isRejection, WithdrawalExtent } from "../../src/model/index.ts";
import { DAY, type Story } from "./story.ts";

const OPENINGS = ["grant", "update", "extend", "resume"] as const;
const CLOSINGS = ["suspend", "decline", "withdraw", "annul"] as const;

/** All orders of some things. */
function ordersOf<T>(things: readonly T[]): T[][] {
  if (things.length <= 1) return [[...things]];
  return things.flatMap((thing, index) =>
    ordersOf(things.filter((_, other) => other !== index)).map((rest) => [thing, ...rest]),
  );
}

/** Signed changes that meet each other in any order. */
export function shouldBehaveLikeRaces(begin: () => Promise<Story>): void {
  let story: Story;

  beforeEach(async () => {
    story = await begin();
  });

  /** Brings the consent where an opening is allowed. */
  const makeWayFor = async (verb: (typeof OPENINGS)[number]): Promise<void> => {
    if (verb === "grant") return story.given(story.withdraw(WithdrawalExtent.NoFurtherContact));
    await story.given(story.grant({ until: story.now + DAY }));
    if (verb === "resume") await story.given(story.suspend());
  };

  for (const opening of OPENINGS) {
    for (const closing of CLOSINGS) {
      it(`a pending ${opening} dies by ${closing}, own or signed, however the two are ordered`, async () => {
        for (const form of ["own", "signed"] as const) {
          const other = await story.withParticipant(`${opening}, ${closing}, ${form}`);
          story = other;
          await makeWayFor(opening);
          const pending = await other.change(opening, other.signed({ deadline: other.now + DAY }));
          // Signed in the same second as the opening, so that neither is the later one.
          const signedClosing = await other.change(closing, other.signed({ deadline: other.now + DAY }));
          await other.advance(5);
          const end = form === "own" ? await other.change(closing) : signedClosing;

          const back = await other.engine.checkpoint();
          await other.accept(end);
          const closed = await other.word();
          expect(isRejection(await other.apply(pending)), "the opening came after the closing").to.equal(true);
          expect(await other.word()).to.deep.equal(closed);
          expect((await other.permittedAt(other.now)).permitted).to.equal(false);

          await back();
          await other.accept(pending);
          await other.accept(end);
          expect((await other.permittedAt(other.now)).permitted).to.equal(false);
        }
      });
    }

    it(`of two pending ${opening}s only one takes effect`, async () => {
      await makeWayFor(opening);
      const [one, two] = [
        await story.change(opening, story.signed(), { elements: 1n, until: story.now + 2 * DAY }),
        await story.change(opening, story.signed(), { elements: 2n, until: story.now + 3 * DAY }),
      ];
      await story.accept(one);
      expect(await story.apply(two)).to.have.property("error");
      await story.advance(1);
      await story.given(story.withdraw());
      expect(await story.apply(two)).to.have.property("error");
    });
  }

  it("two closings and two openings that were signed at once end closed, in each of their 24 orders", async () => {
    await story.given(story.grant({ until: story.now + DAY }));
    const changes: readonly ChangeOperation[] = [
      await story.update({}, story.signed()),
      await story.extend({}, story.signed()),
      story.suspend(story.signed()),
      story.withdraw(WithdrawalExtent.NoFurtherAccess, story.signed()),
    ];
    const back = await story.engine.checkpoint();
    for (const order of ordersOf(changes)) {
      for (const change of order) await story.apply(change);
      const { state, extent } = await story.word();
      const names = order.map(({ verb }) => verb).join(", ");
      expect({ state, extent }, names).to.deep.equal({
        state: ConsentState.Withdrawn,
        extent: WithdrawalExtent.NoFurtherAccess,
      });
      expect((await story.permittedAt(story.now)).permitted, names).to.equal(false);
      await back();
    }
  });

  it("a pending first grant dies by a closing of nothing", async () => {
    for (const closing of CLOSINGS) {
      const other = await story.withParticipant(closing);
      const pending = await other.grant({}, other.signed());
      await other.advance(5);
      await other.given(other.change(closing));
      await other.reject(pending, "ConsentVersionMismatch", 2, 1);
    }
  });

  it("an opening signed for the version after a closing, but before it, is refused", async () => {
    await story.given(story.grant());
    const ahead = await story.grant({ version: 3 }, story.signed());
    const { now } = story;
    await story.advance(5);
    await story.given(story.withdraw());
    await story.reject(ahead, "ConsentSignedTooEarly", now, (await story.word()).signedAt);
  });

  it("grant, withdrawal and grant in one second: the last word decides, each version stands in history", async () => {
    const { now } = story;
    await story.accept(story.grant({}, story.signed({ signedAt: now - 3 })));
    await story.accept(story.withdraw(WithdrawalExtent.NoFurtherUse, story.signed({ signedAt: now - 2 })));
    await story.accept(story.grant({}, story.signed({ signedAt: now - 1 })));
    expect(await story.wordAt(0)).to.include({ version: 2, opened: now, ended: now });
    expect(await story.word()).to.include({ version: 3, ordinal: 1, opened: now });
    expect(await story.permittedAt(now)).to.deep.equal({ permitted: true, version: 3 });
    expect(await story.permittedAt(now - 1)).to.deep.equal({ permitted: false, version: 0 });
  });

  describe("a replayed signature", () => {
    for (const verb of [...OPENINGS, ...CLOSINGS]) {
      it(`of ${verb} never takes effect again, whatever follows`, async () => {
        if (verb !== "grant") await story.given(story.grant({ until: story.now + DAY }));
        if (verb === "resume") await story.given(story.suspend());
        const change = await story.change(verb, story.signed());
        const expectDead = async (): Promise<void> => {
          const before = await story.word();
          expect(await story.apply(change)).to.have.property("error");
          expect(await story.word()).to.deep.equal(before);
        };
        await story.given(change);
        await expectDead();
        for (const next of [
          "suspend",
          "decline",
          "withdraw",
          "annul",
          "grant",
          "update",
          "suspend",
          "resume",
        ] as const) {
          await story.given(story.change(next));
          await expectDead();
        }
      });
    }
  });
}
