import { type ConsentStatus, statusOf } from "./status.ts";
import {
  carries,
  checkDecidablePurpose,
  checkDecidableTerms,
  type Bytes,
  type Fact,
  FACTS,
  type Kind,
  KINDS,
  type Modifier,
  MODIFIERS,
  namesOf,
  type Permission,
  PERMISSIONS,
  type Purpose,
  SENSITIVE,
  type Terms,
} from "./dataUse.ts";
import { ModelError } from "./errors.ts";

/** Whose terms a reason comes from, in the order of the contracts' numbers. */
export const LAYERS = ["consent", "coConsent", "dataset", "committee", "jurisdiction"] as const;

export type LayerName = (typeof LAYERS)[number];

/** Bits that each layer has in each of a verdict's two sets; five layers of 51 fit one contract word. */
export const REASONS_PER_LAYER = 51;

/**
 * DENY reasons by code; append only. The first eight stand at the number of the status that they name, so code 2,
 * Active, is no reason.
 */
export const DENY_REASONS = [
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
] as const;

/** MANUAL reasons by code; append only. */
export const MANUAL_REASONS = [
  "CTRL_NEEDS_REVIEW",
  "NPU_UNATTESTED",
  "NCU_UNATTESTED",
  "NPUNCU_NOT_FOR_PROFIT_UNATTESTED",
  "NPUNCU_COMMERCIAL_UNATTESTED",
  "IRB_UNATTESTED",
  "COL_UNATTESTED",
  "COL_NOT_SIGNED",
  "PUB_UNATTESTED",
  "RTN_UNATTESTED",
  "GSO_UNATTESTED",
  "GS_UNATTESTED",
  "US_UNATTESTED",
  "PS_UNATTESTED",
  "RS_FREE_TEXT",
  "MOR_UNATTESTED",
  "NRI_UNATTESTED",
  "NRL_UNATTESTED",
  "NMT_UNATTESTED",
  "SENSITIVE_CHILDREN",
  "SENSITIVE_GENDER",
  "SENSITIVE_POPULATION",
  "SENSITIVE_VULNERABLE",
  "SENSITIVE_ILLEGAL_BEHAVIOUR",
  "SENSITIVE_SEXUAL_DISEASE",
  "SENSITIVE_PSYCHOLOGICAL_TRAITS",
  "SENSITIVE_STIGMATISED_DISEASE",
  "SENSITIVE_NOT_HEALTH",
  // Of a consent that has ended, where the dataset is a model: no matcher says it, the licence's layers do.
  "MODEL_CONSENT_ENDED",
] as const;

export type DenyReason = NonNullable<(typeof DENY_REASONS)[number]>;
export type ManualReason = (typeof MANUAL_REASONS)[number];

export type Outcome = "APPROVE" | "DENY" | "MANUAL";

/** A decision as two sets of reasons. A reason's bit is its layer's number times REASONS_PER_LAYER plus its code. */
export interface Verdict {
  readonly deny: bigint;
  readonly manual: bigint;
}

/** One party's terms as they stand. */
export interface Layer {
  readonly name: LayerName;
  /** One of ConsentState; Active for terms that nobody can withdraw. */
  readonly state: number;
  /** First second at which the layer no longer holds (Unix seconds, uint32), or NO_EXPIRY. */
  readonly until: number;
  /** Bits of the categories and elements agreed to (uint64), beside what the terms say; ALL_ELEMENTS is no restriction. */
  readonly elements: bigint;
  /** Null when the layer has none: a consent that was never granted. Then its state alone decides. */
  readonly terms: Terms | null;
}

/** What is known of a descent. */
export type Coverage = "covered" | "notCovered" | "unproven";

/**
 * Whether `ancestor` is a strict ancestor of `descendant` in the release, of an ontology or of the region table; "unproven"
 * when nobody has shown either that it is or that it is not.
 */
export type Covered = (release: Bytes, descendant: number, ancestor: number) => Coverage;

