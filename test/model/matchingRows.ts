/** A layer's or purpose's fields in MATCHING.md's format. */
type Fields = Readonly<Record<string, unknown>>;

/** What a row must come to: the decision and, without their layer, its reasons. */
export type Expected = `APPROVE` | `${"DENY" | "MANUAL"} ${string}`;

/** One named case: the consent's fields, the purpose's, and what they come to. */
export type MatchingRow = readonly [name: string, consent: Fields, purpose: Fields, expected: Expected];

const CANCER = "MONDO:0004992";
const INTESTINAL_CANCER = "MONDO:0005814";
const ASTHMA = "MONDO:0004979";
const DISEASE = "MONDO:0000001";
const UNHEARD = "MONDO:9999999";

/** Strict ancestors in the rows' ontology; a disease that is not here is one of which nothing is known. */
export const ROW_ANCESTORS: Readonly<Record<number, readonly number[]>> = {
  1: [],
  4979: [1],
  4992: [1],
  5814: [1, 4992],
};

const GRU = { permissions: ["GRU"] };
const ds = (...diseases: string[]): Fields => ({ permissions: ["DS"], diseases });
const ofCancer = ds(CANCER);
const gru = (modifier: string, more: Fields = {}): Fields => ({ ...GRU, modifiers: [modifier], ...more });
const asked = (kind: string, ...diseases: string[]): Fields => ({ kinds: [kind], diseases });
const use = (more: Fields = {}): Fields => ({ kinds: ["GRU"], ...more });

/** A modifier that wants one fact: stated as wanted, stated otherwise, not stated, stated but unattested. */
function ofFact(code: string, field: string, wanted: boolean, deny: string, manual: string): MatchingRow[] {
  const consent = gru(code);
  return [
    [`${code}: ${field} is ${wanted}`, consent, use({ [field]: wanted }), "APPROVE"],
    [`${code}: ${field} is ${!wanted}`, consent, use({ [field]: !wanted }), `DENY ${deny}`],
    [`${code}: ${field} is not stated`, consent, use(), `DENY ${deny}`],
    [
      `${code}: ${field} is ${wanted}, but unattested`,
      consent,
      use({ [field]: wanted, unattested: [field] }),
      `MANUAL ${manual}`,
    ],
    [
      `${code}: ${field} is unattested and ${!wanted}`,
      consent,
      use({ [field]: !wanted, unattested: [field] }),
      `DENY ${deny}`,
    ],
  ];
}

/** A modifier that lists names: all listed, one not, none named, unattested. */
function ofList(code: string, field: string, deny: string, manual?: string): MatchingRow[] {
  const consent = gru(code, { [field]: ["a", "b"] });
  return [
    [`${code}: every one listed`, consent, use({ [field]: ["b", "a"] }), "APPROVE"],
    [`${code}: one not listed`, consent, use({ [field]: ["a", "c"] }), `DENY ${deny}`],
    [`${code}: none named`, consent, use(), `DENY ${deny}`],
    [
      `${code}: listed, but unattested`,
      consent,
      use({ [field]: ["a"], unattested: [field] }),
      manual === undefined ? "APPROVE" : `MANUAL ${manual}`,
    ],
  ];
}

