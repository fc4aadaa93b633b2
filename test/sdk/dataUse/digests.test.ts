import { expect } from "chai";
import fc from "fast-check";
import { describe, it } from "mocha";
import { decodeAbiParameters, getAbiItem, keccak256 } from "viem";

import { termsRegistryAbi } from "../../../src/bindings/abi.ts";
import { BLANK_PURPOSE, BLANK_TERMS } from "../../../src/model/index.ts";
import {
  encodePurpose,
  encodeTerms,
  InvalidInputError,
  purposeDigest,
  termsDigest,
  termsFromJson,
} from "../../../src/sdk/index.ts";
import { digest } from "../../support/digest.ts";
import { arbitraryPublicTerms, arbitraryWirePurpose } from "./arbitraryJson.ts";

describe("digests of data use", () => {
  it("are of an encoding that has everything in it", () => {
    const { inputs } = getAbiItem({ abi: termsRegistryAbi, name: "digestOf" });
    fc.assert(
      fc.property(arbitraryPublicTerms, (terms) => {
        const encoded = encodeTerms(terms);
        expect(decodeAbiParameters(inputs, encoded)).to.deep.equal([terms]);
        expect(termsDigest(terms)).to.equal(keccak256(encoded));
      }),
    );
    fc.assert(
      fc.property(arbitraryWirePurpose, (purpose) => {
        expect(purposeDigest(purpose)).to.equal(keccak256(encodePurpose(purpose)));
      }),
    );
  });

  it("change with every word of the notice", () => {
    const of = (notice: object) => termsDigest(termsFromJson({ permissions: ["GRU"], notice }));
    const text = { language: "da", form: digest(1), sheet: digest(2) };
    const digests = [
      of({}),
      of({ texts: [text] }),
      of({ texts: [{ ...text, language: "en" }] }),
      of({ texts: [{ ...text, form: digest(3) }] }),
      of({ texts: [{ ...text, sheet: digest(3) }] }),
      of({ controller: digest(4) }),
      of({ legalBasis: "consent" }),
      of({ retentionMonths: 6 }),
      of({ ethicsApproval: digest(5) }),
      of({ ethicsApproval: digest(5), ethicsUntil: "2030-01-01" }),
    ];
    expect(new Set(digests).size).to.equal(digests.length);
  });

  it("refuse what the contracts would refuse", () => {
    expect(() => termsDigest(BLANK_TERMS))
      .to.throw(InvalidInputError)
      .with.property("name", "DataUseEmpty");
    expect(() => purposeDigest(BLANK_PURPOSE))
      .to.throw(InvalidInputError)
      .with.property("name", "DataUseEmpty");
    const unsorted = { ...BLANK_TERMS, permissions: 8, diseases: [2, 1], ontologyRelease: digest(1) };
    expect(() => termsDigest(unsorted))
      .to.throw(InvalidInputError)
      .with.property("name", "DataUseNotAscending");
  });
});
