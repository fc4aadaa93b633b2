import { readFileSync } from "node:fs";

import { expect } from "chai";
import { before, describe, it } from "mocha";

import { readArguments } from "../../bench/growth/arguments.ts";
import { compareDepths, compareSizes } from "../../bench/growth/compare.ts";
import { plotGrowth } from "../../bench/growth/plot.ts";
import { reportGrowth } from "../../bench/growth/report.ts";
import { type GrowthResult, runGrowth } from "../../bench/growth/run.ts";

const SIZES = [0, 200];

describe("bench:growth", () => {
  let result: GrowthResult;
  before(async () => {
    result = await runGrowth({ sizes: SIZES, build: false }, () => undefined);
  });

  it("finds every verb and view at the same cost on a small chain and a larger one", () => {
    expect(result.grown).to.deep.equal([]);
    expect(result.points.map(({ consents }) => consents)).to.deep.equal(SIZES);
    const names = Object.keys(result.points[0]?.gas ?? {});
    expect(names).to.have.length.above(130);
    for (const verb of ["grant", "update", "extend", "suspend", "resume", "withdraw", "annul", "decline"]) {
      expect(
        names.some((name) => name.includes(verb) && name.includes("own transaction")),
        verb,
      ).to.equal(true);
      expect(
        names.some((name) => name.includes(verb) && name.includes("ECDSA signature")),
        verb,
      ).to.equal(true);
    }
  });

  it("ends every derived dataset's licence by one withdrawal of constant cost", () => {
    expect(result.cascade.map(({ depth }) => depth)).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(result.cascade.at(-1)?.licencesEnded).to.equal(9);
    expect(new Set(result.cascade.map(({ withdrawal }) => withdrawal)).size).to.equal(1);
    expect(new Set(result.cascade.map(({ retraction }) => retraction)).size).to.equal(1);
  });

  it("reports a table and curves with labelled axes", () => {
    expect(reportGrowth(result)).to.contain("| scenario | 0 | 200 |").and.to.contain("Nothing grows.");
    const svg = plotGrowth(result.points);
    for (const part of ["<title", "<desc", "consents loaded (log scale)", "gas (log scale)"]) {
      expect(svg).to.contain(part);
    }
    const curves = [...svg.matchAll(/<polyline /g)];
    expect(curves).to.have.length(Object.keys(result.points[0]?.gas ?? {}).length);
  });
});

describe("the comparison behind bench:growth", () => {
  const at = (consents: number, gas: Record<string, number>) => ({ consents, loadSeconds: 1, gas });

  it("tells a figure that grows, shrinks or is not measured at every size", () => {
    const points = [at(0, { grant: 50_000, read: 1_000, gone: 1 }), at(100, { grant: 50_400, read: 989 })];
    expect(compareSizes(points)).to.deep.equal([
      "100 consents: gone: was 1, is measured no more",
      "100 consents: read: 1000 -> 989 (-1.1 %)",
    ]);
    expect(compareSizes([at(0, {}), at(100, { late: 1 })])).to.deep.equal([
      "100 consents: late: 1 is not in the snapshot",
    ]);
  });

  it("tells a depth that costs more, or whose licences live on", () => {
    const reading = { cold: 70_000, warm: 20_000 };
    const flat = { withdrawal: 31_000, retraction: 80_000, coverage: reading, status: reading };
    const depths = [
      { ...flat, depth: 0, licencesEnded: 1 },
      { ...flat, depth: 1, licencesEnded: 2, coverage: { cold: 75_300, warm: 25_300 } },
    ];
    expect(compareDepths(depths)).to.deep.equal([]);
    const worse = { ...flat, depth: 1, licencesEnded: 1, withdrawal: 31_001, status: { cold: 75_301, warm: 20_000 } };
    expect(compareDepths([...depths.slice(0, 1), worse])).to.deep.equal([
      "depth 1: withdrawal: 31000 -> 31001 (+0.0 %)",
      "depth 1: the withdrawal ended 1 of 2 licences",
      "depth 1: status is too dear",
    ]);
  });
});

describe("bench:growth's command line", () => {
  it("has sizes of its own, and takes others", () => {
    expect(readArguments(["--help"])).to.equal("help");
    expect(readArguments([])).to.deep.equal({
      sizes: [100, 1_000, 10_000, 100_000],
      report: undefined,
      json: false,
    });
    expect(readArguments(["--sizes", "0,200", "--report", "out", "--json"])).to.deep.equal({
      sizes: [0, 200],
      report: "out",
      json: true,
    });
  });

  it("refuses what it does not know, and sizes that no load has", () => {
    for (const wrong of [
      ["--size", "1"],
      ["more"],
      ["--sizes", ""],
      ["--sizes", "50"],
      ["--sizes", "200,100"],
      ["--sizes", "1e3"],
    ]) {
      expect(() => readArguments(wrong), wrong.join(" "))
        .to.throw()
        .with.property("name", "UsageInvalid");
    }
  });
});

describe("docs/performance/growth.md", () => {
  it("shows no figure that differs by more than 1 % from one size to another", () => {
    const text = readFileSync("docs/performance/growth.md", "utf8");
    const rows = [
      ...text.matchAll(/^\| (?!scenario )(\D[^|]*?) +\| +([\d,]+) \| +([\d,]+) \| +([\d,]+) \| +([\d,]+) \|$/gm),
    ];
    expect(rows).to.have.length.above(130);
    for (const [, scenario, ...cells] of rows) {
      const figures = cells.map((cell) => Number(cell.replaceAll(",", "")));
      expect(Math.max(...figures), scenario).to.be.at.most(Math.min(...figures) * 1.01);
    }
  });
});
