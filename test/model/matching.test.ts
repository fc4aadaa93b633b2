import { expect } from "chai";
import fc from "fast-check";
import { describe, it } from "mocha";

import {
  ALL_ELEMENTS,
  BLANK_PURPOSE,
  BLANK_TERMS,
  type Bytes,
  ConsentState,
  type Covered,
  decide,
  DENY_REASONS,
  FACTS,
  join,
  type Kind,
  KINDS,
  type Layer,
  LAYERS,
  MANUAL_REASONS,
  maskOf,
  type Modifier,
  MODIFIERS,
  NO_EXPIRY,
  type Outcome,
  outcomeOf,
  type Permission,
  PERMISSIONS,
  type Purpose,
  reasonsOf,
  REASONS_PER_LAYER,
  STATEMENTS,
  type Terms,
} from "../../src/model/index.ts";
import { arbitraryLayer, arbitraryProofs, arbitraryPurpose, AT, coveredBy, type Proofs } from "./arbitraryMatching.ts";
import { expectModelError } from "./expectModelError.ts";

const RELEASE: Bytes = `0x${"5e".repeat(32)}`;

/** Cancer, and what is known to be below it; a disease that is not; one of which nothing is known. */
const CANCER = 4992;
const INTESTINAL_CANCER = 5814;
const COLORECTAL_CANCER = 5575;
const DISEASE = 1;
const ASTHMA = 4979;
const UNHEARD = 9_999_999;

/** The toy ontology: strict descent in RELEASE. */
const covered: Covered = (release, descendant, ancestor) => {
  if (release !== RELEASE || descendant === UNHEARD) return "unproven";
  const ancestors: Readonly<Record<number, readonly number[]>> = {
    [COLORECTAL_CANCER]: [INTESTINAL_CANCER, CANCER, DISEASE],
    [INTESTINAL_CANCER]: [CANCER, DISEASE],
    [CANCER]: [DISEASE],
    [ASTHMA]: [DISEASE],
  };
  return ancestors[descendant]?.includes(ancestor) ? "covered" : "notCovered";
};

interface Carried {
  readonly permissions: readonly Permission[];
  readonly modifiers?: readonly Modifier[];
  readonly diseases?: readonly number[];
}

function termsOf({ permissions, modifiers = [], diseases }: Carried, given: Partial<Terms> = {}): Terms {
  const isDiseaseSpecific = permissions.includes("DS");
  return {
    ...BLANK_TERMS,
    permissions: maskOf(PERMISSIONS, permissions),
    modifiers: maskOf(MODIFIERS, modifiers),
    diseases: diseases ?? (isDiseaseSpecific ? [CANCER] : []),
    ...(isDiseaseSpecific ? { ontologyRelease: RELEASE } : {}),
    ...given,
  };
}

function layerOf(carried: Carried, given: Partial<Layer> = {}): Layer {
  return {
    name: "consent",
    state: ConsentState.Active,
    until: NO_EXPIRY,
    elements: ALL_ELEMENTS,
    terms: termsOf(carried),
    ...given,
  };
}

function purposeOf(kinds: readonly Kind[], diseases: readonly number[] = [], unattested = 0): Purpose {
  return { ...BLANK_PURPOSE, kinds: maskOf(KINDS, kinds), diseases, unattested };
}

const NOTHING = 0;
const NOT_FOR_PROFIT = FACTS.notForProfit;

interface Decision {
  readonly outcome: Outcome;
  readonly reasons: readonly string[];
}

function decisionOf(layers: readonly Layer[], purpose: Purpose, stated = NOTHING, at = AT): Decision {
  const verdict = decide(layers, { ...purpose, stated }, at, covered);
  return { outcome: outcomeOf(verdict), reasons: reasonsOf(verdict) };
}

const APPROVE: Decision = { outcome: "APPROVE", reasons: [] };
const deny = (...reasons: string[]): Decision => ({
  outcome: "DENY",
  reasons: reasons.map((code) => `consent:${code}`),
});
const manual = (...reasons: string[]): Decision => ({
  outcome: "MANUAL",
  reasons: reasons.map((code) => `consent:${code}`),
});
const CTRL = manual("CTRL_NEEDS_REVIEW");

