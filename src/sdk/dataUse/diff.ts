import {
  ALL_ELEMENTS,
  type Bytes,
  carries,
  type Coverage,
  coverageIn,
  type Covered,
  type Fact,
  FACTS,
  isZero,
  type Kind,
  KINDS,
  type Modifier,
  MODIFIERS,
  namesOf,
  NO_EXPIRY,
  type Permission,
  PERMISSIONS,
  type Terms,
} from "../../model/index.ts";
import { type DataUseNames, dayOf, diseasesInWords } from "./duo.ts";
import { termsToJson } from "./json.ts";

/** What a participant would allow if they passed from some terms to others. */
export interface TermsDifference {
  /** What the later terms allow, or may allow, and the earlier ones do not: plain sentences. */
  readonly newlyAllowed: readonly string[];
  /** What the earlier terms allow, or may allow, and the later ones do not. */
  readonly noLongerAllowed: readonly string[];
  /** Whether nothing is newly allowed; "unknown" where that hangs on a hierarchy of which too little is known. */
  readonly isNarrower: boolean | "unknown";
}

export interface DiffTermsOptions extends DataUseNames {
  /**
   * What is known of the hierarchies that the terms pin: whether a disease or region lies strictly below another. Unless
   * given nothing is known, and only what is listed by name counts as covered.
   */
  readonly covered?: Covered | undefined;
}

/**
 * What a participant would newly allow, and no longer allow, if they passed from `before` to `after`. What is not
 * certainly covered by the earlier terms is named. Where nothing is newly allowed, no purpose gets a better decision.
 */
export function diffTerms(before: Terms, after: Terms, options: DiffTermsOptions = {}): TermsDifference {
  const gained = gains({ before, after, ...complete(options) });
  const lost = gains({ before: after, after: before, ...complete(options) });
  const certain = gained.some(({ isCertain }) => isCertain);
  return {
    newlyAllowed: gained.map(({ sentence }) => sentence),
    noLongerAllowed: lost.map(({ sentence }) => sentence),
    isNarrower: gained.length === 0 ? true : certain ? false : "unknown",
  };
}

interface Passage {
  readonly before: Terms;
  readonly after: Terms;
  readonly covered: Covered;
  readonly names: DataUseNames;
}

/** Something that `after` allows and `before` does not, for all that is known. */
interface Gain {
  readonly sentence: string;
  /** Whether it is so whatever the hierarchies say. */
  readonly isCertain: boolean;
}

function complete({ covered = () => "unproven", labelOf }: DiffTermsOptions): Pick<Passage, "covered" | "names"> {
  return { covered, names: { labelOf } };
}

function gains(passage: Passage): Gain[] {
  return [
    ...gainedKinds(passage),
    ...gainedDiseases(passage),
    ...gainedByFacts(passage),
    ...gainedByLists(passage),
    ...gainedResearchTypes(passage),
    ...gainedRegions(passage),
    ...gainedByNumbers(passage),
    ...gainedElements(passage),
    ...gainedByNotice(passage),
  ];
}

const surely = (sentence: string): Gain => ({ sentence, isCertain: true });
const perhaps = (sentence: string): Gain => ({ sentence, isCertain: false });

// How far a kind of use is allowed: not at all, for the diseases listed and below, or whatever the disease.
const NEVER = 0;
const FOR_DISEASES = 1;
const ALWAYS = 2;

const KIND_WORDS: Readonly<Record<Kind, string>> = {
  GRU: "Research of any kind",
  HMB: "Health, medical or biomedical research",
  DS: "Research into diseases",
  POA: "Research into population origins or ancestry",
  MDS: "The development of methods",
  CTRL: "Use as a control set, if a person decides so",
  CC: "Clinical care",
};

/** How far each permission reaches, by the rows of MATCHING.md's table; CC only where {@link reachOf} finds it permitted. */
const REACH: Readonly<Record<Permission, Readonly<Partial<Record<Kind, number>>>>> = {
  NRES: { GRU: ALWAYS, HMB: ALWAYS, DS: ALWAYS, POA: ALWAYS, MDS: ALWAYS, CTRL: ALWAYS, CC: ALWAYS },
  GRU: { GRU: ALWAYS, HMB: ALWAYS, DS: ALWAYS, POA: ALWAYS, MDS: ALWAYS, CTRL: ALWAYS, CC: ALWAYS },
  HMB: { HMB: ALWAYS, DS: ALWAYS, MDS: ALWAYS, CTRL: ALWAYS, CC: ALWAYS },
  DS: { DS: FOR_DISEASES, MDS: FOR_DISEASES, CTRL: FOR_DISEASES, CC: FOR_DISEASES },
  POA: { POA: ALWAYS, MDS: ALWAYS },
};

