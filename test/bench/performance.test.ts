import { readFileSync } from "node:fs";

import { expect } from "chai";
import { describe, it } from "mocha";

import { compareSnapshot, SNAPSHOT_TOLERANCE, type Snapshot } from "../../bench/snapshots.ts";

describe("docs/performance.md", () => {
  const rows = [
    ...readFileSync("docs/performance.md", "utf8").matchAll(/^\| ([^|]+?) +\| +([\d,]+) \| +([\d,]*) +\|$/gm),
  ];
  const number = (text: string | undefined): number => Number(text?.replaceAll(",", ""));

  it("gives the gas of every scenario, as committed", () => {
    const told = Object.fromEntries(rows.map(([, scenario = "", gas]) => [scenario, number(gas)]));
    const committed = JSON.parse(readFileSync("bench/snapshots/gas.json", "utf8")) as Snapshot;
    expect(compareSnapshot(told, committed, SNAPSHOT_TOLERANCE)).to.deep.equal([]);
  });

  it("keeps every figure within its bound", () => {
    const bounded = rows.filter(([, , , bound]) => bound !== "");
    expect(bounded).to.have.length(10);
    for (const [, scenario, gas, bound] of bounded) expect(number(gas), scenario).to.be.at.most(number(bound));
  });
});