interface Row {
  readonly carries: Carried;
  readonly kinds: readonly Kind[];
  readonly diseases?: readonly number[];
  readonly facts?: number;
  readonly unattested?: readonly "notForProfit"[];
  readonly is: Decision;
}

function shouldDecide(rows: Readonly<Record<string, Row>>): void {
  for (const [name, { carries, kinds, diseases, facts, unattested = [], is }] of Object.entries(rows)) {
    it(`${name}: ${is.outcome}${is.reasons.map((reason) => ` ${reason}`).join("")}`, () => {
      const purpose = purposeOf(kinds, diseases, maskOf(FACTS, unattested));
      expect(decisionOf([layerOf(carries)], purpose, facts)).to.deep.equal(is);
    });
  }
}

/** The rows of one broad permission: each kind alone, with and without the CC code. */
function shouldPass(permission: Permission, decisions: Readonly<Record<Kind, Decision>>, care: Decision): void {
  describe(permission, () => {
    for (const [kind, is] of Object.entries(decisions) as [Kind, Decision][]) {
      const diseases = kind === "DS" ? [ASTHMA] : [];
      shouldDecide({ [`kind ${kind}`]: { carries: { permissions: [permission] }, kinds: [kind], diseases, is } });
      if (permission === "POA") continue;
      const carries = { permissions: [permission], modifiers: ["CC" as const] };
      shouldDecide({
        [`kind ${kind} with the CC code`]: { carries, kinds: [kind], diseases, is: kind === "CC" ? care : is },
      });
    }
    it("reads diseases for no kind", () => {
      for (const [kind, is] of Object.entries(decisions) as [Kind, Decision][]) {
        for (const diseases of [[CANCER], [ASTHMA, UNHEARD]]) {
          expect(decisionOf([layerOf({ permissions: [permission] })], purposeOf([kind], diseases))).to.deep.equal(is);
        }
      }
    });
  });
}

