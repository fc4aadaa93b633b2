import { expect } from "chai";
import { describe, it } from "mocha";

import type { ConsentEngine } from "./engine.ts";
import { prepareRandom, randomHistory, REACHABLE } from "./random.ts";

/** Runs seeded random histories on an engine; every outcome, word and answer must be the model's. */
export function shouldBehaveLikeModel(
  name: string,
  makeEngine: () => Promise<ConsentEngine>,
  histories: { readonly seeds: readonly number[]; readonly length: number },
): void {
  describe(name, () => {
    for (const seed of histories.seeds) {
      it(`does as the model does in ${histories.length} random changes (seed ${seed})`, async () => {
        const engine = await makeEngine();
        const { operations, reached } = randomHistory(seed, histories.length, await prepareRandom(engine));
        expect([...reached.keys()]).to.include.members([...REACHABLE]);
        for (const [index, operation] of operations.entries()) {
          const { advance, scope, participant, change, expected, word, asked } = operation;
          const what = `change ${index}, ${change.verb} of ${participant} in the ${scope}`;
          if (advance > 0) await engine.advance(advance);
          expect(await engine.apply(scope, participant, change), what).to.deep.equal(expected);
          expect(await engine.word(scope, participant), `${what}: word`).to.equal(word);
          expect(await engine.permittedAt(scope, participant, asked.time), `${what}: permitted`).to.deep.equal(
            asked.answer,
          );
        }
      });
    }
  });
}
