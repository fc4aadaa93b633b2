import { expect } from "chai";
import fc from "fast-check";
import { describe, it } from "mocha";

import {
  ALL_ELEMENTS,
  BLANK_TERMS,
  checkDecidableTerms,
  decide,
  MODIFIERS,
  outcomeOf,
  type Outcome,
  type Terms,
} from "../../../src/model/index.ts";
import { diffTerms, regionCode, termsFromJson } from "../../../src/sdk/index.ts";
import { arbitraryPurpose, arbitraryTerms, AT, coveredBy, REGIONS, TERMS } from "../../model/arbitraryMatching.ts";
import { digest } from "../../support/digest.ts";

const everything = TERMS.map(() => "everything" as const);
const covered = coveredBy(everything);
const RANK: Readonly<Record<Outcome, number>> = { DENY: 0, MANUAL: 1, APPROVE: 2 };

const read = (value: object): Terms => termsFromJson(value, { ontologyRelease: digest(1), regionRelease: digest(2) });
const gru = (more: object = {}): Terms => read({ permissions: ["GRU"], ...more });

describe("diffTerms", () => {
  /** Half of the pairs add one's modifiers to the other: unrelated terms seldom are narrower than others. */
  const pairs = fc.tuple(arbitraryTerms, arbitraryTerms, fc.boolean()).map(([before, other, isNear]) => {
    if (!isNear) return [before, other] as const;
    const either = <Item>(a: readonly Item[], b: readonly Item[]): readonly Item[] => (a.length > 0 ? a : b);
    const after = {
      ...before,
      modifiers: before.modifiers | other.modifiers,
      regions: either(before.regions, other.regions),
      regionRelease: REGIONS,
      institutions: either(before.institutions, other.institutions),
      users: either(before.users, other.users),
      projects: either(before.projects, other.projects),
      investigators: either(before.investigators, other.investigators),
      researchTypes: [
        ...before.researchTypes,
        ...other.researchTypes.filter(() => (before.modifiers & MODIFIERS.RS) === 0),
      ],
      researchTexts: before.researchTexts,
      months: before.months || other.months,
      moratoriumUntil: Math.max(before.moratoriumUntil, other.moratoriumUntil),
      from: Math.max(before.from, other.from),
      elements: before.elements & other.elements,
    };
    return [{ ...before, regionRelease: REGIONS }, isDecidable(after) ? after : other] as const;
  });
  const isDecidable = (terms: Terms): boolean => {
    try {
      checkDecidableTerms(terms);
      return true;
    } catch {
      return false;
    }
  };

  it("names nothing as newly allowed only where no purpose gets a better decision", () => {
    let narrower = 0;
    const outcome = (terms: Terms, purpose: Parameters<typeof decide>[1]): number =>
      RANK[
        outcomeOf(
          decide([{ name: "consent", state: 2, until: AT + 1, elements: ALL_ELEMENTS, terms }], purpose, AT, covered),
        )
      ];
    fc.assert(
      fc.property(pairs, fc.array(arbitraryPurpose, { minLength: 8, maxLength: 8 }), ([before, after], purposes) => {
        const { isNarrower, newlyAllowed } = diffTerms(before, after, { covered });
        expect(isNarrower).to.equal(newlyAllowed.length === 0);
        if (!isNarrower) return;
        narrower += 1;
        for (const purpose of purposes) expect(outcome(after, purpose)).to.be.at.most(outcome(before, purpose));
      }),
      { numRuns: 4_000, seed: 5 },
    );
    expect(narrower).to.be.greaterThan(500);
  });

  it("finds nothing between terms and themselves", () => {
    fc.assert(
      fc.property(arbitraryTerms, (terms) => {
        expect(diffTerms(terms, terms)).to.deep.equal({ newlyAllowed: [], noLongerAllowed: [], isNarrower: true });
      }),
    );
  });

  it("tells the same from both sides", () => {
    fc.assert(
      fc.property(arbitraryTerms, arbitraryTerms, (a, b) => {
        expect(diffTerms(a, b, { covered }).newlyAllowed).to.deep.equal(diffTerms(b, a, { covered }).noLongerAllowed);
      }),
    );
  });

  const cancer = { permissions: ["DS"], diseases: ["MONDO:0004992"] };
  const rows: readonly (readonly [what: string, before: Terms, after: Terms, sentences: readonly string[]])[] = [
    [
      "a permission",
      read({ permissions: ["HMB"] }),
      gru(),
      ["Research of any kind.", "Research into population origins or ancestry."],
    ],
    [
      "any disease",
      read(cancer),
      read({ permissions: ["HMB"] }),
      [
        "Health, medical or biomedical research.",
        "Research into diseases, not only for MONDO:0004992 and diseases below it.",
        "The development of methods, not only for MONDO:0004992 and diseases below it.",
        "Use as a control set, if a person decides so, not only for MONDO:0004992 and diseases below it.",
      ],
    ],
    [
      "a disease, where only diseases were allowed for",
      read({ permissions: ["POA"] }),
      read(cancer),
      [
        "Research into diseases, for MONDO:0004992 and diseases below it.",
        "Use as a control set, if a person decides so, for MONDO:0004992 and diseases below it.",
      ],
    ],
    ["clinical care", gru(), gru({ modifiers: ["CC"] }), ["Clinical care."]],
    ["methods", gru({ modifiers: ["NMDS"] }), gru(), ["The development of methods."]],
    ["one half of a modifier", gru({ modifiers: ["NPUNCU"] }), gru({ modifiers: ["NPU"] }), ["Commercial use."]],
    [
      "nothing, where two modifiers stand for one",
      gru({ modifiers: ["NPUNCU"] }),
      gru({ modifiers: ["NPU", "NCU"] }),
      [],
    ],
    [
      "every fact",
      gru({ modifiers: ["IRB", "COL", "PUB", "RTN", "GSO", "X:NRI", "X:NRL", "X:NMT"] }),
      gru(),
      [
        "Use without an ethics committee's approval.",
        "Use without collaboration with the investigators.",
        "Use without publication of the results.",
        "Use without giving back derived data.",
        "Studies that are not genetic.",
        "Use in which somebody tries to find out who the participants are, where the law compels it.",
        "Linkage with other records about the participants.",
        "The training of models.",
      ],
    ],
    [
      "a user",
      gru({ modifiers: ["US"], users: [digest(3)] }),
      gru({ modifiers: ["US"], users: [digest(3), digest(4)] }),
      [`Use by or for the user ${digest(4)}.`],
    ],
    [
      "any project",
      gru({ modifiers: ["PS"], projects: [digest(3)] }),
      gru(),
      ["Use by or for any project, not only those listed."],
    ],
    [
      "another investigator",
      gru({ modifiers: ["COL"], investigators: [digest(3)] }),
      gru({ modifiers: ["COL"], investigators: [digest(4)] }),
      ["Use to which none of the investigators named before has agreed."],
    ],
    [
      "a type of research",
      gru({ modifiers: ["RS"], researchTypes: ["A:1"] }),
      gru({ modifiers: ["RS"], researchTypes: ["A:1", "A:2"] }),
      ["Research of the type A:2."],
    ],
    [
      "any type of research",
      gru({ modifiers: ["RS"], researchTypes: ["A:1"] }),
      gru(),
      ["Research of any type, not only of those listed."],
    ],
    ["any region", gru({ modifiers: ["GS"], regions: ["DK"] }), gru(), ["Use in any region of the world."]],
    [
      "months",
      gru({ modifiers: ["TS"], months: 12 }),
      gru({ modifiers: ["TS"], months: 24 }),
      ["Use for 24 months, not only 12."],
    ],
    ["any time", gru({ modifiers: ["TS"], months: 12 }), gru(), ["Use without a limit of time."]],
    [
      "an earlier publication",
      gru({ modifiers: ["MOR"], moratoriumUntil: "2030-01-01" }),
      gru({ modifiers: ["MOR"], moratoriumUntil: "2029-01-01" }),
      ["Publication from 2029-01-01 on, not only from 2030-01-01 on."],
    ],
    [
      "publication at any time",
      gru({ modifiers: ["MOR"], moratoriumUntil: "2030-01-01" }),
      gru(),
      ["Publication at any time, not only from 2030-01-01 on."],
    ],
    ["an earlier beginning", gru({ from: "2030-01-01" }), gru(), ["Use at once, not only from 2030-01-01 on."]],
    [
      "a later end",
      gru({ reConsentBy: "2030-01-01" }),
      gru({ reConsentBy: "2031-01-01T12:00:00Z" }),
      ["Use until 2031-01-01T12:00:00Z, not only until 2030-01-01."],
    ],
    ["no end", gru({ reConsentBy: "2030-01-01" }), gru(), ["Use without an end, not only until 2030-01-01."]],
    ["elements", gru({ elements: [1] }), gru({ elements: [1, 3] }), ["Use of these elements of the data: 3."]],
    ["all elements", gru({ elements: [1] }), gru(), ["Use of all elements of the data."]],
    [
      "another controller",
      gru(),
      gru({ notice: { controller: digest(7) } }),
      [`Processing under the responsibility of the institution ${digest(7)}.`],
    ],
    [
      "a longer retention",
      gru({ notice: { retentionMonths: 6 } }),
      gru({ notice: { retentionMonths: 7 } }),
      ["Keeping the data for 7 months after the end, not only 6."],
    ],
    [
      "an unstated retention",
      gru({ notice: { retentionMonths: 6 } }),
      gru(),
      ["Keeping the data for a time that is not stated."],
    ],
  ];
  for (const [what, before, after, sentences] of rows) {
    it(`names ${what}`, () => {
      const { newlyAllowed, isNarrower } = diffTerms(before, after);
      expect(newlyAllowed).to.deep.equal(sentences);
      expect(isNarrower).to.equal(sentences.length === 0);
      expect(diffTerms(after, before).noLongerAllowed).to.deep.equal(sentences);
    });
  }

  describe("where it hangs on a hierarchy", () => {
    const ds = (...diseases: number[]): Terms => ({
      ...BLANK_TERMS,
      permissions: 8,
      diseases,
      ontologyRelease: digest(1),
    });
    const labelOf = (disease: number): string => `disease ${disease}`;

    it("says that it is not known, unless somebody knows", () => {
      const { newlyAllowed, isNarrower } = diffTerms(ds(1), ds(4));
      expect(isNarrower).to.equal("unknown");
      expect(newlyAllowed).to.deep.equal([
        "Perhaps research into MONDO:0000004 and diseases below it: whether it was allowed is not known.",
      ]);
      expect(diffTerms(ds(1), ds(4), { covered }).isNarrower).to.equal(true);
    });

    it("is certain of what is known not to be covered", () => {
      const { newlyAllowed, isNarrower } = diffTerms(ds(2), ds(1, 4), { covered, labelOf });
      expect(isNarrower).to.equal(false);
      expect(newlyAllowed).to.deep.equal(["Research into disease 1 (MONDO:0000001) and diseases below it."]);
    });

    it("trusts no other release of the hierarchy, of the regions and of the dictionary", () => {
      const other = { ...ds(1), ontologyRelease: digest(9) };
      expect(diffTerms(ds(1), other, { covered })).to.deep.include({ isNarrower: "unknown" });
      const eea = gru({ modifiers: ["GS"], regions: ["EEA"] });
      expect(diffTerms(eea, { ...eea, regionRelease: digest(9) }).isNarrower).to.equal("unknown");
      expect(diffTerms(gru(), gru({ dictionaryRelease: digest(9) })).isNarrower).to.equal("unknown");
    });

    it("finds a region within another where somebody knows", () => {
      const [eea, dk] = [gru({ modifiers: ["GS"], regions: ["EEA"] }), gru({ modifiers: ["GS"], regions: ["DK"] })];
      expect(diffTerms(eea, dk).newlyAllowed).to.deep.equal([
        "Perhaps use in DK: whether it was allowed is not known.",
      ]);
      const knows = (_: unknown, below: number, above: number) =>
        below === regionCode("DK") && above === regionCode("EEA") ? "covered" : ("notCovered" as const);
      expect(diffTerms(eea, dk, { covered: knows }).isNarrower).to.equal(true);
      expect(diffTerms(dk, eea, { covered: knows }).newlyAllowed).to.deep.equal(["Use in EEA."]);
    });
  });
});