describe("the matching's permissions", () => {
  shouldPass(
    "NRES",
    { GRU: APPROVE, HMB: APPROVE, DS: APPROVE, POA: APPROVE, MDS: APPROVE, CTRL, CC: APPROVE },
    APPROVE,
  );
  shouldPass(
    "GRU",
    { GRU: APPROVE, HMB: APPROVE, DS: APPROVE, POA: APPROVE, MDS: APPROVE, CTRL, CC: deny("CC_NOT_PERMITTED") },
    APPROVE,
  );
  shouldPass(
    "HMB",
    {
      GRU: deny("GRU_NOT_PERMITTED"),
      HMB: APPROVE,
      DS: APPROVE,
      POA: deny("POA_NOT_PERMITTED"),
      MDS: APPROVE,
      CTRL,
      CC: deny("CC_NOT_PERMITTED"),
    },
    APPROVE,
  );
  shouldPass(
    "POA",
    {
      GRU: deny("GRU_NOT_PERMITTED"),
      HMB: deny("HMB_NOT_PERMITTED"),
      DS: deny("DS_NOT_PERMITTED"),
      POA: APPROVE,
      MDS: APPROVE,
      CTRL: deny("CTRL_NOT_PERMITTED"),
      CC: deny("CC_NOT_PERMITTED"),
    },
    deny("CC_NOT_PERMITTED"),
  );

  describe("DS", () => {
    const carries: Carried = { permissions: ["DS"] };
    const withCare: Carried = { permissions: ["DS"], modifiers: ["CC"] };
    const two: Carried = { permissions: ["DS"], diseases: [INTESTINAL_CANCER, ASTHMA] };
    shouldDecide({
      "kind GRU": { carries, kinds: ["GRU"], is: deny("GRU_NOT_PERMITTED") },
      "kind GRU, disease covered": { carries, kinds: ["GRU"], diseases: [CANCER], is: deny("GRU_NOT_PERMITTED") },
      "kind HMB": { carries, kinds: ["HMB"], is: deny("HMB_NOT_PERMITTED") },
      "kind HMB, disease covered": { carries, kinds: ["HMB"], diseases: [CANCER], is: deny("HMB_NOT_PERMITTED") },
      "kind POA": { carries, kinds: ["POA"], is: deny("POA_NOT_PERMITTED") },

      "kind DS, the very disease": { carries, kinds: ["DS"], diseases: [CANCER], is: APPROVE },
      "kind DS, a child of it": { carries, kinds: ["DS"], diseases: [INTESTINAL_CANCER], is: APPROVE },
      "kind DS, a grandchild of it": { carries, kinds: ["DS"], diseases: [COLORECTAL_CANCER], is: APPROVE },
      "kind DS, a broader disease": { carries, kinds: ["DS"], diseases: [DISEASE], is: deny("DS_NOT_COVERED") },
      "kind DS, another disease": { carries, kinds: ["DS"], diseases: [ASTHMA], is: deny("DS_NOT_COVERED") },
      "kind DS, all covered": { carries, kinds: ["DS"], diseases: [CANCER, INTESTINAL_CANCER], is: APPROVE },
      "kind DS, one of two uncovered": {
        carries,
        kinds: ["DS"],
        diseases: [CANCER, ASTHMA],
        is: deny("DS_NOT_COVERED"),
      },
      "kind DS, each by another of two listed": {
        carries: two,
        kinds: ["DS"],
        diseases: [COLORECTAL_CANCER, ASTHMA],
        is: APPROVE,
      },
      "kind DS, the parent of one listed": {
        carries: two,
        kinds: ["DS"],
        diseases: [CANCER],
        is: deny("DS_NOT_COVERED"),
      },
      "kind DS, nothing known of the disease": { carries, kinds: ["DS"], diseases: [UNHEARD], is: deny("UNPROVEN") },
      "kind DS, one covered and one unproven": {
        carries,
        kinds: ["DS"],
        diseases: [CANCER, UNHEARD],
        is: deny("UNPROVEN"),
      },
      "kind DS, one uncovered and one unproven": {
        carries,
        kinds: ["DS"],
        diseases: [UNHEARD, ASTHMA],
        is: deny("DS_NOT_COVERED"),
      },
      "kind DS, an unheard-of disease that the terms list": {
        carries: { permissions: ["DS"], diseases: [UNHEARD] },
        kinds: ["DS"],
        diseases: [UNHEARD],
        is: APPROVE,
      },

      "kind MDS, none listed": { carries, kinds: ["MDS"], is: APPROVE },
      "kind MDS, all covered": { carries, kinds: ["MDS"], diseases: [INTESTINAL_CANCER], is: APPROVE },
      "kind MDS, one uncovered": { carries, kinds: ["MDS"], diseases: [CANCER, ASTHMA], is: deny("DS_NOT_COVERED") },
      "kind MDS, one unproven": { carries, kinds: ["MDS"], diseases: [UNHEARD], is: deny("UNPROVEN") },

      "kind CTRL, none listed": { carries, kinds: ["CTRL"], is: deny("CTRL_NOT_PERMITTED") },
      "kind CTRL, all covered": { carries, kinds: ["CTRL"], diseases: [INTESTINAL_CANCER], is: CTRL },
      "kind CTRL, one uncovered": { carries, kinds: ["CTRL"], diseases: [CANCER, ASTHMA], is: deny("DS_NOT_COVERED") },
      "kind CTRL, one unproven": { carries, kinds: ["CTRL"], diseases: [UNHEARD], is: deny("UNPROVEN") },

      "kind CC without the code, none listed": { carries, kinds: ["CC"], is: deny("CC_NOT_PERMITTED") },
      "kind CC without the code, all covered": {
        carries,
        kinds: ["CC"],
        diseases: [CANCER],
        is: deny("CC_NOT_PERMITTED"),
      },
      "kind CC with the code, none listed": { carries: withCare, kinds: ["CC"], is: deny("CC_NOT_PERMITTED") },
      "kind CC with the code, all covered": {
        carries: withCare,
        kinds: ["CC"],
        diseases: [INTESTINAL_CANCER],
        is: APPROVE,
      },
      "kind CC with the code, one uncovered": {
        carries: withCare,
        kinds: ["CC"],
        diseases: [CANCER, ASTHMA],
        is: deny("DS_NOT_COVERED"),
      },
      "kind CC with the code, one unproven": {
        carries: withCare,
        kinds: ["CC"],
        diseases: [UNHEARD],
        is: deny("UNPROVEN"),
      },

      "kinds DS and HMB, disease uncovered": {
        carries,
        kinds: ["DS", "HMB"],
        diseases: [ASTHMA],
        is: deny("DS_NOT_COVERED", "HMB_NOT_PERMITTED"),
      },
    });

    it("in a release that nobody knows, says UNPROVEN, but not of a disease that the terms list", () => {
      const terms = termsOf({ permissions: ["DS"] }, { ontologyRelease: `0x${"66".repeat(32)}` });
      const layer = layerOf({ permissions: [] }, { terms });
      expect(decisionOf([layer], purposeOf(["DS"], [INTESTINAL_CANCER]))).to.deep.equal(deny("UNPROVEN"));
      expect(decisionOf([layer], purposeOf(["DS"], [CANCER]))).to.deep.equal(APPROVE);
    });

    it("asks of the release that the terms pin, descendant first", () => {
      const asked: unknown[] = [];
      decide([layerOf(carries)], purposeOf(["DS"], [ASTHMA]), AT, (...question) => {
        asked.push(question);
        return "covered";
      });
      expect(asked).to.deep.equal([[RELEASE, ASTHMA, CANCER]]);
    });
  });

  describe("several together", () => {
    const both: Carried = { permissions: ["DS", "POA"] };
    const wide: Carried = { permissions: ["HMB", "POA"] };
    shouldDecide({
      "none: nothing is permitted": {
        carries: { permissions: [] },
        kinds: ["GRU", "CTRL"],
        is: deny("CTRL_NOT_PERMITTED", "GRU_NOT_PERMITTED"),
      },
      "DS and POA, kind POA": { carries: both, kinds: ["POA"], is: APPROVE },
      "DS and POA, kind DS covered": { carries: both, kinds: ["DS"], diseases: [CANCER], is: APPROVE },
      "DS and POA, kinds DS and POA": { carries: both, kinds: ["DS", "POA"], diseases: [CANCER], is: APPROVE },
      "DS and POA, kind MDS uncovered passes by POA": {
        carries: both,
        kinds: ["MDS"],
        diseases: [ASTHMA],
        is: APPROVE,
      },
      "DS and POA, kind CTRL uncovered": {
        carries: both,
        kinds: ["CTRL"],
        diseases: [ASTHMA],
        is: deny("DS_NOT_COVERED"),
      },
      "DS and POA, kind CTRL covered": { carries: both, kinds: ["CTRL"], diseases: [CANCER], is: CTRL },
      "DS and POA, kind HMB": { carries: both, kinds: ["HMB"], diseases: [ASTHMA], is: deny("HMB_NOT_PERMITTED") },
      "DS and POA with CC, kind CC covered": {
        carries: { ...both, modifiers: ["CC"] },
        kinds: ["CC"],
        diseases: [CANCER],
        is: APPROVE,
      },
      "HMB and POA, kind POA": { carries: wide, kinds: ["POA"], is: APPROVE },
      "HMB and POA, kind CTRL": { carries: wide, kinds: ["CTRL"], is: CTRL },
      "HMB and POA, kind GRU": { carries: wide, kinds: ["GRU"], is: deny("GRU_NOT_PERMITTED") },
      "GRU beside DS, disease uncovered: the best result counts": {
        carries: { permissions: ["GRU", "DS"] },
        kinds: ["DS"],
        diseases: [ASTHMA],
        is: APPROVE,
      },
      "HMB beside DS, kind CTRL uncovered: MANUAL over DENY": {
        carries: { permissions: ["HMB", "DS"] },
        kinds: ["CTRL"],
        diseases: [ASTHMA],
        is: CTRL,
      },
    });
  });

  describe("several kinds", () => {
    shouldDecide({
      "all pass": { carries: { permissions: ["GRU"] }, kinds: ["GRU", "HMB", "POA", "MDS"], is: APPROVE },
      "one needs a person": { carries: { permissions: ["GRU"] }, kinds: ["GRU", "CTRL"], is: CTRL },
      "one is denied and one needs a person: both reasons, DENY wins": {
        carries: { permissions: ["GRU"] },
        kinds: ["CC", "CTRL"],
        is: deny("CC_NOT_PERMITTED", "CTRL_NEEDS_REVIEW"),
      },
    });
  });
});

