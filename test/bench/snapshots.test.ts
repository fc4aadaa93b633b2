import { expect } from "chai";
import { describe, it } from "mocha";

import { compareSnapshot, MAX_RUNTIME_BYTES, oversized } from "../../bench/snapshots.ts";

describe("compareSnapshot", () => {
  it("lets a figure move within the tolerance, either way", () => {
    expect(
      compareSnapshot({ grant: 10_100, withdraw: 9_900 }, { grant: 10_000, withdraw: 10_000 }, 0.01),
    ).to.deep.equal([]);
  });

  it("names a figure that rose or fell beyond the tolerance", () => {
    expect(
      compareSnapshot({ grant: 10_101, withdraw: 9_000 }, { grant: 10_000, withdraw: 10_000 }, 0.01),
    ).to.deep.equal(["grant: 10000 -> 10101 (+1.0 %)", "withdraw: 10000 -> 9000 (-10.0 %)"]);
  });

  it("names figures that are new or gone", () => {
    expect(compareSnapshot({ resume: 1 }, { suspend: 2 }, 0.01)).to.deep.equal([
      "resume: 1 is not in the snapshot",
      "suspend: was 2, is measured no more",
    ]);
  });

  it("lets nothing appear from zero", () => {
    expect(compareSnapshot({ grant: 1 }, { grant: 0 }, 0.01)).to.have.length(1);
  });
});

describe("oversized", () => {
  it("names contracts above the limit of EIP-170 and no others", () => {
    expect(oversized({ fits: MAX_RUNTIME_BYTES, bursts: MAX_RUNTIME_BYTES + 1 })).to.deep.equal([
      "bursts: 24577 bytes of code, over the limit of 24576",
    ]);
  });
});
