import { expect } from "chai";
import { beforeEach, it } from "mocha";

import { EMPTY_WORD, type Permitted, WithdrawalExtent } from "../../src/model/index.ts";
import type { Story } from "./story.ts";

/** What was permitted, and the words of the past. */
export function shouldBehaveLikeHistory(begin: () => Promise<Story>): void {
  let story: Story;

  beforeEach(async () => {
    story = await begin();
  });

  it("keeps every word under its ordinal and answers for every past second", async () => {
    const start = story.now;
    const expected: (Permitted & { readonly from: number })[] = [];
    const note = (version: number, from = story.now): number =>
      expected.push({ from, permitted: version !== 0, version });
    await story.advance(5);
    note(1);
    await story.given(story.grant());
    note(0);
    await story.given(story.suspend());
    note(0);
    await story.given(story.update());
    note(4);
    await story.given(story.resume());
    const until = story.now + 17;
    note(5);
    await story.given(story.update({ until }));
    note(6);
    await story.given(story.extend({ until: until + 3 }));
    note(0, until + 3);
    await story.advance(4);
    note(0);
    await story.given(
      () => story.withdraw(WithdrawalExtent.NoFurtherContact),
      () => story.withdraw(),
    );
    note(9);
    await story.given(story.grant({}, story.signed()));
    note(0);
    await story.given(
      () => story.decline(),
      () => story.annul(),
    );
    note(12);
    await story.given(story.grant());
    const end = story.now;

    expect((await story.word()).ordinal).to.equal(6);
    for (const [ordinal, version] of [2, 3, 4, 5, 8, 11, 12].entries()) {
      expect(await story.wordAt(ordinal)).to.include({ ordinal, version });
    }
    expect(await story.wordAt(7)).to.deep.equal(EMPTY_WORD);
    for (let time = start; time < end; time++) {
      const { permitted, version } = expected.findLast(({ from }) => from <= time) ?? { permitted: false, version: 0 };
      expect(await story.permittedAt(time), `at ${time - start} s`).to.deep.equal({ permitted, version });
    }
  });

  it("is the same before and after later changes", async () => {
    await story.given(story.grant());
    const past = story.now - 1;
    const before = await story.permittedAt(past);
    await story.given(
      () => story.withdraw(),
      () => story.grant(),
      () => story.update(),
      () => story.suspend(),
    );
    expect(before).to.deep.equal({ permitted: true, version: 1 });
    expect(await story.permittedAt(past)).to.deep.equal(before);
  });

  it("of other participants and scopes is not touched by a change", async () => {
    const other = await story.withParticipant("another participant");
    const elsewhere = await story.inScope("another study").register();
    await story.given(
      () => story.grant(),
      () => other.grant({}, other.signed()),
      () => elsewhere.grant(),
    );
    const [otherWord, elsewhereWord] = [await other.word(), await elsewhere.word()];
    await story.given(story.withdraw());
    expect(await story.status()).to.equal("Withdrawn");
    expect(await other.word()).to.deep.equal(otherWord);
    expect(await elsewhere.word()).to.deep.equal(elsewhereWord);
  });
}