describe("the matching's modifiers", () => {
  describe("NMDS", () => {
    for (const permission of ["NRES", "GRU", "HMB", "POA"] as const) {
      const carries: Carried = { permissions: [permission], modifiers: ["NMDS"] };
      shouldDecide({ [`kind MDS under ${permission}`]: { carries, kinds: ["MDS"], is: deny("NMDS") } });
    }
    const carries: Carried = { permissions: ["DS"], modifiers: ["NMDS"] };
    shouldDecide({
      "kind MDS under DS, disease covered": { carries, kinds: ["MDS"], diseases: [CANCER], is: deny("NMDS") },
      "kind MDS under DS, none listed": { carries, kinds: ["MDS"], is: deny("NMDS") },
      "kind MDS under DS, disease uncovered": {
        carries,
        kinds: ["MDS"],
        diseases: [ASTHMA],
        is: deny("DS_NOT_COVERED", "NMDS"),
      },
      "no kind MDS": { carries, kinds: ["DS"], diseases: [CANCER], is: APPROVE },
    });
  });

  describe("NPOA", () => {
    for (const permission of ["NRES", "GRU"] as const) {
      const carries: Carried = { permissions: [permission], modifiers: ["NPOA"] };
      shouldDecide({
        [`kind POA under ${permission}`]: { carries, kinds: ["POA"], is: deny("NPOA") },
        [`no kind POA under ${permission}`]: { carries, kinds: ["HMB", "MDS"], is: APPROVE },
      });
    }
    shouldDecide({
      "kind POA under HMB": {
        carries: { permissions: ["HMB"], modifiers: ["NPOA"] },
        kinds: ["POA"],
        is: deny("NPOA", "POA_NOT_PERMITTED"),
      },
      "kind POA under HMB and POA": {
        carries: { permissions: ["HMB", "POA"], modifiers: ["NPOA"] },
        kinds: ["POA"],
        is: deny("NPOA"),
      },
    });
  });

  describe("NPU", () => {
    const carries: Carried = { permissions: ["GRU"], modifiers: ["NPU"] };
    const unattested = ["notForProfit" as const];
    shouldDecide({
      "every institution is not-for-profit": { carries, kinds: ["GRU"], facts: NOT_FOR_PROFIT, is: APPROVE },
      "one is not, or nothing is known": { carries, kinds: ["GRU"], is: deny("NPU_NOT_FOR_PROFIT") },
      "true but unattested": {
        carries,
        kinds: ["GRU"],
        facts: NOT_FOR_PROFIT,
        unattested,
        is: manual("NPU_UNATTESTED"),
      },
      "untrue and unattested": { carries, kinds: ["GRU"], unattested, is: deny("NPU_NOT_FOR_PROFIT") },
      "under NRES too": {
        carries: { permissions: ["NRES"], modifiers: ["NPU"] },
        kinds: ["GRU"],
        is: deny("NPU_NOT_FOR_PROFIT"),
      },
      "without the code, the fact is not asked for": {
        carries: { permissions: ["GRU"] },
        kinds: ["GRU"],
        unattested,
        is: APPROVE,
      },
    });
  });

  describe("together", () => {
    const carries: Carried = { permissions: ["NRES"], modifiers: ["NMDS", "NPOA", "NPU", "CC"] };
    shouldDecide({
      "every one must pass": {
        carries,
        kinds: ["MDS", "POA", "CTRL"],
        is: deny("CTRL_NEEDS_REVIEW", "NMDS", "NPOA", "NPU_NOT_FOR_PROFIT"),
      },
      "two reasons for a person": {
        carries,
        kinds: ["CTRL"],
        facts: NOT_FOR_PROFIT,
        unattested: ["notForProfit"],
        is: manual("CTRL_NEEDS_REVIEW", "NPU_UNATTESTED"),
      },
    });
  });
});

