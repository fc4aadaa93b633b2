import { expect } from "chai";
import { describe, it } from "mocha";

import { equivalenceOf, requireCurrent, type Equivalent } from "../../../scripts/mutate/equivalents.ts";
import type { Mutant } from "../../../scripts/mutate/mutants.ts";
import { renderPage, renderSummary, scoresOf, type Outcome, type Result } from "../../../scripts/mutate/report.ts";

const mutant: Mutant = {
  source: "project/contracts/a/A.sol",
  operator: "comparison",
  start: 10,
  end: 15,
  original: "a <\n    b",
  replacement: "(a <= b)",
  line: 3,
  function: "f",
  code: "if (a < b) c = 1;",
  mutated: "if ((a <= b)) c = 1;",
};
const result = (target: string, outcome: Outcome): Result => ({ target, mutant, outcome });
const killed: Outcome = { state: "killed", by: "ATest#test_A()" };
const results = [
  ...[killed, killed, killed, { state: "survived" } as const].map((outcome) => result("A", outcome)),
  ...[killed, { state: "equivalent", reason: "it is the same" } as const].map((outcome) => result("B", outcome)),
  ...[{ state: "invalid" } as const, { state: "same code" } as const].map((outcome) => result("B", outcome)),
];

describe("The report on mutants", () => {
  it("counts killed among those that could be, by contract and of all", () => {
    expect(scoresOf(results)).to.deep.equal([
      { target: "A", tried: 4, killed: 3, survived: 1, equivalent: 0, score: 0.75 },
      { target: "B", tried: 2, killed: 1, survived: 0, equivalent: 1, score: 1 },
      { target: "All", tried: 6, killed: 4, survived: 1, equivalent: 1, score: 0.8 },
    ]);
  });

  it("lists the survivors with their place and change, on one line each", () => {
    expect(renderSummary(results)).to.include("survived: contracts/a/A.sol:3 comparison: a < b → (a <= b)");
  });

  it("writes a page with the command, the scores, the survivors and the equivalent ones", () => {
    const page = renderPage(results, "node scripts/mutate.ts --seed 7", 1.5);
    expect(page).to.include("Made by `node scripts/mutate.ts --seed 7` in 2 minutes");
    expect(page).to.include("| A | 4 | 3 | 1 | 0 | 75.0 % |");
    expect(page).to.include("- `contracts/a/A.sol:3` `a < b` → `(a <= b)`\n");
    expect(page).to.include("- `contracts/a/A.sol:3` `a < b` → `(a <= b)`: it is the same\n");
  });
});

describe("The list of equivalent mutants", () => {
  const equivalent: Equivalent = {
    file: "contracts/a/A.sol",
    function: "f",
    code: "if (a < b) c = 1;",
    mutated: "if ((a <= b)) c = 1;",
    reason: "a is never b",
  };

  it("knows a mutant wherever its line has gone", () => {
    expect(equivalenceOf({ ...mutant, line: 300, start: 9_000 }, [equivalent])).to.equal("a is never b");
    expect(equivalenceOf({ ...mutant, mutated: "if ((a >= b)) c = 1;" }, [equivalent])).to.equal(undefined);
    expect(equivalenceOf({ ...mutant, function: "g" }, [equivalent])).to.equal(undefined);
    expect(equivalenceOf({ ...mutant, code: "while (a < b) c = 1;" }, [equivalent])).to.equal(undefined);
  });

  it("may not name what is no mutant of the sources any more", () => {
    expect(() => requireCurrent([equivalent], [mutant])).not.to.throw();
    expect(() => requireCurrent([equivalent], [{ ...mutant, code: "if (b > a) c = 1;" }])).to.throw(
      "No such mutants any more",
    );
    expect(() => requireCurrent([equivalent], [{ ...mutant, source: "project/contracts/b/B.sol" }])).not.to.throw();
  });
});
