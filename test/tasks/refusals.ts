import { expect } from "chai";
import { it } from "mocha";

import { error, startWorld } from "./support.ts";

/** A task, arguments that it refuses, the error's name, and part of its message. */
export type Refusal = readonly [
  task: string,
  given: Readonly<Record<string, unknown>>,
  name: string,
  message: string | RegExp,
];

/** One test for each refusal. */
export function itRefuses(refusals: readonly Refusal[]): void {
  for (const [task, given, name, message] of refusals) {
    const shown = Object.entries(given).map(([key, value]) => `${key} ${JSON.stringify(value)?.slice(0, 40)}`);
    it(`${task}: refuses ${shown.join(", ")}`, async () => {
      const refused = await error(await startWorld(), task, given);
      expect(refused.name, refused.message).to.equal(name);
      if (typeof message === "string") expect(refused.message).to.contain(message);
      else expect(refused.message).to.match(message);
    });
  }
}
