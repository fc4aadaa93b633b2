import { createHash } from "node:crypto";

import { expect } from "chai";
import { describe, it } from "mocha";

import { REGION_TABLE, regionHierarchy } from "../../src/files/index.ts";
import { REGION_GROUPS, regionNumber, STATES } from "../../src/model/index.ts";

const number = (region: string): number => regionNumber(region) ?? 0;

describe("regionHierarchy", () => {
  const table = regionHierarchy();

  it("has the 249 states and territories of ISO 3166-1 and their groups, each once", () => {
    expect(STATES).to.have.length(249);
    expect(new Set(STATES).size).to.equal(249);
    expect(STATES.every((state) => /^[A-Z]{2}$/.test(state))).to.equal(true);
    expect(table.terms).to.have.length(249 + Object.keys(REGION_GROUPS).length);
    for (const member of Object.values(REGION_GROUPS).flat()) expect(table.has(number(member)), member).to.equal(true);
  });

  it("places states in their groups and the Union in the EEA, and nothing else anywhere", () => {
    const above = (region: string): number[] => table.ancestors(number(region));
    expect(above("DK")).to.deep.equal([number("EEA"), number("EU")].sort((a, b) => a - b));
    expect(above("NO")).to.deep.equal([number("EEA")]);
    expect(above("EU")).to.deep.equal([number("EEA")]);
    for (const region of ["GB", "CH", "US", "EEA"]) expect(above(region), region).to.deep.equal([]);
    expect(table.pairs).to.equal(27 * 2 + 3 + 1);
  });

  it("keeps its root, for terms pin it", () => {
    expect(table.root).to.equal("0x1bf305aef99858b193e0736377d25e8016a97635774df59f8dee48b82ddc38e8");
    expect(REGION_TABLE).to.deep.equal({
      name: "Regions: ISO 3166-1 with EU and EEA",
      version: "2020-02-01",
      sourceDigest: "0xab3bc4d4a5eeb93b0a84d7b5359fd4c4e3325927ae151ff7e1e4ec7c787b56da",
    });
  });

  it("says from what JSON it was made", () => {
    const around = (region: string): string[] => {
      return Object.keys(REGION_GROUPS).filter(
        (group) => table.covered(number(region), [number(group)]) && group !== region,
      );
    };
    const regions = [...STATES, ...Object.keys(REGION_GROUPS)];
    const json = JSON.stringify(Object.fromEntries(regions.map((region) => [region, around(region)])));
    expect(REGION_TABLE.sourceDigest).to.equal(`0x${createHash("sha256").update(json).digest("hex")}`);
  });

  it("names a region that it does not have, and has no subdivisions", () => {
    expect(() => table.ancestors(number("US-CA"))).to.throw("the release has no US-CA");
  });
});