describe("the matching's state and window", () => {
  const gru = { permissions: ["GRU" as const] };
  const CASES: readonly (readonly [string, Partial<Layer>, Decision])[] = [
    ["None", { state: ConsentState.None }, deny("STATE_NONE")],
    ["Declined", { state: ConsentState.Declined }, deny("STATE_DECLINED")],
    ["Active", {}, APPROVE],
    ["Suspended", { state: ConsentState.Suspended }, deny("STATE_SUSPENDED")],
    ["Withdrawn", { state: ConsentState.Withdrawn }, deny("STATE_WITHDRAWN")],
    ["Annulled", { state: ConsentState.Annulled }, deny("STATE_ANNULLED")],
    ["Active, from this second", { terms: termsOf(gru, { from: AT }) }, APPROVE],
    ["Active, from the next second", { terms: termsOf(gru, { from: AT + 1 }) }, deny("SCHEDULED")],
    ["Active, until the next second", { until: AT + 1 }, APPROVE],
    ["Active, until this second", { until: AT }, deny("EXPIRED")],
    ["Active, ended before it began", { until: AT, terms: termsOf(gru, { from: AT + 1 }) }, deny("EXPIRED")],
    ["Suspended, until this second", { state: ConsentState.Suspended, until: AT }, deny("EXPIRED")],
    [
      "Suspended, from the next second",
      { state: ConsentState.Suspended, terms: termsOf(gru, { from: AT + 1 }) },
      deny("STATE_SUSPENDED"),
    ],
    ["Withdrawn, until this second", { state: ConsentState.Withdrawn, until: AT }, deny("STATE_WITHDRAWN")],
    ["None, without terms", { state: ConsentState.None, until: 0, terms: null }, deny("STATE_NONE")],
    ["Suspended, without terms", { state: ConsentState.Suspended, until: 0, terms: null }, deny("STATE_SUSPENDED")],
    ["Withdrawn, without terms", { state: ConsentState.Withdrawn, until: 0, terms: null }, deny("STATE_WITHDRAWN")],
  ];
  for (const [name, given, is] of CASES) {
    it(`${name}: ${is.outcome}${is.reasons.map((reason) => ` ${reason}`).join("")}`, () => {
      expect(decisionOf([layerOf(gru, given)], purposeOf(["GRU"]))).to.deep.equal(is);
    });
  }

  it("do not hide what the terms say", () => {
    const layer = layerOf({ permissions: ["DS"], modifiers: ["NMDS"] }, { state: ConsentState.Withdrawn });
    expect(decisionOf([layer], purposeOf(["GRU", "MDS"]))).to.deep.equal(
      deny("GRU_NOT_PERMITTED", "NMDS", "STATE_WITHDRAWN"),
    );
  });
});

