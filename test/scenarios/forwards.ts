import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import { ConsentState, MAX_FORWARDS, RECOVERY_DELAY, WithdrawalExtent } from "../../src/model/index.ts";
import { idOf } from "./ids.ts";
import { DAY, FORMS, type Story } from "./story.ts";

const CLOSINGS = ["suspend", "decline", "withdraw", "annul"] as const;

/** Ids whose consent goes on under another. */
export function shouldBehaveLikeForwards(begin: () => Promise<Story>): void {
  let story: Story;

  beforeEach(async () => {
    story = await begin();
  });

  /** Moves a consent to a new key, and answers the story of that. */
  const move = async (from: Story, name: string): Promise<Story> => {
    const to = await from.withParticipant(name);
    await from.given(from.propose(to.id), from.confirm(to.id));
    await from.advance(RECOVERY_DELAY);
    await from.given(from.complete());
    return to;
  };

  describe("an id that forwards", () => {
    let moved: Story;

    beforeEach(async () => {
      await story.given(story.grant());
      moved = await move(story, "a new key");
    });

    it("reads as the id that it forwards to, and keeps its own last word and history", async () => {
      await moved.given(moved.update());
      expect(await story.forward()).to.equal(moved.id);
      expect(await story.word()).to.deep.equal(await moved.word());
      expect(await story.status()).to.equal("Active");
      expect(await story.lastWord()).to.include({ forwarded: true, version: 3, ordinal: 0 });
      expect(await story.wordAt(0)).to.deep.equal(await story.lastWord());
      expect(await moved.wordAt(0)).to.include({ version: 1 });
    });

    it("opens nothing and is not moved again", async () => {
      for (const by of [{}, story.signed()]) {
        for (const verb of ["grant", "update", "extend", "resume"] as const) {
          await story.reject(story.change(verb, by), "ConsentForwarded", story.id);
        }
      }
      await story.reject(story.import(), "ConsentForwarded", story.id);
      await story.reject(story.propose(idOf("another key")), "ConsentForwarded", story.id);
      const other = await story.withParticipant("another key");
      await other.reject(other.takeOver(story.id), "ConsentForwarded", story.id);
    });

    for (const verb of CLOSINGS) {
      it(`closes by ${verb} in every form where the consent goes on`, async () => {
        const back = await story.engine.checkpoint();
        for (const form of FORMS) {
          const last = await story.lastWord();
          const applied = await story.applyAs(form, (by) => story.change(verb, by));
          const word = await moved.lastWord();
          expect(word, form).to.include({ version: 2, ended: story.now });
          expect("events" in applied && applied.events.at(-1)?.args, form).to.deep.equal({
            scopeId: story.scopeId,
            participantId: moved.id,
            word,
          });
          expect(await story.lastWord(), form).to.deep.equal(last);
          await back();
        }
      });
    }

    it("closes by signature whatever version it names, if it was signed late enough", async () => {
      const { signedAt } = await moved.word();
      const named = (given: object) => story.withdraw(WithdrawalExtent.NoFurtherUse, story.signed(given));
      await moved.given(moved.update());
      await moved.reject(named({ minVersion: 9, signedAt }), "ConsentClosingSuperseded", signedAt, moved.now - 10);
      await story.accept(named({ minVersion: 9 }));
      expect(await moved.status()).to.equal("Withdrawn");
    });

    it("counts as the participant themselves, and as their delegates", async () => {
      const proxy = await story.engine.actor("account", "a proxy");
      await story.given(story.appoint(proxy, 0x3f), () => story.suspend(story.signedBy(proxy)));
      expect(await moved.word()).to.include({ state: ConsentState.Suspended });
      await story.reject(story.resume({}, story.signedBy(proxy)), "ConsentForwarded", story.id);
      await moved.reject(moved.suspend(moved.signedBy(proxy)), "ConsentDelegateUnauthorised", moved.id, proxy.id);
    });
  });

  it("forwards over all moves, and answers for every past second", async () => {
    const ids = [story];
    const begun = story.now;
    const starts = [story.now];
    await story.given(story.grant());
    for (let moves = 1; moves <= MAX_FORWARDS; moves += 1) {
      ids.push(await move(ids.at(-1) ?? story, `key ${moves}`));
      starts.push(story.now - 10);
    }
    const last = ids.at(-1) ?? story;
    expect(ids).to.have.length(MAX_FORWARDS + 1);
    for (const [index, from] of ids.entries()) {
      expect(await from.forward()).to.equal(last.id);
      expect(await from.word()).to.deep.equal(await last.lastWord());
      for (const [moved, start] of starts.entries()) {
        // Every id answers for the time since it has the consent: before, it had none.
        const permitted = index <= moved;
        const expected = { permitted, version: permitted ? 1 : 0 };
        expect(await from.permittedAt(start), `id ${index} at move ${moved}`).to.deep.equal(expected);
        const before = index < moved || (index === 0 && moved === 0 && start > begun);
        expect((await from.permittedAt(start - 1)).permitted, `id ${index} before move ${moved}`).to.equal(before);
      }
    }

    const beyond = await last.withParticipant("a key too many");
    await last.given(last.propose(beyond.id), last.confirm(beyond.id));
    await last.advance(RECOVERY_DELAY);
    await last.reject(last.complete(), "ConsentMovesExhausted");
    await last.given(last.cancel());

    await story.accept(story.withdraw());
    for (const from of ids) {
      expect(await from.status()).to.equal("Withdrawn");
      expect((await from.permittedAt(from.now)).permitted).to.equal(false);
    }
  });

  it("counts a takeover among the moves", async () => {
    const paper = story.as({ id: idOf("a participant on paper") });
    await paper.given(paper.import());
    await story.given(story.takeOver(paper.id));
    let last = story;
    for (let moves = 2; moves <= MAX_FORWARDS; moves += 1) last = await move(last, `key ${moves}`);
    const beyond = await last.withParticipant("a key too many");
    await last.given(last.propose(beyond.id), last.confirm(beyond.id));
    await last.advance(RECOVERY_DELAY);
    await last.reject(last.complete(), "ConsentMovesExhausted");
    expect(await paper.forward()).to.equal(last.id);
  });

  it("a word that ended before the move permits nothing after it, and history stays where it was", async () => {
    await story.given(
      story.grant({ until: story.now + DAY }),
      story.suspend(),
      () => story.resume(),
      () => story.withdraw(),
    );
    const answers = [];
    for (let time = story.now - 40; time < story.now; time += 1) answers.push(await story.permittedAt(time));
    const asked = story.now;
    const moved = await move(story, "a new key");
    for (const [index, answer] of answers.entries()) {
      expect(await story.permittedAt(asked - 40 + index)).to.deep.equal(answer);
    }
    await moved.given(moved.grant());
    expect(await story.permittedAt(story.now - 5)).to.deep.equal({ permitted: true, version: 2 });
    expect(await story.permittedAt(asked)).to.deep.equal({ permitted: false, version: 0 });
  });
}