/**
 * Decides a purpose against every layer alone and joins the reasons, so that the worst result wins. What the purpose
 * states is taken as true: whoever calls this has put in what records say.
 * @param at Unix seconds (uint32)
 * @throws ModelError LayersMissing, LayerUnknown, LayerTermsMissing, ValueOutOfRange, StateUnknown, and the errors of
 * checkDecidableTerms and checkDecidablePurpose
 */
export function decide(layers: readonly Layer[], purpose: Purpose, at: number, covered: Covered): Verdict {
  if (layers.length === 0) {
    throw new ModelError("LayersMissing", "there is no layer to decide on", "Give at least the consent's layer.");
  }
  checkDecidablePurpose(purpose);
  let verdict: Verdict = { deny: 0n, manual: 0n };
  for (const layer of layers) verdict = join(verdict, decideLayer(layer, purpose, at, covered));
  return verdict;
}

/** The union of two verdicts. */
export function join(a: Verdict, b: Verdict): Verdict {
  return { deny: a.deny | b.deny, manual: a.manual | b.manual };
}

/** DENY if there is a DENY reason, else MANUAL if there is a MANUAL one, else APPROVE. */
export function outcomeOf(verdict: Verdict): Outcome {
  if (verdict.deny !== 0n) return "DENY";
  return verdict.manual !== 0n ? "MANUAL" : "APPROVE";
}

/** Every reason as "layer:CODE", sorted as strings. */
export function reasonsOf(verdict: Verdict): string[] {
  const reasons: string[] = [];
  LAYERS.forEach((layer, number) => {
    const holds = (mask: bigint, code: number): boolean => ((mask >> bitOf(number, code)) & 1n) === 1n;
    DENY_REASONS.forEach((reason, code) => {
      if (reason !== undefined && holds(verdict.deny, code)) reasons.push(`${layer}:${reason}`);
    });
    MANUAL_REASONS.forEach((reason, code) => {
      if (holds(verdict.manual, code)) reasons.push(`${layer}:${reason}`);
    });
  });
  return reasons.sort();
}

/** What one row of the table says. */
type Finding =
  | { readonly outcome: "APPROVE" }
  | { readonly outcome: "MANUAL"; readonly reason: ManualReason }
  | { readonly outcome: "DENY"; readonly reason: DenyReason };

/** What a permission says of a kind: it denies by itself, or only for what is not shown of the diseases. */
type KindFinding =
  | Exclude<Finding, { readonly outcome: "DENY" }>
  | { readonly outcome: "DENY"; readonly lacks: "permission" | "coverage" };

/** One layer's side of the case, as the rows read it. */
interface Question {
  readonly terms: Terms;
  readonly purpose: Purpose;
  /** Elements agreed to, by the layer and by its terms. */
  readonly elements: bigint;
  /** Of all the purpose's diseases; "covered" when there are none. */
  readonly coverage: Coverage;
  /** Of all the purpose's regions; "covered" when there are none. */
  readonly regionCoverage: Coverage;
}

type PermissionRow = (kind: Kind, question: Question) => KindFinding;
type ModifierRow = (question: Question) => readonly Finding[];
type Rule = (question: Question) => readonly Finding[];

const approve = { outcome: "APPROVE" } as const;
const refuse = { outcome: "DENY", lacks: "permission" } as const;
const review = { outcome: "MANUAL", reason: "CTRL_NEEDS_REVIEW" } as const;
const deny = (reason: DenyReason): Finding => ({ outcome: "DENY", reason });
const manual = (reason: ManualReason): Finding => ({ outcome: "MANUAL", reason });

/** A permission that passes `kinds` without more, and says of the others what `others` says. */
function passes(kinds: readonly Kind[], others: PermissionRow): PermissionRow {
  return (kind, question) => (kinds.includes(kind) ? approve : others(kind, question));
}

const refuseOthers: PermissionRow = () => refuse;

/** CTRL goes to a person; CC needs the modifier that permits it. */
const broadly: PermissionRow = (kind, { terms }) => {
  if (kind === "CTRL") return review;
  return kind === "CC" && carries(terms, "CC") ? approve : refuse;
};

