import { expect } from "chai";

import { ModelError, type ModelErrorName } from "../../src/model/index.ts";

/** Expects a typed input error with a message and a fix. */
export function expectModelError(act: () => unknown, name: ModelErrorName): void {
  let thrown: unknown;
  try {
    act();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).to.be.instanceOf(ModelError);
  const { name: actual, message, fix } = thrown as ModelError;
  expect(actual, message).to.equal(name);
  expect(message).to.match(/\S/);
  expect(fix).to.match(/\.$/);
}
