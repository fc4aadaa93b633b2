import { expect } from "chai";
import { describe, it } from "mocha";

import { countTests, failuresIn } from "../../../scripts/check/counts.ts";

describe("countTests", () => {
  it("reads the totals of a run that passes", () => {
    expect(countTests("  ✔ works\n\n  12 passing (3s)\n  1 pending\n", 0)).to.deep.equal({ passed: 12, failed: 0 });
  });

  it("reads the totals of a run that fails", () => {
    expect(countTests("  12 passing (3s)\n  2 failing\n\n  1) breaks\n", 2)).to.deep.equal({ passed: 12, failed: 2 });
  });

  it("reads coloured totals", () => {
    expect(countTests("\u001b[32m  3 passing\u001b[39m\n\u001b[31m1 failing\u001b[39m", 1)).to.deep.equal({
      passed: 3,
      failed: 1,
    });
  });

  it("takes the last totals, not what a test printed", () => {
    expect(countTests("99 passing\n…\n  2 passing (1s)\n", 0)).to.deep.equal({ passed: 2, failed: 0 });
  });

  it("counts a bad end without a failing test as one failure", () => {
    expect(countTests("  2 passing (1s)\nUnhandled rejection: late", 1)).to.deep.equal({ passed: 2, failed: 1 });
  });

  it("counts a run without tests as one failure", () => {
    expect(countTests("", 0)).to.deep.equal({ passed: 0, failed: 1 });
    expect(countTests("  0 passing (0ms)\n", 0)).to.deep.equal({ passed: 0, failed: 1 });
  });
});

describe("failuresIn", () => {
  it("leaves out what was printed before the totals", () => {
    const printed = "  ✔ says 3 passing\n  1) breaks\n\n";
    const totals = "  12 passing (3s)\n  1 failing\n\n  1) breaks:\n     Error: broken\n";
    expect(failuresIn(`${printed}${totals}`)).to.equal(totals);
    const coloured = "\u001b[32m  1 passing\u001b[39m\n";
    expect(failuresIn(`${printed}${coloured}`)).to.equal(coloured);
  });

  it("leaves out nothing of a run that never came to totals", () => {
    expect(failuresIn("  ✔ works\nOut of memory")).to.equal("  ✔ works\nOut of memory");
  });
});
