import { expect } from "chai";
import { describe, it } from "mocha";
import { zeroHash } from "viem";

import { FACTS, KINDS, MODIFIERS, NO_EXPIRY, PERMISSIONS } from "../../src/model/index.ts";
import { codesOfPurpose, codesOfTerms, purposeFromCodes, termsFromCodes } from "../../src/sdk/dataUseCodes.ts";
import { InvalidInputError } from "../../src/sdk/index.ts";
import { digestOf } from "./world.ts";

describe("terms and purposes by the names of their codes", () => {
  it("are the sets of those codes, with nothing left out", () => {
    expect(termsFromCodes({ permissions: ["GRU"] })).to.deep.equal({
      permissions: PERMISSIONS.GRU,
      modifiers: 0,
      diseases: [],
      ontologyRelease: zeroHash,
      from: 0,
      reConsentBy: NO_EXPIRY,
      documents: zeroHash,
    });
    const given = { diseases: [2], ontologyRelease: digestOf("release"), from: 5, reConsentBy: 9, documents: zeroHash };
    expect(termsFromCodes({ permissions: ["DS", "POA"], modifiers: ["NPU", "CC"], ...given })).to.deep.equal({
      permissions: PERMISSIONS.DS | PERMISSIONS.POA,
      modifiers: MODIFIERS.NPU | MODIFIERS.CC,
      ...given,
    });
    expect(purposeFromCodes({ kinds: ["DS", "MDS"], diseases: [2], unattested: ["notForProfit"] })).to.deep.equal({
      kinds: KINDS.DS | KINDS.MDS,
      diseases: [2],
      unattested: FACTS.notForProfit,
    });
  });

  it("are named again", () => {
    expect(codesOfTerms(termsFromCodes({ permissions: ["POA", "DS"], modifiers: ["NPU"] }))).to.deep.equal({
      permissions: ["DS", "POA"],
      modifiers: ["NPU"],
    });
    expect(codesOfPurpose(purposeFromCodes({ kinds: ["CC"], unattested: ["notForProfit"] }))).to.deep.equal({
      kinds: ["CC"],
      unattested: ["notForProfit"],
    });
  });

  it("are refused when a code is none of this version", () => {
    for (const make of [
      () => termsFromCodes({ permissions: ["gru"] }),
      () => termsFromCodes({ permissions: ["GRU"], modifiers: ["toString"] }),
      () => purposeFromCodes({ kinds: ["__proto__"] }),
      () => purposeFromCodes({ kinds: ["DS"], unattested: [""] }),
    ]) {
      expect(make)
        .to.throw(InvalidInputError)
        .that.includes({ name: "DataUseUnknownBits" })
        .and.has.property("fix")
        .that.matches(/out of .+\.$/);
    }
  });
});