/** Modifiers that bar a kind whatever the permissions say. */
const BARS: Readonly<Partial<Record<Kind, Modifier>>> = { MDS: "NMDS", POA: "NPOA" };

function reachOf(kind: Kind, terms: Terms): number {
  const bar = BARS[kind];
  if (bar !== undefined && carries(terms, bar)) return NEVER;
  const reaches = namesOf(PERMISSIONS, terms.permissions)
    .filter((permission) => kind !== "CC" || permission === "NRES" || carries(terms, "CC"))
    .map((permission) => REACH[permission][kind] ?? NEVER);
  return Math.max(NEVER, ...reaches);
}

function gainedKinds({ before, after, names }: Passage): Gain[] {
  return namesOf(KINDS, ALL_KINDS).flatMap((kind) => {
    const [had, has] = [reachOf(kind, before), reachOf(kind, after)];
    if (has <= had) return [];
    const words = KIND_WORDS[kind];
    if (has === FOR_DISEASES) return [surely(`${words}, for ${diseasesInWords(after.diseases, names)}.`)];
    const only = had === NEVER ? "" : `, not only for ${diseasesInWords(before.diseases, names)}`;
    return [surely(`${words}${only}.`)];
  });
}

const ALL_KINDS = Object.values(KINDS).reduce((all, bit) => all | bit, 0);

/** Diseases matter only to the kinds that both terms allow for diseases. */
function gainedDiseases({ before, after, covered, names }: Passage): Gain[] {
  const isBound = (kind: Kind): boolean => [before, after].every((terms) => reachOf(kind, terms) === FOR_DISEASES);
  if (!namesOf(KINDS, ALL_KINDS).some(isBound)) return [];
  const found = after.diseases.map(
    (disease) => [disease, coverageIn(before.ontologyRelease, before.diseases, disease, covered)] as const,
  );
  const said = (coverage: Coverage): string => {
    const diseases = found.filter(([, is]) => is === coverage).map(([disease]) => disease);
    return diseases.length === 0 ? "" : diseasesInWords(diseases, names);
  };
  const [uncovered, unproven] = [said("notCovered"), said("unproven")];
  return [
    ...(uncovered === "" ? [] : [surely(`Research into ${uncovered}.`)]),
    ...(unproven === "" ? [] : [perhaps(`Perhaps research into ${unproven}: whether it was allowed is not known.`)]),
    ...(isSame(before.ontologyRelease, after.ontologyRelease)
      ? []
      : [
          perhaps(
            "Perhaps research into further diseases: another release of the hierarchy says what lies below which.",
          ),
        ]),
  ];
}

/** The facts that each modifier asks for. */
const ASKED: Readonly<Partial<Record<Modifier, readonly Fact[]>>> = {
  NPU: ["notForProfit"],
  NCU: ["notCommercial"],
  NPUNCU: ["notForProfit", "notCommercial"],
  IRB: ["ethicsApproval"],
  COL: ["collaboration"],
  PUB: ["publication"],
  RTN: ["returnsData"],
  GSO: ["geneticStudy"],
  "X:NRI": ["noReidentification"],
  "X:NRL": ["noLinkage"],
  "X:NMT": ["noTraining"],
};

const WITHOUT_FACT: Readonly<Partial<Record<Fact, string>>> = {
  notForProfit: "Use by organisations that work for profit.",
  notCommercial: "Commercial use.",
  ethicsApproval: "Use without an ethics committee's approval.",
  collaboration: "Use without collaboration with the investigators.",
  publication: "Use without publication of the results.",
  returnsData: "Use without giving back derived data.",
  geneticStudy: "Studies that are not genetic.",
  noReidentification: "Use in which somebody tries to find out who the participants are, where the law compels it.",
  noLinkage: "Linkage with other records about the participants.",
  noTraining: "The training of models.",
};

function factsAskedBy({ modifiers }: Terms): ReadonlySet<Fact> {
  return new Set(namesOf(MODIFIERS, modifiers).flatMap((modifier) => ASKED[modifier] ?? []));
}

function gainedByFacts({ before, after }: Passage): Gain[] {
  const asked = factsAskedBy(after);
  return (Object.keys(FACTS) as Fact[]).flatMap((fact) => {
    const sentence = WITHOUT_FACT[fact];
    return sentence !== undefined && factsAskedBy(before).has(fact) && !asked.has(fact) ? [surely(sentence)] : [];
  });
}

/** Modifiers that list who or what may be, the field that they list it in, and what each is called. */
const LISTS = [
  ["IS", "institutions", "institution"],
  ["US", "users", "user"],
  ["PS", "projects", "project"],
] as const;

