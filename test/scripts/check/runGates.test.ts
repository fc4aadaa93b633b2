import { expect } from "chai";
import { describe, it } from "mocha";

import { GATES, selectGates, type Gate } from "../../../scripts/check/gates.ts";
import { runGates, totalOf } from "../../../scripts/check/runGates.ts";

const gate = (name: string, after: string[] = [], countsTests = false): Gate => ({
  name,
  about: name,
  command: [name],
  after,
  countsTests,
});

describe("runGates", () => {
  const run = async (gates: Gate[], failing: string[] = [], concurrency = 2) => {
    const began: string[] = [];
    let most = 0;
    let now = 0;
    const execute = async ({ name }: Gate) => {
      began.push(name);
      most = Math.max(most, ++now);
      const turns = name === "slow" ? 50 : 1;
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      now--;
      return failing.includes(name) ? { code: 1, output: `${name} broke` } : { code: 0, output: "  3 passing\n" };
    };
    const results = await runGates(gates, concurrency, execute, () => undefined);
    return { began, most, results };
  };

  it("counts a gate as one test, and a test gate by its totals", async () => {
    const { results } = await run([gate("a"), gate("b", [], true)]);
    expect(totalOf(results)).to.deep.equal({ passed: 4, failed: 0 });
  });

  it("runs as many at once as it may, and no more", async () => {
    expect((await run([gate("slow"), gate("a"), gate("b"), gate("c")])).most).to.equal(2);
    expect((await run([gate("a"), gate("b"), gate("c")], [], 1)).most).to.equal(1);
  });

  it("starts a gate after the ones it waits for, whatever their order", async () => {
    expect((await run([gate("b", ["a"]), gate("a")])).began).to.deep.equal(["a", "b"]);
  });

  it("goes on after a failure, and fails what waits for it without running it", async () => {
    const { began, results } = await run([gate("a"), gate("b", ["a"]), gate("c", ["b"]), gate("d")], ["a"]);
    expect(began).to.deep.equal(["a", "d"]);
    expect(Object.fromEntries(results.map((result) => [result.gate.name, result.state]))).to.deep.equal({
      a: "failed",
      b: "not run",
      c: "not run",
      d: "passed",
    });
    expect(totalOf(results)).to.deep.equal({ passed: 1, failed: 3 });
  });

  it("refuses gates that can never run", async () => {
    const error = await run([gate("a", ["b"]), gate("b", ["a"])]).catch((reason: unknown) => reason);
    expect(error).to.have.property("name", "GatesStuck");
  });
});

describe("selectGates", () => {
  it("takes what a gate waits for along", () => {
    expect(selectGates(GATES, ["mocha"]).map(({ name }) => name)).to.deep.equal(["build", "mocha"]);
  });

  it("takes all when none is named", () => {
    expect(selectGates(GATES, [])).to.deep.equal(GATES);
  });
});
