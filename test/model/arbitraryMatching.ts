import fc from "fast-check";

import {
  ALL_ELEMENTS,
  BLANK_PURPOSE,
  BLANK_TERMS,
  type Bytes,
  type Coverage,
  type Layer,
  LAYERS,
  MODIFIERS,
  NO_EXPIRY,
  PERMISSIONS,
  type Purpose,
  STATEMENTS,
  type Terms,
} from "../../src/model/index.ts";
import { digest } from "../support/digest.ts";

// Cases over small universes, so that lists meet, and every row of MATCHING.md's table comes out every way.

/** The second that cases are decided for; windows begin and end around it. */
export const AT = 1_767_225_600;

export const ONTOLOGY = digest(0x5e);
export const REGIONS = digest(0x7e);

/** Strict ancestors of five terms: 1 is above 2 and 3, 2 is above 4; 5 stands alone. */
export const ANCESTORS: Readonly<Record<number, readonly number[]>> = { 1: [], 2: [1], 3: [1], 4: [1, 2], 5: [] };
export const TERMS = Object.keys(ANCESTORS).map(Number);

/** How much of a term's descent is proved: nothing, its nearest ancestor, or everything. */
export type Proof = "nothing" | "nearest" | "everything";

/** For each of {@link TERMS}. */
export type Proofs = readonly Proof[];

export function provedAncestors(term: number, proofs: Proofs): readonly number[] {
  const ancestors = ANCESTORS[term] ?? [];
  const proof = proofs[TERMS.indexOf(term)] ?? "nothing";
  return proof === "everything" ? ancestors : proof === "nearest" ? ancestors.slice(-1) : [];
}

export function isComplete(term: number, proofs: Proofs): boolean {
  return proofs[TERMS.indexOf(term)] === "everything";
}

/** What the proofs show, in either release. */
export function coveredBy(proofs: Proofs): (release: Bytes, descendant: number, ancestor: number) => Coverage {
  return (_, descendant, ancestor) => {
    if (provedAncestors(descendant, proofs).includes(ancestor)) return "covered";
    return isComplete(descendant, proofs) ? "notCovered" : "unproven";
  };
}

export const arbitraryProofs: fc.Arbitrary<Proofs> = fc.array(
  fc.constantFrom<Proof>("nothing", "nearest", "everything", "everything", "everything"),
  { minLength: TERMS.length, maxLength: TERMS.length },
);

const few = fc.subarray([1, 2, 3, 4].map(digest));
const some = fc.subarray([1, 2, 3, 4].map(digest), { minLength: 1 });
const terms = fc.subarray(TERMS);
const someTerms = fc.subarray(TERMS, { minLength: 1 });
const permissions = fc.subarray(Object.values(PERMISSIONS));
/** Few at a time: with all of them every case would be denied. */
const modifiers = fc.subarray(Object.values(MODIFIERS), { maxLength: 4 });
const union = (bits: readonly number[]): number => bits.reduce((mask, bit) => mask | bit, 0);
const MONTHS = 3;

/** Terms that a layer may carry; not always such as may be registered. */
export const arbitraryTerms: fc.Arbitrary<Terms> = fc
  .record({
    permissions: permissions.map(union),
    modifiers: modifiers.map(union),
    lists: fc.record({ diseases: someTerms, regions: someTerms, institutions: some, users: some, projects: some }),
    investigators: few,
    researchTypes: fc.tuple(few, few).filter((both) => both.flat().length > 0),
    months: fc.integer({ min: 1, max: MONTHS }),
    moratoriumUntil: fc.constantFrom(AT, AT + 1),
    elements: fc.constantFrom(ALL_ELEMENTS, ALL_ELEMENTS, 0b011n, 0b110n),
    from: fc.constantFrom(0, 0, AT, AT + 1),
  })
  .filter(({ permissions: of, modifiers: by }) => !(of === PERMISSIONS.POA && has(by, "CC", "NPOA")))
  .map(({ lists, investigators, researchTypes: [researchTypes, researchTexts], months, moratoriumUntil, ...rest }) => ({
    ...BLANK_TERMS,
    ...rest,
    ...((rest.permissions & PERMISSIONS.DS) === 0 ? {} : { diseases: lists.diseases, ontologyRelease: ONTOLOGY }),
    ...(has(rest.modifiers, "GS") ? { regions: lists.regions, regionRelease: REGIONS } : {}),
    ...(has(rest.modifiers, "IS") ? { institutions: lists.institutions } : {}),
    ...(has(rest.modifiers, "US") ? { users: lists.users } : {}),
    ...(has(rest.modifiers, "PS") ? { projects: lists.projects } : {}),
    ...(has(rest.modifiers, "COL") ? { investigators } : {}),
    ...(has(rest.modifiers, "RS") ? { researchTypes, researchTexts } : {}),
    ...(has(rest.modifiers, "TS") ? { months } : {}),
    ...(has(rest.modifiers, "MOR") ? { moratoriumUntil } : {}),
  }));

export const arbitraryLayer: fc.Arbitrary<Layer> = fc.record({
  name: fc.constantFrom(...LAYERS),
  // Mostly Active: every other state denies by itself.
  state: fc.oneof({ weight: 4, arbitrary: fc.constant(2) }, { weight: 1, arbitrary: fc.integer({ min: 0, max: 5 }) }),
  until: fc.constantFrom(AT, AT + 1, NO_EXPIRY, NO_EXPIRY),
  elements: fc.constantFrom(ALL_ELEMENTS, ALL_ELEMENTS, 0b101n),
  terms: arbitraryTerms,
});

export const arbitraryPurpose: fc.Arbitrary<Purpose> = fc
  .record({
    kinds: fc.subarray([1, 2, 4, 8, 16, 32, 64], { minLength: 1, maxLength: 3 }).map(union),
    diseases: terms,
    // Often all, so that the rest of a case decides.
    stated: fc.oneof(fc.constant(STATEMENTS), fc.integer({ min: 0, max: STATEMENTS })),
    unattested: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: (1 << 17) - 1 })),
    regions: terms,
    institutions: few,
    users: few,
    projects: few,
    collaborators: few,
    researchTypes: few,
    researchTexts: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: few }),
    months: fc.integer({ min: 0, max: MONTHS + 1 }),
    publishFrom: fc.constantFrom(0, AT, AT + 1),
    elements: fc.constantFrom(0n, 0n, 0b001n, 0b011n, 0b100n),
    sensitive: fc.oneof(
      { weight: 3, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 511 }) },
    ),
  })
  .filter(({ kinds, diseases }) => (kinds & 4) === 0 || diseases.length > 0)
  .map((purpose) => ({ ...BLANK_PURPOSE, ...purpose }));

/** What both matchers are asked. */
export interface Case {
  readonly layers: readonly Layer[];
  readonly purpose: Purpose;
  readonly proofs: Proofs;
}

export const arbitraryCase: fc.Arbitrary<Case> = fc.record({
  layers: fc.oneof(
    { weight: 3, arbitrary: fc.array(arbitraryLayer, { minLength: 1, maxLength: 1 }) },
    { weight: 1, arbitrary: fc.array(arbitraryLayer, { minLength: 2, maxLength: 5 }) },
  ),
  purpose: arbitraryPurpose,
  proofs: arbitraryProofs,
});

function has(mask: number, ...names: readonly (keyof typeof MODIFIERS)[]): boolean {
  return names.some((name) => (mask & MODIFIERS[name]) !== 0);
}