function gainedByLists({ before, after }: Passage): Gain[] {
  const ofLists = LISTS.flatMap(([modifier, field, one]) => {
    if (!carries(before, modifier)) return [];
    if (!carries(after, modifier)) return [surely(`Use by or for any ${one}, not only those listed.`)];
    return unlisted(after[field], before[field]).map((item) => surely(`Use by or for the ${one} ${item}.`));
  });
  if (before.investigators.length === 0) return ofLists;
  const further = unlisted(after.investigators, before.investigators);
  if (carries(after, "COL") && after.investigators.length > 0 && further.length === 0) return ofLists;
  return [...ofLists, surely("Use to which none of the investigators named before has agreed.")];
}

function gainedResearchTypes({ before, after }: Passage): Gain[] {
  if (!carries(before, "RS")) return [];
  if (!carries(after, "RS")) return [surely("Research of any type, not only of those listed.")];
  const { researchTypes = [] } = termsToJson({
    ...after,
    researchTypes: unlisted(after.researchTypes, before.researchTypes),
    researchTexts: unlisted(after.researchTexts, before.researchTexts),
  });
  return researchTypes.map((type) => surely(`Research of the type ${type}.`));
}

function gainedRegions({ before, after, covered }: Passage): Gain[] {
  if (!carries(before, "GS")) return [];
  if (!carries(after, "GS")) return [surely("Use in any region of the world.")];
  const { regions = [] } = termsToJson(after);
  const gained = after.regions.flatMap((region, index) => {
    const is = coverageIn(before.regionRelease, before.regions, region, covered);
    if (is === "covered") return [];
    const name = regions[index] ?? String(region);
    return [
      is === "notCovered"
        ? surely(`Use in ${name}.`)
        : perhaps(`Perhaps use in ${name}: whether it was allowed is not known.`),
    ];
  });
  if (isSame(before.regionRelease, after.regionRelease)) return gained;
  return [
    ...gained,
    perhaps("Perhaps use in further regions: another release of the table says what lies within which."),
  ];
}

function gainedByNumbers({ before, after }: Passage): Gain[] {
  const gained: Gain[] = [];
  if (carries(before, "TS") && !carries(after, "TS")) gained.push(surely("Use without a limit of time."));
  else if (carries(before, "TS") && after.months > before.months) {
    gained.push(surely(`Use for ${after.months} months, not only ${before.months}.`));
  }
  if (carries(before, "MOR") && after.moratoriumUntil < before.moratoriumUntil) {
    const from = after.moratoriumUntil === 0 ? "at any time" : `from ${dayOf(after.moratoriumUntil)} on`;
    gained.push(surely(`Publication ${from}, not only from ${dayOf(before.moratoriumUntil)} on.`));
  }
  if (after.from < before.from) {
    const from = after.from === 0 ? "at once" : `from ${dayOf(after.from)} on`;
    gained.push(surely(`Use ${from}, not only from ${dayOf(before.from)} on.`));
  }
  if (after.reConsentBy > before.reConsentBy) {
    const until = after.reConsentBy === NO_EXPIRY ? "without an end" : `until ${dayOf(after.reConsentBy)}`;
    gained.push(surely(`Use ${until}, not only until ${dayOf(before.reConsentBy)}.`));
  }
  return gained;
}

function gainedElements({ before, after }: Passage): Gain[] {
  const gained: Gain[] = [];
  if (!isSame(before.dictionaryRelease, after.dictionaryRelease)) {
    gained.push(
      perhaps("Perhaps use of further data: another data dictionary says what the bits of elements stand for."),
    );
  }
  const further = after.elements & ~before.elements;
  if (further === 0n) return gained;
  if (after.elements === ALL_ELEMENTS) return [...gained, surely("Use of all elements of the data.")];
  const { elements = [] } = termsToJson({ ...after, elements: further });
  return [...gained, surely(`Use of these elements of the data: ${elements.join(", ")}.`)];
}

/** Who keeps the data and how long is no matter of matching; a participant agrees to it all the same. */
function gainedByNotice({ before: { notice: before }, after: { notice: after } }: Passage): Gain[] {
  const gained: Gain[] = [];
  if (!isSame(before.controller, after.controller)) {
    const controller = isZero(after.controller) ? "the scope's custodian" : `the institution ${after.controller}`;
    gained.push(surely(`Processing under the responsibility of ${controller}.`));
  }
  if (before.retentionMonths > 0 && after.retentionMonths === 0) {
    gained.push(surely("Keeping the data for a time that is not stated."));
  } else if (before.retentionMonths > 0 && after.retentionMonths > before.retentionMonths) {
    const { retentionMonths } = after;
    gained.push(
      surely(`Keeping the data for ${retentionMonths} months after the end, not only ${before.retentionMonths}.`),
    );
  }
  return gained;
}

function unlisted(items: readonly Bytes[], listed: readonly Bytes[]): Bytes[] {
  return items.filter((item) => !listed.some((other) => isSame(item, other)));
}

function isSame(a: Bytes, b: Bytes): boolean {
  return BigInt(a) === BigInt(b);
}