const diseaseSpecific: PermissionRow = (kind, { terms, purpose, coverage }) => {
  const whenCovered = (finding: KindFinding): KindFinding =>
    coverage === "covered" ? finding : { outcome: "DENY", lacks: "coverage" };
  const listsDiseases = purpose.diseases.length > 0;
  switch (kind) {
    case "DS":
    case "MDS":
      return whenCovered(approve);
    case "CTRL":
      return listsDiseases ? whenCovered(review) : refuse;
    case "CC":
      return listsDiseases && carries(terms, "CC") ? whenCovered(approve) : refuse;
    default:
      return refuse;
  }
};

/** The permissions' rows of MATCHING.md's table. */
const PERMISSION_ROWS: Readonly<Record<Permission, PermissionRow>> = {
  NRES: passes(["GRU", "HMB", "DS", "POA", "MDS", "CC"], broadly),
  GRU: passes(["GRU", "HMB", "DS", "POA", "MDS"], broadly),
  HMB: passes(["HMB", "DS", "MDS"], broadly),
  DS: diseaseSpecific,
  POA: passes(["POA", "MDS"], refuseOthers),
};

/** A modifier that bars one kind whatever the permissions say. */
function bars(kind: Kind, reason: DenyReason): ModifierRow {
  return ({ purpose }) => ((purpose.kinds & KINDS[kind]) !== 0 ? [deny(reason)] : []);
}

/** A modifier that needs a fact: false or absent denies, true but unattested goes to a person. */
function needs(fact: Fact, otherwise: DenyReason, unattested: ManualReason): ModifierRow {
  return ({ purpose }) => {
    if ((purpose.stated & FACTS[fact]) === 0) return [deny(otherwise)];
    return whereUnattested(purpose, fact, unattested);
  };
}

/** A modifier that lists who or what may be: all that is asked for must be in the list, and something must be asked for. */
function lists(
  name: "institutions" | "users" | "projects",
  otherwise: DenyReason,
  unattested?: ManualReason,
): ModifierRow {
  return ({ terms, purpose }) => {
    const asked = purpose[name];
    if (asked.length === 0 || !asked.every((item) => isListed(item, terms[name]))) return [deny(otherwise)];
    return unattested === undefined ? [] : whereUnattested(purpose, name, unattested);
  };
}

function whereUnattested(purpose: Purpose, fact: Fact, reason: ManualReason): readonly Finding[] {
  return (purpose.unattested & FACTS[fact]) === 0 ? [] : [manual(reason)];
}

function isListed(item: Bytes, list: readonly Bytes[]): boolean {
  return list.some((listed) => BigInt(listed) === BigInt(item));
}

const notForProfitAndNotCommercial: ModifierRow = (question) => [
  ...needs("notForProfit", "NPUNCU_NOT_FOR_PROFIT", "NPUNCU_NOT_FOR_PROFIT_UNATTESTED")(question),
  ...needs("notCommercial", "NPUNCU_COMMERCIAL", "NPUNCU_COMMERCIAL_UNATTESTED")(question),
];

const collaborates: ModifierRow = (question) => {
  const { terms, purpose } = question;
  const agreed = needs("collaboration", "COL_COLLABORATION", "COL_UNATTESTED")(question);
  const isAgreed = (purpose.stated & FACTS.collaboration) !== 0;
  const isSigned = purpose.collaborators.some((investigator) => isListed(investigator, terms.investigators));
  return isAgreed && terms.investigators.length > 0 && !isSigned ? [...agreed, manual("COL_NOT_SIGNED")] : agreed;
};

const withinRegions: ModifierRow = ({ purpose, regionCoverage }) => {
  if (purpose.regions.length === 0 || regionCoverage === "notCovered") return [deny("GS_REGIONS")];
  if (regionCoverage === "unproven") return [deny("UNPROVEN")];
  return whereUnattested(purpose, "regions", "GS_UNATTESTED");
};

/** A coded type is covered by the same code. What is not covered by codes, a person may find in the words. */
const ofResearchTypes: ModifierRow = ({ terms, purpose }) => {
  const { researchTypes, researchTexts } = purpose;
  const isStated = researchTypes.length + researchTexts.length > 0;
  if (isStated && researchTexts.length === 0 && researchTypes.every((type) => isListed(type, terms.researchTypes))) {
    return [];
  }
  return [isStated && terms.researchTexts.length > 0 ? manual("RS_FREE_TEXT") : deny("RS_RESEARCH_TYPES")];
};

