import { expect } from "chai";
import fc from "fast-check";
import { describe, it } from "mocha";
import { keccak256, stringToBytes, stringToHex, zeroHash } from "viem";

import {
  ALL_ELEMENTS,
  BLANK_PURPOSE,
  BLANK_TERMS,
  FACTS,
  MODIFIERS,
  NO_EXPIRY,
  PERMISSIONS,
} from "../../../src/model/index.ts";
import {
  institutionIdOf,
  InvalidInputError,
  purposeFromJson,
  purposeToJson,
  regionCode,
  termsFromJson,
  termsToJson,
} from "../../../src/sdk/index.ts";
import { digest } from "../../support/digest.ts";
import { arbitraryPublicTerms, arbitraryWirePurpose } from "./arbitraryJson.ts";

const pinned = { ontologyRelease: digest(1), regionRelease: digest(2) };
const throughJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

function refusal(read: () => unknown): InvalidInputError {
  try {
    read();
  } catch (error) {
    expect(error).to.be.instanceOf(InvalidInputError);
    return error as InvalidInputError;
  }
  throw new Error("It was taken.");
}

describe("terms as JSON", () => {
  it("come back as they were", () => {
    fc.assert(
      fc.property(arbitraryPublicTerms, (terms) => {
        expect(termsFromJson(throughJson(termsToJson(terms)))).to.deep.equal(terms);
      }),
      { numRuns: 500 },
    );
  });

  it("are read field by field", () => {
    const terms = termsFromJson(
      {
        permissions: ["DS", "POA"],
        modifiers: ["GS", "IS", "US", "PS", "RS", "TS", "MOR", "COL"],
        diseases: ["MONDO:0005814", "MONDO:0004992", "MONDO:0005814"],
        regions: ["US-CA", "DK"],
        institutions: ["https://ror.org/x", digest(9)],
        users: [digest(0xab).toUpperCase().replace("X", "x")],
        projects: [digest(4)],
        investigators: [digest(6), digest(5)],
        researchTypes: ["A:1", "sleep, and how it ends"],
        months: 12,
        moratoriumUntil: "2030-01-01T01:00:00+01:00",
        elements: [0, 63],
        from: "2026-01-01",
        reConsentBy: 2_000_000_000,
        dictionaryRelease: digest(3),
        notice: {
          texts: [
            { language: "en", form: digest(1), sheet: digest(2) },
            { language: "da", form: digest(3), sheet: digest(4) },
          ],
          controller: "https://ror.org/x",
          legalBasis: "publicInterestResearch",
          retentionMonths: 60,
          ethicsApproval: digest(7),
        },
      },
      pinned,
    );
    expect(terms).to.deep.equal({
      ...BLANK_TERMS,
      ...pinned,
      permissions: PERMISSIONS.DS | PERMISSIONS.POA,
      modifiers: Object.entries(MODIFIERS)
        .filter(([name]) => ["GS", "IS", "US", "PS", "RS", "TS", "MOR", "COL"].includes(name))
        .reduce((mask, [, bit]) => mask | bit, 0),
      diseases: [4992, 5814],
      regions: [regionCode("DK"), regionCode("US-CA")],
      institutions: [digest(9), institutionIdOf("https://ror.org/x")].sort(),
      users: [digest(0xab)],
      projects: [digest(4)],
      investigators: [digest(5), digest(6)],
      researchTypes: [stringToHex("A:1", { size: 32 })],
      researchTexts: [keccak256(stringToBytes("sleep, and how it ends"))],
      months: 12,
      moratoriumUntil: Date.UTC(2030, 0, 1) / 1000,
      elements: (1n << 63n) | 1n,
      from: Date.UTC(2026, 0, 1) / 1000,
      reConsentBy: 2_000_000_000,
      dictionaryRelease: digest(3),
      notice: {
        texts: [
          { language: stringToHex("da", { size: 8 }), form: digest(3), sheet: digest(4) },
          { language: stringToHex("en", { size: 8 }), form: digest(1), sheet: digest(2) },
        ],
        controller: institutionIdOf("https://ror.org/x"),
        legalBasis: 2,
        retentionMonths: 60,
        ethicsApproval: digest(7),
        ethicsUntil: NO_EXPIRY,
      },
    });
  });

  it("restrict nothing by what is left out or null, and pin no release without what it is for", () => {
    const least = { ...BLANK_TERMS, permissions: PERMISSIONS.GRU };
    expect(termsFromJson({ permissions: ["GRU"] }, pinned)).to.deep.equal(least);
    const nulls = Object.fromEntries(
      ["modifiers", "elements", "from", "reConsentBy", "notice"].map((name) => [name, null]),
    );
    expect(termsFromJson({ permissions: ["GRU"], ...nulls }, pinned)).to.deep.equal(least);
    expect(least).to.include({ elements: ALL_ELEMENTS, ontologyRelease: zeroHash, regionRelease: zeroHash });
  });

  it("prefer the release that they name themselves", () => {
    const named = { permissions: ["DS"], diseases: ["MONDO:0004992"], ontologyRelease: digest(8) };
    expect(termsFromJson(named, pinned).ontologyRelease).to.equal(digest(8));
  });

  const text = { language: "da", form: digest(1), sheet: digest(2) };
  const gru = (more: object): object => ({ permissions: ["GRU"], ...more });
  const noticed = (more: object): object => gru({ notice: more });
  const refused: readonly (readonly [what: string, value: unknown, path: string, name?: string])[] = [
    ["nothing", undefined, "$"],
    ["null", null, "$"],
    ["a list", [], "$"],
    ["a text", "GRU", "$"],
    ["an empty object", {}, "$.permissions"],
    ["an unknown field", gru({ disease: [] }), "$.disease"],
    ["a field named __proto__", JSON.parse('{"permissions":["GRU"],"__proto__":{}}'), "$.__proto__"],
    ["an inherited name for a permission", { permissions: ["constructor"] }, "$.permissions[0]", "DataUseUnknownBits"],
    ["an inherited name for a modifier", gru({ modifiers: ["GS", "valueOf"] }), "$.modifiers[1]", "DataUseUnknownBits"],
    ["permissions that are a text", { permissions: "GRU" }, "$.permissions"],
    ["permissions that look like a list", { permissions: { length: 1, 0: "GRU" } }, "$.permissions"],
    ["a permission that is a number", { permissions: [1] }, "$.permissions[0]"],
    ["no permission", { permissions: [] }, "$", "DataUseEmpty"],
    ["a broad permission beside a narrow one", { permissions: ["GRU", "HMB"] }, "$", "DataUsePermissionContained"],
    ["no element", gru({ elements: [] }), "$", "DataUseEmpty"],
    ["an element beyond the bits", gru({ elements: [64] }), "$.elements[0]"],
    ["an element by name", gru({ elements: ["Genetic test"] }), "$.elements[0]"],
    ["a disease of another hierarchy", gru({ diseases: ["DOID:162"] }), "$.diseases[0]"],
    ["a disease with a line break", gru({ diseases: ["MONDO:0004992\n"] }), "$.diseases[0]"],
    ["diseases without DS", gru({ diseases: ["MONDO:0004992"] }), "$", "DataUseDiseasesMismatch"],
    ["a release without DS", gru({ ontologyRelease: digest(1) }), "$", "DataUseDiseasesMismatch"],
    ["a release that is none", gru({ ontologyRelease: "2022-09-06" }), "$.ontologyRelease"],
    ["a region release without GS", gru({ regionRelease: digest(1) }), "$", "DataUseParameterMismatch"],
    ["a region that is none", gru({ modifiers: ["GS"], regions: ["DENMARK"] }), "$.regions[0]"],
    ["a list without its code", gru({ users: [digest(1)] }), "$", "DataUseParameterMismatch"],
    ["a code without its list", gru({ modifiers: ["US"] }), "$", "DataUseParameterMismatch"],
    ["a user's name", gru({ modifiers: ["US"], users: ["0000-0002-1825-0097"] }), "$.users[0]"],
    ["a project's name", gru({ modifiers: ["PS"], projects: ["Lantern"] }), "$.projects[0]"],
    ["an investigator's name", gru({ modifiers: ["COL"], investigators: ["Dr Who"] }), "$.investigators[0]"],
    ["an institution that is no text", gru({ modifiers: ["IS"], institutions: [7] }), "$.institutions[0]"],
    ["an empty research type", gru({ modifiers: ["RS"], researchTypes: [""] }), "$.researchTypes[0]"],
    ["no months", gru({ modifiers: ["TS"], months: 0 }), "$.months"],
    ["months that do not fit", gru({ modifiers: ["TS"], months: 65536 }), "$.months"],
    ["months as text", gru({ modifiers: ["TS"], months: "12" }), "$.months"],
    ["a day that does not exist", gru({ from: "2026-02-30" }), "$.from"],
    ["a time without a zone", gru({ from: "2026-02-03T12:00" }), "$.from"],
    ["a time that does not fit", gru({ reConsentBy: 2 ** 32 - 1 }), "$.reConsentBy"],
    ["a time before all others", gru({ from: -1 }), "$.from"],
    ["a notice that is a list", noticed([]), "$.notice"],
    ["an unknown field of the notice", noticed({ text: [] }), "$.notice.text"],
    ["a language that is none", noticed({ texts: [{ ...text, language: "Danish!" }] }), "$.notice.texts[0].language"],
    [
      "a language that is too long",
      noticed({ texts: [{ ...text, language: "de-CH-1996" }] }),
      "$.notice.texts[0].language",
    ],
    ["a text without a sheet", noticed({ texts: [{ ...text, sheet: null }] }), "$.notice.texts[0].sheet"],
    ["a form that is no digest", noticed({ texts: [text, { ...text, form: "form.pdf" }] }), "$.notice.texts[1].form"],
    ["a language twice", noticed({ texts: [text, text] }), "$", "DataUseNoticeInvalid"],
    ["an unknown legal basis", noticed({ legalBasis: "toString" }), "$.notice.legalBasis"],
    ["an approval's end without the approval", noticed({ ethicsUntil: "2030-01-01" }), "$", "DataUseNoticeInvalid"],
  ];
  for (const [what, value, path, name = "InvalidInput"] of refused) {
    it(`are refused at ${path}: ${what}`, () => {
      const { args, fix, message, ...error } = refusal(() => termsFromJson(value, pinned));
      expect(args.input).to.equal(path);
      expect(error.name).to.equal(name);
      expect(message.startsWith(path)).to.equal(true);
      expect(message.length).to.be.lessThan(300);
      expect(fix).to.match(/\.$/);
    });
  }

  it("read or refuse a huge list at once", () => {
    const users = Array.from({ length: 50_000 }, (_, i) => stringToHex(`${i}`, { size: 32 }));
    expect(termsFromJson(gru({ modifiers: ["US"], users }), pinned).users).to.have.length(50_000);
    const { args, message } = refusal(() => termsFromJson(gru({ permissions: ["X".repeat(1_000_000)] })));
    expect(args.input).to.equal("$.permissions[0]");
    expect(message.length).to.be.lessThan(300);
  });
});

