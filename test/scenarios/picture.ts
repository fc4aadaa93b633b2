import { expect } from "chai";
import { it } from "mocha";

import { transitionsOf, type Verb } from "../../src/model/index.ts";
import { STATES } from "./states.ts";
import { OWN, type Story } from "./story.ts";

/** The state picture of the documents, which is drawn from the model: every engine goes its ways. */
export function shouldBehaveLikeThePicture(begin: () => Promise<Story>): void {
  const drawn = transitionsOf().filter(({ from, by }) => from in STATES && by !== "time");

  it("draws every state that is tested, and every verb in it", () => {
    const names = new Set(drawn.map(({ from }) => from));
    // What was never granted reads, and goes on, as what was; the picture draws it once where it matters.
    const undrawn = Object.keys(STATES).filter((name) => !names.has(name));
    expect(undrawn).to.deep.equal(["Declined, never granted", "Withdrawn, never granted", "Annulled, never granted"]);
    expect(drawn).to.have.length(names.size * 10);
  });

  for (const { from, reads, by, extent, to, error } of drawn) {
    it(`${from}: ${by}${extent === 0 ? "" : ` ${extent}`} ${to === undefined ? `is refused: ${error}` : `leads to ${to}`}`, async () => {
      const story = await (STATES[from]?.reach(await begin()) ?? begin());
      expect(await story.status()).to.equal(reads);
      const { until } = await story.word();
      const verb = by as Verb;
      const change =
        verb === "withdraw" ? story.withdraw(extent) : story.change(verb, OWN, verb === "update" ? { until } : {});
      const applied = await story.apply(change);
      if (error !== undefined) expect(applied).to.have.property("error", error);
      else expect(await story.status()).to.equal(to);
    });
  }
}