const withinMonths: ModifierRow = ({ terms, purpose }) =>
  purpose.months >= 1 && purpose.months <= terms.months ? [] : [deny("TS_MONTHS")];

const afterMoratorium: ModifierRow = ({ terms, purpose }) =>
  purpose.publishFrom < terms.moratoriumUntil
    ? [deny("MOR_PUBLISH_FROM")]
    : whereUnattested(purpose, "publishFrom", "MOR_UNATTESTED");

/** The modifiers' rows of MATCHING.md's table. */
const MODIFIER_ROWS: Readonly<Record<Modifier, ModifierRow>> = {
  // The one modifier that permits: the permissions' rows read it.
  CC: () => [],
  NMDS: bars("MDS", "NMDS"),
  NPOA: bars("POA", "NPOA"),
  NPU: needs("notForProfit", "NPU_NOT_FOR_PROFIT", "NPU_UNATTESTED"),
  NCU: needs("notCommercial", "NCU_COMMERCIAL", "NCU_UNATTESTED"),
  NPUNCU: notForProfitAndNotCommercial,
  IRB: needs("ethicsApproval", "IRB_ETHICS_APPROVAL", "IRB_UNATTESTED"),
  COL: collaborates,
  PUB: needs("publication", "PUB_PUBLICATION", "PUB_UNATTESTED"),
  RTN: needs("returnsData", "RTN_RETURNS_DATA", "RTN_UNATTESTED"),
  GSO: needs("geneticStudy", "GSO_GENETIC_STUDY", "GSO_UNATTESTED"),
  GS: withinRegions,
  IS: lists("institutions", "IS_INSTITUTIONS"),
  US: lists("users", "US_USERS", "US_UNATTESTED"),
  PS: lists("projects", "PS_PROJECTS", "PS_UNATTESTED"),
  RS: ofResearchTypes,
  TS: withinMonths,
  MOR: afterMoratorium,
  "X:NRI": needs("noReidentification", "NRI_REIDENTIFIES", "NRI_UNATTESTED"),
  "X:NRL": needs("noLinkage", "NRL_LINKS_RECORDS", "NRL_UNATTESTED"),
  "X:NMT": needs("noTraining", "NMT_TRAINS_MODEL", "NMT_UNATTESTED"),
};

const SENSITIVE_REASONS: Readonly<Record<keyof typeof SENSITIVE, ManualReason>> = {
  children: "SENSITIVE_CHILDREN",
  gender: "SENSITIVE_GENDER",
  population: "SENSITIVE_POPULATION",
  vulnerable: "SENSITIVE_VULNERABLE",
  illegalBehaviour: "SENSITIVE_ILLEGAL_BEHAVIOUR",
  sexualDisease: "SENSITIVE_SEXUAL_DISEASE",
  psychologicalTraits: "SENSITIVE_PSYCHOLOGICAL_TRAITS",
  stigmatisedDisease: "SENSITIVE_STIGMATISED_DISEASE",
  notHealth: "SENSITIVE_NOT_HEALTH",
};

const STATUS_REASONS: Readonly<Record<ConsentStatus, DenyReason | undefined>> = {
  None: "STATE_NONE",
  Declined: "STATE_DECLINED",
  Active: undefined,
  Suspended: "STATE_SUSPENDED",
  Withdrawn: "STATE_WITHDRAWN",
  Annulled: "STATE_ANNULLED",
  Scheduled: "SCHEDULED",
  Expired: "EXPIRED",
};

const everyKind: Rule = (question) => namesOf(KINDS, question.purpose.kinds).map((kind) => bestOf(kind, question));

const everyModifier: Rule = (question) =>
  namesOf(MODIFIERS, question.terms.modifiers).flatMap((modifier) => MODIFIER_ROWS[modifier](question));

const everySensitiveTopic: Rule = ({ purpose }) =>
  namesOf(SENSITIVE, purpose.sensitive).map((topic) => manual(SENSITIVE_REASONS[topic]));

