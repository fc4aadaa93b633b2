import { checkUint, ModelError } from "./errors.ts";

/** GA4GH DUO permissions (release 2021-02-23), bits of Terms.permissions. */
export const PERMISSIONS = {
  /** DUO:0000004 no restriction */
  NRES: 1 << 0,
  /** DUO:0000042 general research use */
  GRU: 1 << 1,
  /** DUO:0000006 health, medical or biomedical research */
  HMB: 1 << 2,
  /** DUO:0000007 disease specific research */
  DS: 1 << 3,
  /** DUO:0000011 population origins or ancestry research only */
  POA: 1 << 4,
} as const;

/** GA4GH DUO modifiers (release 2021-02-23), bits of Terms.modifiers. */
export const MODIFIERS = {
  /** DUO:0000043 clinical care use */
  CC: 1 << 0,
  /** DUO:0000015 no general methods research */
  NMDS: 1 << 1,
  /** DUO:0000044 population origins or ancestry research prohibited */
  NPOA: 1 << 2,
  /** DUO:0000045 not for profit organisation use only */
  NPU: 1 << 3,
} as const;

/** Kinds of use, bits of Purpose.kinds. */
export const KINDS = {
  /** general research */
  GRU: 1 << 0,
  /** health, medical or biomedical research */
  HMB: 1 << 1,
  /** research into stated diseases */
  DS: 1 << 2,
  /** population origins or ancestry */
  POA: 1 << 3,
  /** methods development */
  MDS: 1 << 4,
  /** control set */
  CTRL: 1 << 5,
  /** clinical care */
  CC: 1 << 6,
} as const;

/** Facts, bits of Facts.held and Purpose.unattested. */
export const FACTS = {
  /** every institution with access is not-for-profit */
  notForProfit: 1 << 0,
} as const;

export type Permission = keyof typeof PERMISSIONS;
export type Modifier = keyof typeof MODIFIERS;
export type Kind = keyof typeof KINDS;
export type Fact = keyof typeof FACTS;

/** Data-use terms: what a layer allows. */
export interface Terms {
  /** A set of PERMISSIONS bits. */
  readonly permissions: number;
  /** A set of MODIFIERS bits. */
  readonly modifiers: number;
  /** Mondo terms (seven digits as a number) that DS is about; empty without DS. */
  readonly diseases: readonly number[];
  /** The ontology release that the terms pin: bytes32 in hex, zero without DS. */
  readonly ontologyRelease: string;
  /** First second at which the terms hold (Unix seconds, uint32); 0 is at once. */
  readonly from: number;
  /** First second at which consents under the terms count as expired (Unix seconds, uint32), or NO_EXPIRY. */
  readonly reConsentBy: number;
  /** Digest of the form and the information sheets: bytes32 in hex. */
  readonly documents: string;
}

/** A requested use in the same codes. */
export interface Purpose {
  /** A set of KINDS bits. */
  readonly kinds: number;
  /** Mondo terms (seven digits as a number) that the use is about. */
  readonly diseases: readonly number[];
  /** A set of FACTS bits: those that no record or signed statement attests yet. */
  readonly unattested: number;
}

/** What records say of whoever would use the data. */
export interface Facts {
  /** A set of FACTS bits: the true ones. One that is false or absent is not in it. */
  readonly held: number;
}

/**
 * The set of bits that `names` stand for in `table`.
 * @throws ModelError DataUseUnknownBits when a name is not in the table
 */
export function maskOf<Name extends string>(table: Readonly<Record<Name, number>>, names: readonly string[]): number {
  let mask = 0;
  for (const name of names) {
    if (!Object.hasOwn(table, name)) throw unknownCode(name);
    mask |= table[name as Name];
  }
  return mask;
}

/** The names in `table` whose bits are in `mask`, in the table's order. */
export function namesOf<Name extends string>(table: Readonly<Record<Name, number>>, mask: number): Name[] {
  return (Object.keys(table) as Name[]).filter((name) => (mask & table[name]) !== 0);
}

/**
 * Refuses terms that may not be registered. The rules and the names are those of the contracts' DataUse library.
 * @throws ModelError ValueOutOfRange, DataUseEmpty, DataUseUnknownBits, DataUseDiseasesMismatch, DataUseNotAscending,
 * DataUsePermissionContained, DataUseModifierContradicts
 */