describe("the matching's layers", () => {
  it("are decided alone: neither permits what the other does not", () => {
    const consent = layerOf({ permissions: ["HMB"] });
    const dataset = layerOf({ permissions: ["POA"] }, { name: "dataset" });
    expect(decisionOf([consent, dataset], purposeOf(["HMB", "POA"]))).to.deep.equal({
      outcome: "DENY",
      reasons: ["consent:POA_NOT_PERMITTED", "dataset:HMB_NOT_PERMITTED"],
    });
  });

  it("need the CC code each", () => {
    const consent = layerOf({ permissions: ["GRU"], modifiers: ["CC"] });
    const dataset = layerOf({ permissions: ["GRU"] }, { name: "dataset" });
    expect(decisionOf([consent, dataset], purposeOf(["CC"])).reasons).to.deep.equal(["dataset:CC_NOT_PERMITTED"]);
  });

  it("the worst wins: DENY over MANUAL over APPROVE", () => {
    const approves = layerOf({ permissions: ["GRU"] });
    const asks = layerOf({ permissions: ["GRU"] }, { name: "committee" });
    const denies = layerOf({ permissions: ["POA"] }, { name: "jurisdiction" });
    expect(decisionOf([approves, asks], purposeOf(["CTRL"])).outcome).to.equal("MANUAL");
    expect(decisionOf([approves, asks, denies], purposeOf(["CTRL"]))).to.deep.equal({
      outcome: "DENY",
      reasons: ["committee:CTRL_NEEDS_REVIEW", "consent:CTRL_NEEDS_REVIEW", "jurisdiction:CTRL_NOT_PERMITTED"],
    });
    expect(decisionOf([approves, asks], purposeOf(["GRU"]))).to.deep.equal(APPROVE);
  });

  it("give their reasons once, in any order of layers", () => {
    const layers = LAYERS.map((name) => layerOf({ permissions: ["POA"] }, { name }));
    const expected = LAYERS.map((name) => `${name}:GRU_NOT_PERMITTED`).sort();
    expect(decisionOf([...layers, ...layers].reverse(), purposeOf(["GRU"])).reasons).to.deep.equal(expected);
  });
});