/** MATCHING.md's table, row by row. */
export const MATCHING_ROWS: readonly MatchingRow[] = [
  ...["GRU", "HMB", "POA", "MDS", "CC"].map((kind): MatchingRow => [
    `NRES: ${kind}`,
    { permissions: ["NRES"] },
    asked(kind),
    "APPROVE",
  ]),
  ["NRES: DS", { permissions: ["NRES"] }, asked("DS", ASTHMA), "APPROVE"],
  ["NRES: CTRL", { permissions: ["NRES"] }, asked("CTRL"), "MANUAL CTRL_NEEDS_REVIEW"],
  [
    "NRES: modifiers still apply",
    { permissions: ["NRES"], modifiers: ["NPU"] },
    asked("CC"),
    "DENY NPU_NOT_FOR_PROFIT",
  ],

  ...["GRU", "HMB", "POA", "MDS"].map((kind): MatchingRow => [`GRU: ${kind}`, GRU, asked(kind), "APPROVE"]),
  ["GRU: DS", GRU, asked("DS", ASTHMA), "APPROVE"],
  ["GRU: CC without the code", GRU, asked("CC"), "DENY CC_NOT_PERMITTED"],
  ["GRU: CTRL", GRU, asked("CTRL"), "MANUAL CTRL_NEEDS_REVIEW"],

  ...["HMB", "MDS"].map((kind): MatchingRow => [`HMB: ${kind}`, { permissions: ["HMB"] }, asked(kind), "APPROVE"]),
  ["HMB: DS", { permissions: ["HMB"] }, asked("DS", ASTHMA), "APPROVE"],
  ...["GRU", "POA", "CC"].map((kind): MatchingRow => [
    `HMB: ${kind}`,
    { permissions: ["HMB"] },
    asked(kind),
    `DENY ${kind}_NOT_PERMITTED`,
  ]),
  ["HMB: CTRL", { permissions: ["HMB"] }, asked("CTRL"), "MANUAL CTRL_NEEDS_REVIEW"],

  ["DS: the disease itself", ofCancer, asked("DS", CANCER), "APPROVE"],
  ["DS: a disease below", ofCancer, asked("DS", INTESTINAL_CANCER), "APPROVE"],
  ["DS: all diseases covered", ds(CANCER, ASTHMA), asked("DS", INTESTINAL_CANCER, ASTHMA), "APPROVE"],
  ["DS: one of the diseases uncovered", ofCancer, asked("DS", CANCER, ASTHMA), "DENY DS_NOT_COVERED"],
  ["DS: a broader disease", ofCancer, asked("DS", DISEASE), "DENY DS_NOT_COVERED"],
  ["DS: a disease of which nothing is known", ofCancer, asked("DS", UNHEARD), "DENY UNPROVEN"],
  ["DS: uncovered outweighs unproven", ofCancer, asked("DS", UNHEARD, ASTHMA), "DENY DS_NOT_COVERED"],
  ["DS: MDS, none listed", ofCancer, asked("MDS"), "APPROVE"],
  ["DS: MDS, all covered", ofCancer, asked("MDS", INTESTINAL_CANCER), "APPROVE"],
  ["DS: MDS, one uncovered", ofCancer, asked("MDS", ASTHMA), "DENY DS_NOT_COVERED"],
  ...["GRU", "HMB", "POA"].map((kind): MatchingRow => [
    `DS: ${kind}`,
    ofCancer,
    asked(kind, CANCER),
    `DENY ${kind}_NOT_PERMITTED`,
  ]),
  ["DS: CC without the code", ofCancer, asked("CC", CANCER), "DENY CC_NOT_PERMITTED"],
  ["DS: CTRL with all covered", ofCancer, asked("CTRL", INTESTINAL_CANCER), "MANUAL CTRL_NEEDS_REVIEW"],
  ["DS: CTRL with none", ofCancer, asked("CTRL"), "DENY CTRL_NOT_PERMITTED"],
  ["DS: CTRL with an uncovered disease", ofCancer, asked("CTRL", ASTHMA), "DENY DS_NOT_COVERED"],

  ...["POA", "MDS"].map((kind): MatchingRow => [`POA: ${kind}`, { permissions: ["POA"] }, asked(kind), "APPROVE"]),
  ...["GRU", "HMB", "CC", "CTRL"].map((kind): MatchingRow => [
    `POA: ${kind}`,
    { permissions: ["POA"] },
    asked(kind),
    `DENY ${kind}_NOT_PERMITTED`,
  ]),
  ["POA: DS", { permissions: ["POA"] }, asked("DS", CANCER), "DENY DS_NOT_PERMITTED"],

  ["a set: the best permission counts", { ...ofCancer, permissions: ["DS", "POA"] }, asked("POA"), "APPROVE"],
  ["a set: every kind must pass", { permissions: ["HMB", "POA"] }, { kinds: ["HMB", "POA"] }, "APPROVE"],
  ["no permission permits nothing", { permissions: [] }, asked("GRU"), "DENY GRU_NOT_PERMITTED"],

  ["NMDS: no MDS", gru("NMDS"), use(), "APPROVE"],
  ["NMDS: MDS", gru("NMDS"), asked("MDS"), "DENY NMDS"],
  ["NMDS: MDS under NRES", { permissions: ["NRES"], modifiers: ["NMDS"] }, asked("MDS"), "DENY NMDS"],
  ["NMDS: MDS for a covered disease", { ...ofCancer, modifiers: ["NMDS"] }, asked("MDS", CANCER), "DENY NMDS"],
  ["NPOA: no POA", gru("NPOA"), use(), "APPROVE"],
  ["NPOA: POA under GRU", gru("NPOA"), asked("POA"), "DENY NPOA"],
  ["NPOA: POA under NRES", { permissions: ["NRES"], modifiers: ["NPOA"] }, asked("POA"), "DENY NPOA"],
  ["CC: under GRU", gru("CC"), asked("CC"), "APPROVE"],
  ["CC: under HMB", { permissions: ["HMB"], modifiers: ["CC"] }, asked("CC"), "APPROVE"],
  ["CC: under DS, all covered", { ...ofCancer, modifiers: ["CC"] }, asked("CC", INTESTINAL_CANCER), "APPROVE"],
  ["CC: under DS, no disease", { ...ofCancer, modifiers: ["CC"] }, asked("CC"), "DENY CC_NOT_PERMITTED"],
  ["CC: under DS, one uncovered", { ...ofCancer, modifiers: ["CC"] }, asked("CC", ASTHMA), "DENY DS_NOT_COVERED"],

  ...ofFact("NPU", "notForProfit", true, "NPU_NOT_FOR_PROFIT", "NPU_UNATTESTED"),
  ...ofFact("NCU", "commercial", false, "NCU_COMMERCIAL", "NCU_UNATTESTED"),
  ["NPUNCU: both", gru("NPUNCU"), use({ notForProfit: true, commercial: false }), "APPROVE"],
  ["NPUNCU: a company", gru("NPUNCU"), use({ notForProfit: false, commercial: false }), "DENY NPUNCU_NOT_FOR_PROFIT"],
  ["NPUNCU: for gain", gru("NPUNCU"), use({ notForProfit: true, commercial: true }), "DENY NPUNCU_COMMERCIAL"],
  ["NPUNCU: neither stated", gru("NPUNCU"), use(), "DENY NPUNCU_COMMERCIAL NPUNCU_NOT_FOR_PROFIT"],
  [
    "NPUNCU: both, one unattested",
    gru("NPUNCU"),
    use({ notForProfit: true, commercial: false, unattested: ["notForProfit"] }),
    "MANUAL NPUNCU_NOT_FOR_PROFIT_UNATTESTED",
  ],
  [
    "NPUNCU: both, the other unattested",
    gru("NPUNCU"),
    use({ notForProfit: true, commercial: false, unattested: ["commercial"] }),
    "MANUAL NPUNCU_COMMERCIAL_UNATTESTED",
  ],
  ...ofFact("IRB", "ethicsApproval", true, "IRB_ETHICS_APPROVAL", "IRB_UNATTESTED"),
  ...ofFact("COL", "collaboration", true, "COL_COLLABORATION", "COL_UNATTESTED"),
  [
    "COL: a named investigator has signed",
    gru("COL", { investigators: ["a", "b"] }),
    use({ collaboration: true, collaborators: ["b"] }),
    "APPROVE",
  ],
  [
    "COL: agreed, but no named investigator has signed",
    gru("COL", { investigators: ["a"] }),
    use({ collaboration: true, collaborators: ["c"] }),
    "MANUAL COL_NOT_SIGNED",
  ],
  ["COL: not agreed", gru("COL", { investigators: ["a"] }), use({ collaborators: ["a"] }), "DENY COL_COLLABORATION"],
  ...ofFact("PUB", "publication", true, "PUB_PUBLICATION", "PUB_UNATTESTED"),
  ...ofFact("RTN", "returnsData", true, "RTN_RETURNS_DATA", "RTN_UNATTESTED"),
  ...ofFact("GSO", "geneticStudy", true, "GSO_GENETIC_STUDY", "GSO_UNATTESTED"),

  ["GS: the region itself", gru("GS", { regions: ["DK"] }), use({ regions: ["DK"] }), "APPROVE"],
  ["GS: the EEA contains DK", gru("GS", { regions: ["EEA"] }), use({ regions: ["DK", "NO"] }), "APPROVE"],
  ["GS: the EU contains a subdivision", gru("GS", { regions: ["EU"] }), use({ regions: ["DK-84"] }), "APPROVE"],
  ["GS: any outside", gru("GS", { regions: ["EEA"] }), use({ regions: ["DK", "US"] }), "DENY GS_REGIONS"],
  ["GS: a broader region", gru("GS", { regions: ["DK"] }), use({ regions: ["EEA"] }), "DENY GS_REGIONS"],
  ["GS: none stated", gru("GS", { regions: ["EEA"] }), use(), "DENY GS_REGIONS"],
  [
    "GS: covered, but unattested",
    gru("GS", { regions: ["EEA"] }),
    use({ regions: ["DK"], unattested: ["regions"] }),
    "MANUAL GS_UNATTESTED",
  ],
  ...ofList("IS", "institutions", "IS_INSTITUTIONS"),
  ...ofList("US", "users", "US_USERS", "US_UNATTESTED"),
  ...ofList("PS", "projects", "PS_PROJECTS", "PS_UNATTESTED"),
  ["RS: the same code", gru("RS", { researchTypes: ["OBI:1"] }), use({ researchTypes: ["OBI:1"] }), "APPROVE"],
  [
    "RS: a coded one uncovered",
    gru("RS", { researchTypes: ["OBI:1"] }),
    use({ researchTypes: ["OBI:1", "OBI:2"] }),
    "DENY RS_RESEARCH_TYPES",
  ],
  ["RS: absent", gru("RS", { researchTypes: ["OBI:1"] }), use(), "DENY RS_RESEARCH_TYPES"],
  [
    "RS: the layer's type is free text",
    gru("RS", { researchTypes: ["studies of sleep"] }),
    use({ researchTypes: ["OBI:1"] }),
    "MANUAL RS_FREE_TEXT",
  ],
  ["RS: free text, absent", gru("RS", { researchTypes: ["studies of sleep"] }), use(), "DENY RS_RESEARCH_TYPES"],
  ["TS: as long as agreed", gru("TS", { months: 12 }), use({ months: 12 }), "APPROVE"],
  ["TS: longer", gru("TS", { months: 12 }), use({ months: 13 }), "DENY TS_MONTHS"],
  ["TS: no month", gru("TS", { months: 12 }), use({ months: 0 }), "DENY TS_MONTHS"],
  ["TS: absent", gru("TS", { months: 12 }), use(), "DENY TS_MONTHS"],
  ["MOR: on the day", gru("MOR", { moratoriumUntil: "2027-01-01" }), use({ publishFrom: "2027-01-01" }), "APPROVE"],
  [
    "MOR: the day before",
    gru("MOR", { moratoriumUntil: "2027-01-01" }),
    use({ publishFrom: "2026-12-31" }),
    "DENY MOR_PUBLISH_FROM",
  ],
  ["MOR: absent", gru("MOR", { moratoriumUntil: "2027-01-01" }), use(), "DENY MOR_PUBLISH_FROM"],
  [
    "MOR: on the day, but unattested",
    gru("MOR", { moratoriumUntil: "2027-01-01" }),
    use({ publishFrom: "2027-01-01", unattested: ["publishFrom"] }),
    "MANUAL MOR_UNATTESTED",
  ],
  ...ofFact("X:NRI", "reidentifies", false, "NRI_REIDENTIFIES", "NRI_UNATTESTED"),
  ...ofFact("X:NRL", "linksRecords", false, "NRL_LINKS_RECORDS", "NRL_UNATTESTED"),
  ...ofFact("X:NMT", "trainsModel", false, "NMT_TRAINS_MODEL", "NMT_UNATTESTED"),

  ...(
    [
      ["children", "CHILDREN"],
      ["gender", "GENDER"],
      ["population", "POPULATION"],
      ["vulnerable", "VULNERABLE"],
      ["illegalBehaviour", "ILLEGAL_BEHAVIOUR"],
      ["sexualDisease", "SEXUAL_DISEASE"],
      ["psychologicalTraits", "PSYCHOLOGICAL_TRAITS"],
      ["stigmatisedDisease", "STIGMATISED_DISEASE"],
      ["notHealth", "NOT_HEALTH"],
    ] as const
  ).map(([topic, code]): MatchingRow => [
    `sensitive: ${topic}, under NRES too`,
    { permissions: ["NRES"] },
    use({ sensitive: [topic] }),
    `MANUAL SENSITIVE_${code}`,
  ]),
  [
    "sensitive: a DENY stays beside it",
    GRU,
    { kinds: ["CC"], sensitive: ["children"] },
    "DENY CC_NOT_PERMITTED SENSITIVE_CHILDREN",
  ],

  ["what: all, whatever is asked", GRU, use({ elements: [0, 63] }), "APPROVE"],
  ["what: within", { ...GRU, elements: [1, 2] }, use({ elements: [2] }), "APPROVE"],
  ["what: none in particular", { ...GRU, elements: [1] }, use(), "APPROVE"],
  ["what: outside", { ...GRU, elements: [1] }, use({ elements: [1, 2] }), "DENY ELEMENTS_NOT_COVERED"],
  [
    "what: a category covers its elements",
    { ...GRU, elements: ["labs"] },
    use({ elements: ["labs/gene test"] }),
    "APPROVE",
  ],
  [
    "what: an element never covers its category",
    { ...GRU, elements: ["labs/gene test"] },
    use({ elements: ["labs"] }),
    "DENY ELEMENTS_NOT_COVERED",
  ],

  ["when: from its first second", { ...GRU, from: 1767225600 }, use(), "APPROVE"],
  ["when: the second before", { ...GRU, from: 1767225601 }, use(), "DENY SCHEDULED"],
  ["when: its last second", { ...GRU, until: 1767225601 }, use(), "APPROVE"],
  ["when: at its end", { ...GRU, until: 1767225600 }, use(), "DENY EXPIRED"],
  ...(["None", "Declined", "Suspended", "Withdrawn", "Annulled"] as const).map((state): MatchingRow => [
    `state: ${state}`,
    { ...GRU, state },
    use(),
    `DENY STATE_${state.toUpperCase()}`,
  ]),
  ["state: suspended beyond its end", { ...GRU, state: "Suspended", until: 1767225600 }, use(), "DENY EXPIRED"],
];

/** The rows in MATCHING.md's format, at 2026-01-01. */
export const MATCHING_CASES: readonly unknown[] = MATCHING_ROWS.map(([id, consent, purpose]) => ({
  ...{ id, at: 1767225600 },
  ...{ consent, purpose },
}));

/** A decision as a row writes it. */
export function written(outcome: string, reasons: readonly string[]): string {
  return [outcome, ...reasons.map((reason) => reason.replace(/^consent:/, ""))].join(" ");
}
