import { expect } from "chai";
import fc from "fast-check";
import { describe, it } from "mocha";

import { InvalidInputError, isRegionWithin, REGION_GROUPS, regionCode, regionName } from "../../../src/sdk/index.ts";
import { regionsAround } from "../../../src/sdk/dataUse/regions.ts";

const arbitraryRegion = fc.stringMatching(/^[A-Z][A-Z0-9]{0,2}(-[A-Z0-9]{1,2})?$/);

describe("region codes", () => {
  it("come back as they were, and fit 32 bits", () => {
    fc.assert(
      fc.property(arbitraryRegion, (text) => {
        const code = regionCode(text);
        expect(code).to.be.lessThan(2 ** 32);
        expect(regionName(code)).to.equal(text);
      }),
    );
  });

  it("are in the order of their texts, a state before its subdivisions", () => {
    const texts = ["DE", "DK", "DK-81", "DK-84", "EEA", "EU", "US", "US-CA", "US-NY"];
    expect(texts.map(regionCode)).to.deep.equal(texts.map(regionCode).sort((a, b) => a - b));
  });

  it("refuse what is no code", () => {
    for (const text of ["", "dk", "1K", "DK-", "-DK", "DK-84-1", "DENMARK", "D K", "DK\n", "ÆØ", "DK\0"]) {
      expect(() => regionCode(text), JSON.stringify(text)).to.throw(InvalidInputError, "region");
    }
  });

  it("are numbers where others have written what stands for no text", () => {
    for (const code of [0, 1, 37, 2 ** 32 - 1]) expect(regionName(code)).to.equal(String(code));
  });
});

describe("region groups", () => {
  it("have the members of 2020-02-01: the Union without the United Kingdom, and the area with three more", () => {
    const { EU = [], EEA = [] } = REGION_GROUPS;
    expect(EU).to.have.length(27);
    expect(EU).to.not.include("GB");
    expect(EEA).to.have.members(["EU", ...EU, "IS", "LI", "NO"]);
    for (const member of [...EU, ...EEA]) expect(regionName(regionCode(member))).to.equal(member);
  });

  it("lie around their members, and states around their subdivisions", () => {
    expect(regionsAround("DK-84")).to.have.members(["DK", "EU", "EEA"]);
    expect(regionsAround("NO")).to.have.members(["EEA"]);
    expect(regionsAround("EU")).to.have.members(["EEA"]);
    expect(regionsAround("US-CA")).to.have.members(["US"]);
    expect(regionsAround("GB")).to.deep.equal([]);
    expect(regionsAround("EEA")).to.deep.equal([]);
  });

  it("are strictly around: nothing lies within itself", () => {
    fc.assert(fc.property(arbitraryRegion, (text) => !isRegionWithin(regionCode(text), regionCode(text))));
    expect(isRegionWithin(regionCode("DK"), regionCode("EEA"))).to.equal(true);
    expect(isRegionWithin(regionCode("EEA"), regionCode("DK"))).to.equal(false);
  });
});
