import { expect } from "chai";
import { describe, it } from "mocha";

import { SuiteOrder } from "../../../scripts/mutate/suites.ts";

describe("SuiteOrder", () => {
  it("makes groups of which each is twice as large as the one before", () => {
    const suites = Array.from({ length: 12 }, (_, place) => place);
    expect(new SuiteOrder(suites, 2).groups().map((group) => group.length)).to.deep.equal([2, 4, 6]);
  });

  it("puts first what finds many mutants, and of these what is fast", () => {
    const order = new SuiteOrder(["idle", "slow", "fast"], 1);
    for (let run = 0; run < 10; run++) {
      order.learn("idle", false, 10);
      order.learn("slow", true, 1_000);
      order.learn("fast", true, 10);
    }
    expect(order.groups().flat()).to.deep.equal(["fast", "idle", "slow"]);
  });
});