describe("a purpose as JSON", () => {
  it("comes back as it was", () => {
    fc.assert(
      fc.property(arbitraryWirePurpose, (purpose) => {
        expect(purposeFromJson(throughJson(purposeToJson(purpose)))).to.deep.equal(purpose);
      }),
      { numRuns: 500 },
    );
  });

  it("states nothing by what is left out, null, or the answer that no modifier wants", () => {
    const least = { ...BLANK_PURPOSE, kinds: 1 };
    expect(purposeFromJson({ kinds: ["GRU"] })).to.deep.equal(least);
    expect(purposeFromJson({ kinds: ["GRU"], notForProfit: null, months: null })).to.deep.equal(least);
    const unwanted = { notForProfit: false, commercial: true, reidentifies: true, months: 0, publishFrom: 0 };
    expect(purposeFromJson({ kinds: ["GRU"], ...unwanted })).to.deep.equal(least);
    expect(purposeFromJson({ kinds: ["GRU"], commercial: false }).stated).to.equal(FACTS.notCommercial);
  });

  const gru = (more: object): object => ({ kinds: ["GRU"], ...more });
  const refused: readonly (readonly [what: string, value: unknown, path: string, name?: string])[] = [
    ["nothing", null, "$"],
    ["no kinds", {}, "$.kinds"],
    ["no kind", { kinds: [] }, "$", "DataUseEmpty"],
    ["kind DS with no disease", { kinds: ["DS"] }, "$", "DataUseDiseasesMismatch"],
    ["terms", gru({ permissions: ["GRU"] }), "$.permissions"],
    ["an inherited name", { kinds: ["hasOwnProperty"] }, "$.kinds[0]", "DataUseUnknownBits"],
    ["a fact that is no boolean", gru({ ethicsApproval: 1 }), "$.ethicsApproval"],
    ["a collaborator's name", gru({ collaborators: ["Dr Who"] }), "$.collaborators[0]"],
    ["an unknown topic", gru({ sensitive: ["money"] }), "$.sensitive[0]", "DataUseUnknownBits"],
    ["an unknown fact", gru({ unattested: ["kinds"] }), "$.unattested[0]", "DataUseUnknownBits"],
  ];
  for (const [what, value, path, name = "InvalidInput"] of refused) {
    it(`is refused at ${path}: ${what}`, () => {
      const error = refusal(() => purposeFromJson(value));
      expect(error.args.input).to.equal(path);
      expect(error.name).to.equal(name);
    });
  }
});