export function checkTerms(terms: Terms): void {
  checkUint("from", terms.from, 32);
  checkUint("reConsentBy", terms.reConsentBy, 32);
  if (terms.permissions === 0) {
    throw new ModelError("DataUseEmpty", "the terms carry no permission", "Name at least one permission.");
  }
  checkDecidableTerms(terms);
  if (BigInt(terms.ontologyRelease) === 0n && carries(terms, "DS")) {
    throw new ModelError("DataUseDiseasesMismatch", "DS pins no ontology release", "Give the release's root with DS.");
  }
  if (BigInt(terms.ontologyRelease) !== 0n && !carries(terms, "DS")) {
    throw new ModelError(
      "DataUseDiseasesMismatch",
      "the terms pin an ontology release, but do not carry DS",
      "Leave the release zero, or add DS and its diseases.",
    );
  }
  checkAscending(terms.diseases);
  for (const [broad, contained] of CONTAINED) {
    const narrow = contained.filter((permission) => carries(terms, permission));
    if (carries(terms, broad) && narrow.length > 0) {
      throw new ModelError(
        "DataUsePermissionContained",
        `${broad} stands beside ${narrow.join(", ")}, which it contains`,
        "Keep the broad permission alone, or the narrow one alone.",
      );
    }
  }
}

/**
 * Refuses terms that no layer can carry, whether registered or not. Empty terms and permissions that contain one another are decided, not refused.
 * @throws ModelError ValueOutOfRange, DataUseUnknownBits, DataUseDiseasesMismatch, DataUseModifierContradicts
 */
export function checkDecidableTerms(terms: Terms): void {
  checkKnown("permissions", PERMISSIONS, terms.permissions);
  checkKnown("modifiers", MODIFIERS, terms.modifiers);
  checkDiseases(terms.diseases);
  if (carries(terms, "DS") !== terms.diseases.length > 0) {
    throw new ModelError(
      "DataUseDiseasesMismatch",
      carries(terms, "DS") ? "DS lists no disease" : "diseases are listed, but the terms do not carry DS",
      "Give DS together with at least one disease, and neither without the other.",
    );
  }
  if (terms.permissions === PERMISSIONS.POA && (terms.modifiers & (MODIFIERS.CC | MODIFIERS.NPOA)) !== 0) {
    throw new ModelError(
      "DataUseModifierContradicts",
      "POA alone stands beside CC, which it cannot permit, or NPOA, which leaves it nothing",
      "Take POA alone without CC and without NPOA.",
    );
  }
}

/**
 * Refuses purposes that the contracts refuse. The rules and the names are those of their DataUse library.
 * @throws ModelError DataUseNotAscending, and the errors of checkDecidablePurpose
 */
export function checkPurpose(purpose: Purpose): void {
  checkDecidablePurpose(purpose);
  checkAscending(purpose.diseases);
}

/**
 * Refuses what asks for no use that can be decided. The order of the diseases makes no difference to a decision.
 * @throws ModelError ValueOutOfRange, DataUseEmpty, DataUseUnknownBits, DataUseDiseasesMismatch
 */
export function checkDecidablePurpose(purpose: Purpose): void {
  if (purpose.kinds === 0) {
    throw new ModelError("DataUseEmpty", "the purpose names no kind of use", "Name at least one kind.");
  }
  checkKnown("kinds", KINDS, purpose.kinds);
  checkKnown("unattested", FACTS, purpose.unattested);
  checkDiseases(purpose.diseases);
  if ((purpose.kinds & KINDS.DS) !== 0 && purpose.diseases.length === 0) {
    throw new ModelError(
      "DataUseDiseasesMismatch",
      "kind DS lists no disease",
      "List the diseases, or ask for kind HMB or GRU.",
    );
  }
}

/**
 * Refuses facts that are not of this version.
 * @throws ModelError ValueOutOfRange, DataUseUnknownBits
 */
export function checkFacts(facts: Facts): void {
  checkKnown("held", FACTS, facts.held);
}

const CONTAINED: readonly (readonly [broad: Permission, contained: readonly Permission[]])[] = [
  ["NRES", ["GRU", "HMB", "DS", "POA"]],
  ["GRU", ["HMB", "DS", "POA"]],
  ["HMB", ["DS"]],
];

function carries(terms: Terms, permission: Permission): boolean {
  return (terms.permissions & PERMISSIONS[permission]) !== 0;
}

function checkKnown(label: string, table: Readonly<Record<string, number>>, mask: number): void {
  checkUint(label, mask, 32);
  const known = Object.values(table).reduce((all, bit) => all | bit, 0);
  const unknown = mask & ~known;
  if (unknown !== 0) throw unknownCode(`${label} 0x${(unknown >>> 0).toString(16)}`);
}

function checkDiseases(diseases: readonly number[]): void {
  for (const disease of diseases) checkUint("disease", disease, 32);
}

function checkAscending(diseases: readonly number[]): void {
  diseases.forEach((disease, index) => {
    const previous = diseases[index - 1];
    if (previous !== undefined && disease <= previous) {
      throw new ModelError(
        "DataUseNotAscending",
        `disease ${disease} stands after ${previous}`,
        "Sort the diseases ascending and list each once.",
      );
    }
  });
}

function unknownCode(code: string): ModelError {
  return new ModelError(
    "DataUseUnknownBits",
    `${code} is no code of this version`,
    "Use only the codes of MATCHING.md.",
  );
}
