import { expect } from "chai";
import { describe, it } from "mocha";

import { MODIFIERS, outcomeOf, PERMISSIONS, reasonsOf } from "../../../src/model/index.ts";
import { decideCase, InvalidInputError, matchingCasesFromJson } from "../../../src/sdk/index.ts";
import { MATCHING_CASES, MATCHING_ROWS, ROW_ANCESTORS, written } from "../../model/matchingRows.ts";

const covers = (descendant: number, ancestor: number) => {
  const ancestors = ROW_ANCESTORS[descendant];
  if (ancestors === undefined) return "unproven";
  return ancestors.includes(ancestor) ? "covered" : "notCovered";
};

describe("MATCHING.md's table, decided by the reference model", () => {
  const cases = matchingCasesFromJson(MATCHING_CASES);

  MATCHING_ROWS.forEach(([name, , , expected], index) => {
    it(`${name}: ${expected}`, () => {
      const verdict = decideCase(cases[index]!, covers);
      expect(written(outcomeOf(verdict), reasonsOf(verdict))).to.equal(expected);
    });
  });

  it("has rows for every code", () => {
    const carried = MATCHING_ROWS.flatMap(([, { permissions, modifiers }]) => [permissions, modifiers].flat());
    expect([...Object.keys(PERMISSIONS), ...Object.keys(MODIFIERS)].filter((code) => !carried.includes(code))).to.be
      .empty;
  });
});

describe("layers of a case", () => {
  const purpose = { kinds: ["HMB"] };
  const decided = (layers: unknown) => {
    const [one] = matchingCasesFromJson([{ id: "layers", at: 1, layers, purpose }]);
    const verdict = decideCase(one!, covers);
    return [outcomeOf(verdict), ...reasonsOf(verdict)];
  };

  it("are decided alone, and the worst result wins", () => {
    const consent = { layer: "consent", permissions: ["GRU"] };
    const dataset = { layer: "dataset", permissions: ["POA"] };
    const committee = { layer: "committee", permissions: ["NRES"], modifiers: ["IRB"] };
    expect(decided([consent])).to.deep.equal(["APPROVE"]);
    expect(decided([consent, dataset])).to.deep.equal(["DENY", "dataset:HMB_NOT_PERMITTED"]);
    expect(decided([committee, dataset, consent])).to.deep.equal([
      "DENY",
      "committee:IRB_ETHICS_APPROVAL",
      "dataset:HMB_NOT_PERMITTED",
    ]);
  });

  it("may be any of the five", () => {
    for (const layer of ["consent", "coConsent", "dataset", "committee", "jurisdiction"]) {
      expect(decided([{ layer, permissions: ["POA"] }])).to.deep.equal(["DENY", `${layer}:HMB_NOT_PERMITTED`]);
    }
  });
});

