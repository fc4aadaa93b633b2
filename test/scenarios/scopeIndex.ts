import { expect } from "chai";
import { beforeEach, it } from "mocha";

import { NO_ID } from "../../src/model/index.ts";
import { idOf } from "./ids.ts";
import type { Story } from "./story.ts";

/** Who has answered for a scope, in pages. */
export function shouldBehaveLikeScopeIndex(begin: () => Promise<Story>): void {
  let story: Story;
  /** Ids of participants who have answered, in the order in which they are appended. */
  let ids: string[];

  beforeEach(async () => {
    story = await begin();
    ids = [];
    for (const name of ["Anna", "Bo", "Cleo", "Dan", "Eve"]) {
      const other = await story.withParticipant(name);
      await other.given(name === "Bo" ? other.decline() : other.grant());
      ids.push(other.id);
    }
  });

  const append = (...participantIds: readonly string[]) =>
    ({ verb: "append", scopeId: story.scopeId, participantIds }) as const;
  const page = (cursor: string, limit: number) => story.engine.indexPage(story.scopeId, cursor, limit);

  it("is filled by anyone, in any number of steps, and reports who is new", async () => {
    const { scopeId } = story;
    const [anna, bo, cleo] = ids as [string, string, string];
    const appended = (participantId: string) => ({ event: "ScopeIndexAppended", args: { scopeId, participantId } });
    expect(await story.accept(append(anna, bo))).to.deep.equal([appended(anna), appended(bo)]);
    expect(await story.accept(append(bo, cleo, cleo, anna))).to.deep.equal([appended(cleo)]);
    expect(await story.accept(append())).to.deep.equal([]);
    for (const id of ids) {
      expect(await story.engine.isIndexed(scopeId, id)).to.equal([anna, bo, cleo].includes(id));
    }
  });

  it("has nobody who has not answered; one of them spoils the whole", async () => {
    const { scopeId } = story;
    const [anna] = ids as [string];
    const nobody = idOf("nobody");
    await story.reject(append(anna, nobody), "ScopeIndexNoConsent", scopeId, nobody);
    expect(await story.engine.isIndexed(scopeId, anna)).to.equal(false);
    await story.given(story.suspend(), append(story.id));
  });

  it("is read newest first, in pages of any size", async () => {
    for (const id of ids) await story.accept(append(id));
    const newestFirst = ids.toReversed();
    expect(await page(NO_ID, 100)).to.deep.equal({ participantIds: newestFirst, next: NO_ID });
    expect(await page(NO_ID, 5)).to.deep.equal({ participantIds: newestFirst, next: NO_ID });
    for (const limit of [1, 2, 3, 4]) {
      const read: string[] = [];
      let cursor = NO_ID;
      do {
        const answer = await page(cursor, limit);
        if ("error" in answer) throw new Error(answer.error);
        expect(answer.participantIds.length).to.be.at.most(limit);
        read.push(...answer.participantIds);
        cursor = answer.next;
      } while (cursor !== NO_ID);
      expect(read).to.deep.equal(newestFirst);
    }
    expect(await page(NO_ID, 0)).to.deep.equal({ participantIds: [], next: newestFirst[0] });
  });

  it("answers the same page from the same id for ever", async () => {
    const [anna, bo, cleo, dan] = ids as [string, string, string, string];
    await story.given(append(anna, bo, cleo));
    const before = await page(bo, 10);
    await story.given(append(dan), story.attest());
    expect(await page(bo, 10)).to.deep.equal(before);
    expect(before).to.deep.equal({ participantIds: [bo, anna], next: NO_ID });
  });

  it("has no page from an id that is not in it, and an empty one when nobody is", async () => {
    const { scopeId } = story;
    const [anna, bo] = ids as [string, string];
    expect(await page(NO_ID, 10)).to.deep.equal({ participantIds: [], next: NO_ID });
    await story.given(append(anna));
    expect(await page(bo, 10)).to.deep.equal({ error: "ScopeIndexCursorUnknown", args: [scopeId, bo] });
  });

  it("is one for each scope", async () => {
    const elsewhere = await story.inScope("another study").register();
    const [anna] = ids as [string];
    await story.given(append(anna));
    expect(await story.engine.indexPage(elsewhere.scopeId, NO_ID, 10)).to.deep.equal({
      participantIds: [],
      next: NO_ID,
    });
    await story.reject({ ...append(anna), scopeId: elsewhere.scopeId }, "ScopeIndexNoConsent", elsewhere.scopeId, anna);
  });

  it("takes an id that forwards, and the one that it forwards to", async () => {
    const paper = story.as({ id: idOf("a participant on paper") });
    await paper.given(paper.import());
    await story.given(story.takeOver(paper.id), append(paper.id, story.id));
    expect(await page(NO_ID, 10)).to.deep.equal({ participantIds: [story.id, paper.id], next: NO_ID });
  });
}
