import { env } from "node:process";

import { expect } from "chai";
import fc from "fast-check";
import { describe, it } from "mocha";

import type { ConsentEngine } from "../engine.ts";
import { arbitraryDice } from "./dice.ts";
import { History } from "./history.ts";
import { Reached } from "./reached.ts";
import { setStage } from "./stage.ts";

/** Operations of one history. All histories begin with nothing, so that none of them grows out of hand. */
const LENGTH = 200;
/** What one operation may take, on a machine that has other things to do. */
const PATIENCE_MS = 50;

/** How many operations: by command any number, else what a check can spare. */
function operationsToPlay(): number {
  const { CONCORD_OPERATIONS, CI } = env;
  return Number(CONCORD_OPERATIONS ?? (CI === undefined ? 2_000 : 20_000));
}

/** Plays random histories on an engine beside the reference model. Another seed is CONCORD_SEED's. */
export function shouldBehaveLikeModel(name: string, makeEngine: () => Promise<ConsentEngine>): void {
  const operations = operationsToPlay();
  const seed = Number(env.CONCORD_SEED ?? 4);

  describe(name, () => {
    it(`does as the reference model does, ${operations} times (seed ${seed})`, async function () {
      this.timeout(operations * PATIENCE_MS);
      const stage = await setStage(await makeEngine());
      const begin = await stage.engine.checkpoint();
      const reached = new Reached();
      const play = fc.asyncProperty(arbitraryDice(LENGTH), async (dice) => {
        await begin();
        await new History(stage, reached).play(dice);
      });
      const numRuns = Math.ceil(operations / LENGTH);
      const { failed, counterexamplePath, errorInstance } = await fc.check(play, { seed, numRuns, endOnFailure: true });
      if (failed) expect.fail(`history ${counterexamplePath} of seed ${seed}: ${String(errorInstance)}`);
      expect(reached.missing(), "never reached").to.deep.equal([]);
    });
  });
}