describe("a verdict", () => {
  it("has the contracts' bits: layer times 51 plus code", () => {
    expect(REASONS_PER_LAYER).to.equal(51);
    const jurisdiction = layerOf({ permissions: ["GRU"], modifiers: ["NPU"] }, { name: "jurisdiction" });
    const verdict = decide([jurisdiction], purposeOf(["CC", "CTRL"]), AT, covered);
    expect(verdict).to.deep.equal({ deny: (1n << 219n) | (1n << 223n), manual: 1n << 204n });
    const unattested = { ...purposeOf(["GRU"], [], FACTS.notForProfit), stated: NOT_FOR_PROFIT };
    expect(decide([jurisdiction], unattested, AT, covered)).to.deep.equal({
      deny: 0n,
      manual: 1n << 205n,
    });
  });

  it("has the contracts' codes", () => {
    expect(DENY_REASONS).to.deep.equal([
      "STATE_NONE",
      "STATE_DECLINED",
      undefined,
      "STATE_SUSPENDED",
      "STATE_WITHDRAWN",
      "STATE_ANNULLED",
      "SCHEDULED",
      "EXPIRED",
      "UNPROVEN",
      "GRU_NOT_PERMITTED",
      "HMB_NOT_PERMITTED",
      "DS_NOT_PERMITTED",
      "POA_NOT_PERMITTED",
      "MDS_NOT_PERMITTED",
      "CTRL_NOT_PERMITTED",
      "CC_NOT_PERMITTED",
      "DS_NOT_COVERED",
      "NMDS",
      "NPOA",
      "NPU_NOT_FOR_PROFIT",
      "NCU_COMMERCIAL",
      "NPUNCU_NOT_FOR_PROFIT",
      "NPUNCU_COMMERCIAL",
      "IRB_ETHICS_APPROVAL",
      "COL_COLLABORATION",
      "PUB_PUBLICATION",
      "RTN_RETURNS_DATA",
      "GSO_GENETIC_STUDY",
      "GS_REGIONS",
      "IS_INSTITUTIONS",
      "US_USERS",
      "PS_PROJECTS",
      "RS_RESEARCH_TYPES",
      "TS_MONTHS",
      "MOR_PUBLISH_FROM",
      "NRI_REIDENTIFIES",
      "NRL_LINKS_RECORDS",
      "NMT_TRAINS_MODEL",
      "ELEMENTS_NOT_COVERED",
    ]);
    expect(MANUAL_REASONS).to.have.property("length", 29);
    expect(MANUAL_REASONS.slice(0, 2)).to.deep.equal(["CTRL_NEEDS_REVIEW", "NPU_UNATTESTED"]);
    expect(MANUAL_REASONS.slice(19, 28)).to.satisfy((names: string[]) =>
      names.every((name) => name.startsWith("SENSITIVE_")),
    );
    expect(MANUAL_REASONS[28]).to.equal("MODEL_CONSENT_ENDED");
  });

  it("is DENY, MANUAL or APPROVE by its sets alone", () => {
    expect(outcomeOf({ deny: 1n, manual: 1n })).to.equal("DENY");
    expect(outcomeOf({ deny: 0n, manual: 1n })).to.equal("MANUAL");
    expect(outcomeOf({ deny: 0n, manual: 0n })).to.equal("APPROVE");
  });

  it("joins by union", () => {
    expect(join({ deny: 1n, manual: 4n }, { deny: 3n, manual: 8n })).to.deep.equal({ deny: 3n, manual: 12n });
  });

  it("names its reasons sorted as strings", () => {
    expect(reasonsOf({ deny: (1n << 0n) | (1n << 7n) | (1n << 102n), manual: (1n << 0n) | (1n << 52n) })).to.deep.equal(
      [
        "coConsent:NPU_UNATTESTED",
        "consent:CTRL_NEEDS_REVIEW",
        "consent:EXPIRED",
        "consent:STATE_NONE",
        "dataset:STATE_NONE",
      ],
    );
  });
});

