import { readFileSync } from "node:fs";

import { expect } from "chai";
import { describe, it } from "mocha";

describe("docs/performance.md", () => {
  const rows = [
    ...readFileSync("docs/performance.md", "utf8").matchAll(/^\| ([^|]+?) +\| +([\d,]+) \| +([\d,]*) +\|$/gm),
  ];
  const number = (text: string | undefined): number => Number(text?.replaceAll(",", ""));

  it("gives the committed gas of every scenario", () => {
    const told = Object.fromEntries(rows.map(([, scenario = "", gas]) => [scenario, number(gas)]));
    expect(told).to.deep.equal(JSON.parse(readFileSync("bench/snapshots/gas.json", "utf8")));
  });

  it("keeps every figure within its bound", () => {
    const bounded = rows.filter(([, , , bound]) => bound !== "");
    expect(bounded).to.have.length(5);
    for (const [, scenario, gas, bound] of bounded) expect(number(gas), scenario).to.be.at.most(number(bound));
  });
});