const everyElement: Rule = ({ purpose, elements }) =>
  (purpose.elements & ~elements) === 0n ? [] : [deny("ELEMENTS_NOT_COVERED")];

/** What a layer's terms must satisfy. No rule hides another's reasons. */
const RULES: readonly Rule[] = [everyKind, everyModifier, everySensitiveTopic, everyElement];

function decideLayer(layer: Layer, purpose: Purpose, at: number, covered: Covered): Verdict {
  const number = LAYERS.indexOf(layer.name);
  if (number < 0) {
    throw new ModelError("LayerUnknown", `no layer is called ${layer.name}`, `Use one of ${LAYERS.join(", ")}.`);
  }
  const findings = [...stand(layer, at)];
  if (layer.terms !== null) {
    const { terms } = layer;
    checkDecidableTerms(terms);
    const question = {
      ...{ terms, purpose },
      elements: terms.elements & layer.elements,
      coverage: coverageOf(terms.ontologyRelease, terms.diseases, purpose.diseases, covered),
      regionCoverage: coverageOf(terms.regionRelease, terms.regions, purpose.regions, covered),
    };
    findings.push(...RULES.flatMap((rule) => rule(question)));
  }
  return findings.map((finding) => reasonBit(number, finding)).reduce(join, { deny: 0n, manual: 0n });
}

/** The row of state and window: Active and from <= at < until, else the state is the reason. */
function stand({ name, state, until, terms }: Layer, at: number): readonly Finding[] {
  const status = statusOf({ state, from: terms?.from ?? 0, until, holdsTerms: terms !== null }, at);
  if (status === "Active" && terms === null) {
    throw new ModelError("LayerTermsMissing", `the layer ${name} is active without terms`, "Give the layer's terms.");
  }
  const reason = STATUS_REASONS[status];
  return reason === undefined ? [] : [deny(reason)];
}

/** The best result over the layer's permissions. */
function bestOf(kind: Kind, question: Question): Finding {
  const findings = namesOf(PERMISSIONS, question.terms.permissions).map((permission) =>
    PERMISSION_ROWS[permission](kind, question),
  );
  let needsCoverage = false;
  let best: Finding | undefined;
  for (const finding of findings) {
    if (finding.outcome === "APPROVE") return finding;
    if (finding.outcome === "MANUAL") best = finding;
    else needsCoverage ||= finding.lacks === "coverage";
  }
  if (best !== undefined) return best;
  if (!needsCoverage) return deny(`${kind}_NOT_PERMITTED`);
  return deny(question.coverage === "unproven" ? "UNPROVEN" : "DS_NOT_COVERED");
}

/** All that is asked must be covered; one that is known not to be outweighs one of which nothing is known. */
function coverageOf(release: Bytes, agreed: readonly number[], asked: readonly number[], covered: Covered): Coverage {
  const found = new Set(asked.map((term) => coverageIn(release, agreed, term, covered)));
  if (found.has("notCovered")) return "notCovered";
  return found.has("unproven") ? "unproven" : "covered";
}

/** Whether some of what was agreed to equals a term or is an ancestor of it in the release. */
export function coverageIn(release: Bytes, agreed: readonly number[], term: number, covered: Covered): Coverage {
  if (agreed.includes(term)) return "covered";
  const found = new Set(agreed.map((listed) => covered(release, term, listed)));
  if (found.has("covered")) return "covered";
  return found.has("unproven") ? "unproven" : "notCovered";
}

function bitOf(layer: number, code: number): bigint {
  return BigInt(layer * REASONS_PER_LAYER + code);
}

function reasonBit(layer: number, finding: Finding): Verdict {
  switch (finding.outcome) {
    case "APPROVE":
      return { deny: 0n, manual: 0n };
    case "MANUAL":
      return { deny: 0n, manual: 1n << bitOf(layer, MANUAL_REASONS.indexOf(finding.reason)) };
    case "DENY":
      return { deny: 1n << bitOf(layer, DENY_REASONS.indexOf(finding.reason)), manual: 0n };
  }
}
