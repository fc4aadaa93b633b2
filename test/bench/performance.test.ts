import { readFileSync } from "node:fs";

import { expect } from "chai";
import { describe, it } from "mocha";

import { compareSnapshot, SNAPSHOT_TOLERANCE, type Snapshot } from "../../bench/snapshots.ts";

describe("docs/performance.md", () => {
  const text = readFileSync("docs/performance.md", "utf8");
  const rows = [...text.matchAll(/^\| ([^|]+?) +\| +([\d,]+) \| +([\d,]*) +\|$/gm)];
  /** Rows of what is read, too: once cold and once warm. */
  const reads = [...text.matchAll(/^\| ([^|]+?) +\| +([\d,]+) \| +([\d,]*) +\| +([\d,]*) +\|$/gm)];
  const number = (text: string | undefined): number => Number(text?.replaceAll(",", ""));

  it("gives the gas of every scenario, as committed", () => {
    const told = Object.fromEntries([
      ...rows.map(([, scenario = "", gas]) => [scenario, number(gas)] as const),
      ...reads.flatMap(([, scenario = "", cold, warm]) =>
        warm === ""
          ? [[scenario, number(cold)] as const]
          : [[`${scenario}, cold`, number(cold)] as const, [`${scenario}, warm`, number(warm)] as const],
      ),
    ]);
    const committed = JSON.parse(readFileSync("bench/snapshots/gas.json", "utf8")) as Snapshot;
    expect(compareSnapshot(told, committed, SNAPSHOT_TOLERANCE)).to.deep.equal([]);
  });

  it("keeps every figure within its bound", () => {
    // A bound of what is read twice is one of the warm reading.
    const all = [...rows, ...reads.map(([row, scenario, cold, warm, bound]) => [row, scenario, warm || cold, bound])];
    const bounded = all.filter(([, , , bound]) => bound !== "");
    expect(bounded).to.have.length(16);
    for (const [, scenario, gas, bound] of bounded) expect(number(gas), scenario).to.be.at.most(number(bound));
  });
});
