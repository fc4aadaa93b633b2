import { expect } from "chai";
import fc from "fast-check";
import { describe, it } from "mocha";

import { SMALLEST_COUNT, suppressCount, suppressCounts } from "../../src/model/index.ts";
import { expectModelError } from "./expectModelError.ts";

const anyK = fc.integer({ min: 1, max: 25 });
const table = fc.dictionary(fc.string(), fc.nat(120), { maxKeys: 6 });

describe("suppressCount", () => {
  it("rounds to the nearest ten, halves up, and tells nothing below ten", () => {
    const told = [0, 1, 9, 10, 14, 15, 24, 25, 104, 105].map((count) => suppressCount(count));
    expect(told).to.deep.equal([undefined, undefined, undefined, 10, 10, 20, 20, 30, 100, 110]);
    expect(SMALLEST_COUNT).to.equal(10);
  });

  it("rounds by half of k at the most, to multiples of k", () => {
    fc.assert(
      fc.property(fc.nat(), anyK, (count, k) => {
        const told = suppressCount(count, { k });
        expect(told === undefined).to.equal(count < k);
        if (told === undefined) return;
        expect(told % k).to.equal(0);
        expect(Math.abs(told - count)).to.be.at.most(k / 2);
      }),
    );
  });

  it("refuses what is no count, and no k", () => {
    for (const count of [-1, 0.5, Number.NaN, 2 ** 48]) {
      expectModelError(() => suppressCount(count), "ValueOutOfRange");
    }
    for (const k of [0, -1, 1.5]) expectModelError(() => suppressCount(5, { k }), "ValueOutOfRange");
  });
});

describe("suppressCounts", () => {
  it("tells the rounded total of the true counts, where every count is told", () => {
    expect(suppressCounts({ a: 14, b: 14 })).to.deep.equal({ counts: { a: 10, b: 10 }, total: 30 });
    expect(suppressCounts({ a: 14, b: 9 })).to.deep.equal({ counts: { a: 10, b: undefined }, total: undefined });
    expect(suppressCounts({})).to.deep.equal({ counts: {}, total: undefined });
  });

  it("leaves every suppressed count any of its k values, to whoever knows how it was made", () => {
    fc.assert(
      fc.property(table, anyK, (counts, k) => {
        const published = suppressCounts(counts, { k });
        const hidden = Object.keys(counts).filter((name) => published.counts[name] === undefined);
        for (const name of hidden) {
          for (let value = 0; value < k; value += 1) {
            // Each value makes the same publication: the other counts as they are are witness enough.
            expect(suppressCounts({ ...counts, [name]: value }, { k })).to.deep.equal(published);
          }
        }
      }),
    );
  });

  it("does so where the rounded total alone would give a count away", () => {
    // 24 and 1 are 25, which rounds to 30: 20 stands for 24 at the most, so that the other could not be 0.
    const naive = suppressCount(24 + 1)! - (suppressCount(24)! + 4);
    expect(naive - 5).to.equal(1);
    expect(suppressCounts({ seen: 24, hidden: 1 }).total).to.equal(undefined);
  });
});
