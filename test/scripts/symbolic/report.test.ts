import { expect } from "chai";
import { describe, it } from "mocha";

import { allProved, readProofs } from "../../../scripts/symbolic/report.ts";

interface Result {
  readonly name?: string;
  readonly exitcode: number;
  readonly num_paths?: readonly [number, number, number] | null;
  readonly time?: readonly [number, number, number] | null;
  readonly num_bounded_loops?: number | null;
}

function outputOf(...results: Result[]): string {
  const whole = results.map((result) => ({
    name: "check_it(uint8,(bytes32,uint16))",
    num_models: 0,
    models: [],
    num_paths: [12, 3, 0],
    time: [1.5, 1.4, 0.1],
    num_bounded_loops: 0,
    ...result,
  }));
  return JSON.stringify({ exitcode: 1, test_results: { "project/test/symbolic/Closings.t.sol:Closings": whole } });
}

function outcomesOf(...results: Result[]): string[] {
  return readProofs(outputOf(...results)).map(({ outcome }) => outcome);
}

describe("readProofs", () => {
  it("names contract and property, without the parameters", () => {
    expect(readProofs(outputOf({ exitcode: 0 }))).to.deep.equal([
      { contract: "Closings", property: "check_it", outcome: "proved", paths: 12, seconds: 1.5 },
    ]);
  });

  it("sorts by name", () => {
    const proofs = readProofs(outputOf({ name: "check_b()", exitcode: 0 }, { name: "check_a()", exitcode: 0 }));
    expect(proofs.map(({ property }) => property)).to.deep.equal(["check_a", "check_b"]);
  });

  it("tells how each property ended", () => {
    const codes = [0, 1, 2, 3, 4, 5].map((exitcode) => ({ name: `check_${exitcode}()`, exitcode }));
    const outcomes = ["proved", "refuted", "timed out", "stuck", "vacuous", "broken"];
    expect(outcomesOf(...codes)).to.deep.equal(outcomes);
  });

  it("takes no proof that left paths out", () => {
    expect(outcomesOf({ exitcode: 0, num_bounded_loops: 1 })).to.deep.equal(["incomplete"]);
    expect(outcomesOf({ exitcode: 1, num_bounded_loops: 1 })).to.deep.equal(["refuted"]);
  });

  it("reads a property that broke before it had paths", () => {
    const [proof] = readProofs(outputOf({ exitcode: 5, num_paths: null, time: null, num_bounded_loops: null }));
    expect(proof).to.deep.include({ outcome: "broken", paths: 0, seconds: 0 });
  });
});

describe("allProved", () => {
  it("wants every property proved", () => {
    expect(allProved(readProofs(outputOf({ exitcode: 0 }, { exitcode: 0 })))).to.equal(true);
    expect(allProved(readProofs(outputOf({ exitcode: 0 }, { exitcode: 2 })))).to.equal(false);
  });

  it("takes no properties for no proof", () => {
    expect(allProved([])).to.equal(false);
  });
});