describe("a case that cannot be decided", () => {
  const good = { id: "a", at: 1, consent: { permissions: ["GRU"] }, purpose: { kinds: ["GRU"] } };
  const consent = (fields: object) => [{ ...good, consent: { permissions: ["GRU"], ...fields } }];
  const purpose = (fields: object) => [{ ...good, purpose: { kinds: ["GRU"], ...fields } }];
  const refused: readonly (readonly [what: string, cases: unknown, path: string, name: string])[] = [
    ["no list", {}, "$", "InvalidInput"],
    ["no case", [good, null], "$[1]", "InvalidInput"],
    ["no id", [{ ...good, id: undefined }], "$[0].id", "InvalidInput"],
    ["an unknown key", [{ ...good, consents: {} }], "$[0].consents", "InvalidInput"],
    ["neither consent nor layers", [{ ...good, consent: null }], "$[0]", "InvalidInput"],
    ["both consent and layers", [{ ...good, layers: [] }], "$[0]", "InvalidInput"],
    ["no layer", [{ ...good, consent: null, layers: [] }], "$[0].layers", "InvalidInput"],
    [
      "an unknown layer",
      [{ ...good, consent: null, layers: [{ layer: "family", permissions: ["GRU"] }] }],
      "$[0].layers[0].layer",
      "InvalidInput",
    ],
    ["no permissions", [{ ...good, consent: {} }], "$[0].consent.permissions", "InvalidInput"],
    [
      "an unknown permission",
      consent({ permissions: ["GRU", "XYZ"] }),
      "$[0].consent.permissions[1]",
      "DataUseUnknownBits",
    ],
    ["an inherited name", consent({ modifiers: ["toString"] }), "$[0].consent.modifiers[0]", "DataUseUnknownBits"],
    ["an unknown field of the consent", consent({ disease: [] }), "$[0].consent.disease", "InvalidInput"],
    ["a disease that is no Mondo id", consent({ diseases: ["DOID:1"] }), "$[0].consent.diseases[0]", "InvalidInput"],
    ["DS without diseases", consent({ permissions: ["DS"] }), "$[0].consent", "DataUseDiseasesMismatch"],
    ["diseases without DS", consent({ diseases: ["MONDO:0000001"] }), "$[0].consent", "DataUseDiseasesMismatch"],
    ["GS with an empty list", consent({ modifiers: ["GS"], regions: [] }), "$[0].consent", "DataUseParameterMismatch"],
    ["regions without GS", consent({ regions: ["DK"] }), "$[0].consent", "DataUseParameterMismatch"],
    ["IS without institutions", consent({ modifiers: ["IS"] }), "$[0].consent", "DataUseParameterMismatch"],
    ["users without US", consent({ users: ["a"] }), "$[0].consent", "DataUseParameterMismatch"],
    ["PS without projects", consent({ modifiers: ["PS"] }), "$[0].consent", "DataUseParameterMismatch"],
    ["RS without research types", consent({ modifiers: ["RS"] }), "$[0].consent", "DataUseParameterMismatch"],
    ["TS without months", consent({ modifiers: ["TS"] }), "$[0].consent", "DataUseParameterMismatch"],
    ["MOR without a date", consent({ modifiers: ["MOR"] }), "$[0].consent", "DataUseParameterMismatch"],
    ["investigators without COL", consent({ investigators: ["a"] }), "$[0].consent", "DataUseParameterMismatch"],
    [
      "CC with POA alone",
      consent({ permissions: ["POA"], modifiers: ["CC"] }),
      "$[0].consent",
      "DataUseModifierContradicts",
    ],
    [
      "POA alone with NPOA",
      consent({ permissions: ["POA"], modifiers: ["NPOA"] }),
      "$[0].consent",
      "DataUseModifierContradicts",
    ],
    [
      "a region in small letters",
      consent({ modifiers: ["GS"], regions: ["dk"] }),
      "$[0].consent.regions[0]",
      "InvalidInput",
    ],
    ["months that are none", consent({ modifiers: ["TS"], months: 1.5 }), "$[0].consent.months", "InvalidInput"],
    ["a day that does not exist", consent({ from: "2026-02-30" }), "$[0].consent.from", "InvalidInput"],
    ["an unknown state", consent({ state: "Paused" }), "$[0].consent.state", "InvalidInput"],
    ["no kind", purpose({ kinds: [] }), "$[0].purpose", "DataUseEmpty"],
    ["an unknown kind", purpose({ kinds: ["XYZ"] }), "$[0].purpose.kinds[0]", "DataUseUnknownBits"],
    ["kind DS with no disease", purpose({ kinds: ["DS"] }), "$[0].purpose", "DataUseDiseasesMismatch"],
    ["a fact that is no boolean", purpose({ notForProfit: "yes" }), "$[0].purpose.notForProfit", "InvalidInput"],
    ["an unknown fact", purpose({ unattested: ["kinds"] }), "$[0].purpose.unattested[0]", "DataUseUnknownBits"],
    ["an unknown topic", purpose({ sensitive: ["money"] }), "$[0].purpose.sensitive[0]", "DataUseUnknownBits"],
    ["an element beyond the bits", purpose({ elements: [64] }), "$[0].purpose.elements[0]", "InvalidInput"],
    ["a text for a list", purpose({ users: "a" }), "$[0].purpose.users", "InvalidInput"],
  ];
  for (const [what, cases, path, name] of refused) {
    it(`is refused at ${path}: ${what}`, () => {
      try {
        matchingCasesFromJson(cases);
      } catch (error) {
        expect(error).to.be.instanceOf(InvalidInputError);
        expect((error as InvalidInputError).args.input).to.equal(path);
        expect((error as InvalidInputError).name).to.equal(name);
        expect((error as InvalidInputError).fix).to.match(/\.$/);
        return;
      }
      expect.fail("It was taken.");
    });
  }

  it("leaves out what is null", () => {
    const fields = { modifiers: null, diseases: null, months: null, elements: null, from: null, until: null };
    expect(matchingCasesFromJson(consent(fields))).to.deep.equal(matchingCasesFromJson([good]));
  });
});