describe("the matching's properties", () => {
  const act = (layers: readonly Layer[], purpose: Purpose, proofs: Proofs) =>
    decide(layers, purpose, AT, coveredBy(proofs));

  it("a further layer never takes a reason away", () => {
    fc.assert(
      fc.property(arbitraryLayer, arbitraryLayer, arbitraryPurpose, arbitraryProofs, (one, two, purpose, proofs) => {
        const alone = act([one], purpose, proofs);
        const both = act([one, two], purpose, proofs);
        expect(join(alone, both)).to.deep.equal(both);
        expect(both).to.deep.equal(act([two, one], purpose, proofs));
      }),
    );
  });

  it("a further kind never takes a reason away", () => {
    const kinds = fc.constantFrom(...Object.values(KINDS));
    fc.assert(
      fc.property(arbitraryLayer, arbitraryPurpose, kinds, arbitraryProofs, (layer, purpose, kind, proofs) => {
        fc.pre(kind !== KINDS.DS || purpose.diseases.length > 0);
        const less = act([layer], purpose, proofs);
        const more = act([layer], { ...purpose, kinds: purpose.kinds | kind }, proofs);
        expect(join(less, more)).to.deep.equal(more);
      }),
    );
  });

  it("a fact that is unattested never makes a decision better, and one that is stated never makes it worse", () => {
    const rank = { APPROVE: 0, MANUAL: 1, DENY: 2 };
    const bits = fc.integer({ min: 0, max: STATEMENTS });
    fc.assert(
      fc.property(arbitraryLayer, arbitraryPurpose, bits, arbitraryProofs, (layer, purpose, fact, proofs) => {
        const now = rank[outcomeOf(act([layer], purpose, proofs))];
        const doubted = act([layer], { ...purpose, unattested: purpose.unattested | fact }, proofs);
        expect(rank[outcomeOf(doubted)]).to.be.at.least(now);
        const stated = act([layer], { ...purpose, stated: purpose.stated | fact }, proofs);
        expect(rank[outcomeOf(stated)]).to.be.at.most(now);
      }),
    );
  });

  it("whoever is not Active within the window denies", () => {
    fc.assert(
      fc.property(arbitraryLayer, arbitraryPurpose, arbitraryProofs, (layer, purpose, proofs) => {
        fc.pre(layer.state !== ConsentState.Active || layer.until <= AT);
        expect(outcomeOf(act([layer], purpose, proofs))).to.equal("DENY");
      }),
    );
  });

  it("the order and repetition of lists make no difference", () => {
    const shuffled = <T>(list: readonly T[]): T[] => [...list].reverse().concat(list);
    fc.assert(
      fc.property(arbitraryLayer, arbitraryPurpose, arbitraryProofs, (layer, purpose, proofs) => {
        const { diseases, regions, users, projects, institutions, researchTypes } = purpose;
        const lists = { diseases, regions, users, projects, institutions, researchTypes };
        const again = Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, shuffled<unknown>(list)]));
        expect(act([layer], { ...purpose, ...again }, proofs)).to.deep.equal(act([layer], purpose, proofs));
      }),
    );
  });
});

describe("the matching's input errors", () => {
  const layer = layerOf({ permissions: ["GRU"] });
  const purpose = purposeOf(["GRU"]);
  const act = (layers: readonly Layer[], asked = purpose, at = AT) => decide(layers, asked, at, covered);

  it("no layer", () => expectModelError(() => act([]), "LayersMissing"));
  it("a layer of an unknown name", () => {
    const unknown = { ...layer, name: "family" } as unknown as Layer;
    expectModelError(() => act([unknown]), "LayerUnknown");
  });
  it("an active layer without terms", () => {
    expectModelError(() => act([{ ...layer, terms: null }]), "LayerTermsMissing");
  });
  it("an unassigned state", () => expectModelError(() => act([{ ...layer, state: 6 }]), "StateUnknown"));
  it("a time beyond uint32", () => expectModelError(() => act([layer], purpose, 2 ** 32), "ValueOutOfRange"));
  it("an end beyond uint32", () => expectModelError(() => act([{ ...layer, until: -1 }]), "ValueOutOfRange"));
  it("terms that no layer can carry", () => {
    const broken = layerOf({ permissions: ["DS"], diseases: [] });
    expectModelError(() => act([layer, broken]), "DataUseDiseasesMismatch");
  });
  it("a purpose of no kind", () => expectModelError(() => act([layer], purposeOf([])), "DataUseEmpty"));
  it("unknown facts", () => {
    expectModelError(() => act([layer], { ...purpose, stated: 1 << 10 }), "DataUseUnknownBits");
    expectModelError(() => act([layer], { ...purpose, unattested: 1 << 17 }), "DataUseUnknownBits");
  });
});
