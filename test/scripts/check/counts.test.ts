import { expect } from "chai";
import { describe, it } from "mocha";

import { countTests } from "../../../scripts/check/counts.ts";

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
