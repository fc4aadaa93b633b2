import { type ConsentStatus, statusOf } from "./status.ts";
import {
  checkDecidablePurpose,
  checkDecidableTerms,
  checkFacts,
  type Fact,
  type Facts,
  FACTS,
  type Kind,
  KINDS,
  type Modifier,
  MODIFIERS,
  namesOf,
  type Permission,
  PERMISSIONS,
  type Purpose,
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
] as const;

/** MANUAL reasons by code; append only. */
export const MANUAL_REASONS = ["CTRL_NEEDS_REVIEW", "NPU_UNATTESTED"] as const;

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
  /** Null when the layer has none: a consent that was never granted. Then its state alone decides. */
  readonly terms: Terms | null;
}

/** What is known of a descent. */
export type Coverage = "covered" | "notCovered" | "unproven";

/**
 * Whether `ancestor` is a strict ancestor of `descendant` in the ontology release; "unproven" when nobody has shown
 * either that it is or that it is not.
 */
export type Covered = (release: string, descendant: number, ancestor: number) => Coverage;

/**
 * Decides a purpose against every layer alone and joins the reasons, so that the worst result wins.
 * @param at Unix seconds (uint32)
 * @throws ModelError LayersMissing, LayerUnknown, LayerTermsMissing, ValueOutOfRange, StateUnknown, and the errors of
 * checkDecidableTerms, checkDecidablePurpose and checkFacts
 */
export function decide(
  layers: readonly Layer[],
  purpose: Purpose,
  facts: Facts,
  at: number,
  covered: Covered,
): Verdict {
  if (layers.length === 0) {
    throw new ModelError("LayersMissing", "there is no layer to decide on", "Give at least the consent's layer.");
  }
  checkDecidablePurpose(purpose);
  checkFacts(facts);
  let verdict: Verdict = { deny: 0n, manual: 0n };
  for (const layer of layers) verdict = join(verdict, decideLayer(layer, purpose, facts, at, covered));
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
  readonly facts: Facts;
  /** Of all the purpose's diseases; "covered" when there are none. */
  readonly coverage: Coverage;
}

type PermissionRow = (kind: Kind, question: Question) => KindFinding;
type ModifierRow = (question: Question) => Finding;
type Rule = (question: Question) => readonly Finding[];

const approve = { outcome: "APPROVE" } as const;
const refuse = { outcome: "DENY", lacks: "permission" } as const;
const review = { outcome: "MANUAL", reason: "CTRL_NEEDS_REVIEW" } as const;
const deny = (reason: DenyReason): Finding => ({ outcome: "DENY", reason });

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
  return ({ purpose }) => ((purpose.kinds & KINDS[kind]) !== 0 ? deny(reason) : approve);
}

/** A modifier that needs a fact: false or absent denies, true but unattested goes to a person. */
function needs(fact: Fact, otherwise: DenyReason, unattested: ManualReason): ModifierRow {
  return ({ purpose, facts }) => {
    if ((facts.held & FACTS[fact]) === 0) return deny(otherwise);
    return (purpose.unattested & FACTS[fact]) === 0 ? approve : { outcome: "MANUAL", reason: unattested };
  };
}

/** The modifiers' rows of MATCHING.md's table. */
const MODIFIER_ROWS: Readonly<Record<Modifier, ModifierRow>> = {
  // The one modifier that permits: the permissions' rows read it.
  CC: () => approve,
  NMDS: bars("MDS", "NMDS"),
  NPOA: bars("POA", "NPOA"),
  NPU: needs("notForProfit", "NPU_NOT_FOR_PROFIT", "NPU_UNATTESTED"),
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
  namesOf(MODIFIERS, question.terms.modifiers).map((modifier) => MODIFIER_ROWS[modifier](question));

/** What a layer's terms must satisfy. No rule hides another's reasons. */
const RULES: readonly Rule[] = [everyKind, everyModifier];

function decideLayer(layer: Layer, purpose: Purpose, facts: Facts, at: number, covered: Covered): Verdict {
  const number = LAYERS.indexOf(layer.name);
  if (number < 0) {
    throw new ModelError("LayerUnknown", `no layer is called ${layer.name}`, `Use one of ${LAYERS.join(", ")}.`);
  }
  const findings = [...stand(layer, at)];
  if (layer.terms !== null) {
    checkDecidableTerms(layer.terms);
    const coverage = coverageOf(layer.terms, purpose.diseases, covered);
    const question = { terms: layer.terms, purpose, facts, coverage };
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

/** Every disease must be covered; one that is known not to be outweighs one of which nothing is known. */
function coverageOf(terms: Terms, diseases: readonly number[], covered: Covered): Coverage {
  const found = new Set(diseases.map((disease) => coverageOfOne(terms, disease, covered)));
  if (found.has("notCovered")) return "notCovered";
  return found.has("unproven") ? "unproven" : "covered";
}

function coverageOfOne(terms: Terms, disease: number, covered: Covered): Coverage {
  if (terms.diseases.includes(disease)) return "covered";
  const found = new Set(terms.diseases.map((listed) => covered(terms.ontologyRelease, disease, listed)));
  if (found.has("covered")) return "covered";
  return found.has("unproven") ? "unproven" : "notCovered";
}

function carries(terms: Terms, modifier: Modifier): boolean {
  return (terms.modifiers & MODIFIERS[modifier]) !== 0;
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
