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
  /** DUO:0000046 non-commercial use only */
  NCU: 1 << 4,
  /** DUO:0000018 not for profit, non commercial use only */
  NPUNCU: 1 << 5,
  /** DUO:0000021 ethics approval required */
  IRB: 1 << 6,
  /** DUO:0000020 collaboration required */
  COL: 1 << 7,
  /** DUO:0000019 publication required */
  PUB: 1 << 8,
  /** DUO:0000029 return to database or resource */
  RTN: 1 << 9,
  /** DUO:0000016 genetic studies only */
  GSO: 1 << 10,
  /** DUO:0000022 geographical restriction */
  GS: 1 << 11,
  /** DUO:0000028 institution specific restriction */
  IS: 1 << 12,
  /** DUO:0000026 user specific restriction */
  US: 1 << 13,
  /** DUO:0000027 project specific restriction */
  PS: 1 << 14,
  /** DUO:0000012 research specific restrictions */
  RS: 1 << 15,
  /** DUO:0000025 time limit on use */
  TS: 1 << 16,
  /** DUO:0000024 publication moratorium */
  MOR: 1 << 17,
  /** no re-identification */
  "X:NRI": 1 << 18,
  /** no record linkage */
  "X:NRL": 1 << 19,
  /** no training of models */
  "X:NMT": 1 << 20,
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

/** Facts, bits of Purpose.stated and Purpose.unattested; each is the answer that a modifier wants. */
export const FACTS = {
  /** every institution with access is not-for-profit */
  notForProfit: 1 << 0,
  /** the use is not commercial */
  notCommercial: 1 << 1,
  /** an ethics committee has approved the use */
  ethicsApproval: 1 << 2,
  /** collaboration with the data's investigators is agreed */
  collaboration: 1 << 3,
  /** results will be published */
  publication: 1 << 4,
  /** derived data will be returned */
  returnsData: 1 << 5,
  /** the study is about genotypes, alone or with phenotypes */
  geneticStudy: 1 << 6,
  /** nobody will be re-identified */
  noReidentification: 1 << 7,
  /** records will not be linked */
  noLinkage: 1 << 8,
  /** no model will be trained */
  noTraining: 1 << 9,
  /** Purpose.regions is true */
  regions: 1 << 10,
  /** Purpose.institutions is true */
  institutions: 1 << 11,
  /** Purpose.users is true */
  users: 1 << 12,
  /** Purpose.projects is true */
  projects: 1 << 13,
  /** Purpose.researchTypes and researchTexts are true */
  researchTypes: 1 << 14,
  /** Purpose.months is true */
  months: 1 << 15,
  /** Purpose.publishFrom is true */
  publishFrom: 1 << 16,
} as const;

/** Facts that are stated by a bit; the others by the field that they are about. */
export const STATEMENTS = (1 << 10) - 1;

/** Sensitive topics, bits of Purpose.sensitive. */
export const SENSITIVE = {
  children: 1 << 0,
  gender: 1 << 1,
  population: 1 << 2,
  vulnerable: 1 << 3,
  illegalBehaviour: 1 << 4,
  sexualDisease: 1 << 5,
  psychologicalTraits: 1 << 6,
  stigmatisedDisease: 1 << 7,
  notHealth: 1 << 8,
} as const;

/** Terms without a restriction of elements; a consent to all of them. */
export const ALL_ELEMENTS = (1n << 64n) - 1n;

export type Permission = keyof typeof PERMISSIONS;
export type Modifier = keyof typeof MODIFIERS;
export type Kind = keyof typeof KINDS;
export type Fact = keyof typeof FACTS;
export type Sensitive = keyof typeof SENSITIVE;

/** Bytes in hex, as ethers and viem give them. */
export type Bytes = `0x${string}`;

/** Data-use terms: what a layer allows. Lists are ascending without duplicates, and empty without the code that takes them. */
export interface Terms {
  /** A set of PERMISSIONS bits. */
  readonly permissions: number;
  /** A set of MODIFIERS bits. */
  readonly modifiers: number;
  /** Mondo terms (seven digits as a number) that DS is about; empty without DS. */
  readonly diseases: readonly number[];
  /** The ontology release that the terms pin: bytes32, zero without DS. */
  readonly ontologyRelease: Bytes;
  /** Region codes (uint32) that GS allows. */
  readonly regions: readonly number[];
  /** The region table's release that the terms pin: bytes32, zero without GS. */
  readonly regionRelease: Bytes;
  /** Ids of the institutions that IS allows: bytes32. */
  readonly institutions: readonly Bytes[];
  /** Salted commitments to the users that US allows: bytes32. */
  readonly users: readonly Bytes[];
  /** Salted commitments to the projects that PS allows: bytes32. */
  readonly projects: readonly Bytes[];
  /** Salted commitments to the investigators of whom COL wants one to sign: bytes32; none in particular if empty. */
  readonly investigators: readonly Bytes[];
  /** Coded research types that RS allows: ASCII in bytes32. */
  readonly researchTypes: readonly Bytes[];
  /** Digests of research types in words that RS allows: bytes32. */
  readonly researchTexts: readonly Bytes[];
  /** Months that TS allows from the first issue (uint16); 0 without TS. */
  readonly months: number;
  /** First second at which results may be published under MOR (Unix seconds, uint32); 0 without MOR. */
  readonly moratoriumUntil: number;
  /** The data dictionary's release that element bits are numbered by: bytes32, zero if none is pinned. */
  readonly dictionaryRelease: Bytes;
  /** Bits of the categories and elements that the terms are about (uint64); ALL_ELEMENTS is no restriction. */
  readonly elements: bigint;
  /** First second at which the terms hold (Unix seconds, uint32); 0 is at once. */
  readonly from: number;
  /** First second at which consents under the terms count as expired (Unix seconds, uint32), or NO_EXPIRY. */
  readonly reConsentBy: number;
  /** What the participant was shown, and on what grounds. */
  readonly notice: TermsNotice;
}

/** What a participant was told. The matcher does not read it; the digest of the terms covers it. */
export interface TermsNotice {
  /** Form and information sheet in each language, in ascending order of the tags. */
  readonly texts: readonly TermsText[];
  /** The controller's institution id (GDPR Art. 4(7)): bytes32; zero is the scope's custodian. */
  readonly controller: Bytes;
  /** GDPR Art. 6(1) and 9(2) by number (uint8); 0 is not stated. */
  readonly legalBasis: number;
  /** Months that data is kept after the consent's end (uint16); 0 is not stated. */
  readonly retentionMonths: number;
  /** Digest of the ethics committee's approval of the study: bytes32; zero if there is none. */
  readonly ethicsApproval: Bytes;
  /** First second at which that approval no longer holds (Unix seconds, uint32), or NO_EXPIRY; 0 without approval. */
  readonly ethicsUntil: number;
}

/** The documents in one language. */
export interface TermsText {
  /** BCP 47 tag: ASCII in bytes8. */
  readonly language: Bytes;
  /** SHA-256 of the consent form: bytes32. */
  readonly form: Bytes;
  /** SHA-256 of the information sheet: bytes32. */
  readonly sheet: Bytes;
}

/** A requested use in the same codes. Lists are ascending without duplicates; an empty list, and a 0, states nothing. */
export interface Purpose {
  /** A set of KINDS bits. */
  readonly kinds: number;
  /** Mondo terms (seven digits as a number) that the use is about. */
  readonly diseases: readonly number[];
  /** What the licensee states of its use: a set of those FACTS bits that are in STATEMENTS. */
  readonly stated: number;
  /** A set of FACTS bits: those that no record or signed statement attests yet. */
  readonly unattested: number;
  /** Regions (uint32) in which the data is stored, computed or seen, those of processors too. */
  readonly regions: readonly number[];
  /** Ids of the institutions with access, processors left out: bytes32. */
  readonly institutions: readonly Bytes[];
  /** Salted commitments to the users with access: bytes32. */
  readonly users: readonly Bytes[];
  /** Salted commitments to the projects: bytes32. */
  readonly projects: readonly Bytes[];
  /** Salted commitments to the investigators who have signed to collaborate: bytes32. */
  readonly collaborators: readonly Bytes[];
  /** Coded research types: ASCII in bytes32. */
  readonly researchTypes: readonly Bytes[];
  /** Digests of research types in words: bytes32. */
  readonly researchTexts: readonly Bytes[];
  /** How long the data is to be used, in months from the first issue (uint16); 0 is not stated. */
  readonly months: number;
  /** First second at which results will be published (Unix seconds, uint32); 0 is not stated. */
  readonly publishFrom: number;
  /** Bits of the categories and elements asked for (uint64); 0 is none in particular. */
  readonly elements: bigint;
  /** Sensitive topics of the use: a set of SENSITIVE bits. */
  readonly sensitive: number;
}

const ZERO: Bytes = `0x${"00".repeat(32)}`;

/** Terms that carry no code and restrict nothing: what others are made from. By themselves they permit nothing. */
export const BLANK_TERMS: Terms = {
  permissions: 0,
  modifiers: 0,
  diseases: [],
  ontologyRelease: ZERO,
  regions: [],
  regionRelease: ZERO,
  institutions: [],
  users: [],
  projects: [],
  investigators: [],
  researchTypes: [],
  researchTexts: [],
  months: 0,
  moratoriumUntil: 0,
  dictionaryRelease: ZERO,
  elements: ALL_ELEMENTS,
  from: 0,
  reConsentBy: 0xffff_ffff,
  notice: { texts: [], controller: ZERO, legalBasis: 0, retentionMonths: 0, ethicsApproval: ZERO, ethicsUntil: 0 },
};

/** A purpose that states nothing: what others are made from. By itself it asks for no kind of use. */
export const BLANK_PURPOSE: Purpose = {
  kinds: 0,
  diseases: [],
  stated: 0,
  unattested: 0,
  regions: [],
  institutions: [],
  users: [],
  projects: [],
  collaborators: [],
  researchTypes: [],
  researchTexts: [],
  months: 0,
  publishFrom: 0,
  elements: 0n,
  sensitive: 0,
};

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
 * @throws ModelError ValueOutOfRange, DataUseEmpty, DataUseUnknownBits, DataUseDiseasesMismatch, DataUseParameterMismatch,
 * DataUseNotAscending, DataUsePermissionContained, DataUseModifierContradicts, DataUseNoticeInvalid
 */
export function checkTerms(terms: Terms): void {
  checkUint("from", terms.from, 32);
  checkUint("reConsentBy", terms.reConsentBy, 32);
  if (terms.permissions === 0) {
    throw new ModelError("DataUseEmpty", "the terms carry no permission", "Name at least one permission.");
  }
  if (terms.elements === 0n) {
    throw new ModelError("DataUseEmpty", "the terms are about no element", "Name elements, or leave them out for all.");
  }
  checkDecidableTerms(terms);
  if (isZero(terms.ontologyRelease) && allows(terms, "DS")) {
    throw new ModelError("DataUseDiseasesMismatch", "DS pins no ontology release", "Give the release's root with DS.");
  }
  if (!isZero(terms.ontologyRelease) && !allows(terms, "DS")) {
    throw new ModelError(
      "DataUseDiseasesMismatch",
      "the terms pin an ontology release, but do not carry DS",
      "Leave the release zero, or add DS and its diseases.",
    );
  }
  checkTogether("GS", "a region release", !isZero(terms.regionRelease), carries(terms, "GS"));
  for (const list of listsOf(terms)) checkAscending(...list);
  checkNotice(terms.notice);
  for (const [broad, contained] of CONTAINED) {
    const narrow = contained.filter((permission) => allows(terms, permission));
    if (allows(terms, broad) && narrow.length > 0) {
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
 * @throws ModelError ValueOutOfRange, DataUseUnknownBits, DataUseDiseasesMismatch, DataUseParameterMismatch,
 * DataUseModifierContradicts
 */
export function checkDecidableTerms(terms: Terms): void {
  checkKnown("permissions", PERMISSIONS, terms.permissions);
  checkKnown("modifiers", MODIFIERS, terms.modifiers);
  checkNumbers("disease", terms.diseases);
  checkNumbers("region", terms.regions);
  checkUint("months", terms.months, 16);
  checkUint("moratoriumUntil", terms.moratoriumUntil, 32);
  checkElements(terms.elements);
  if (allows(terms, "DS") !== terms.diseases.length > 0) {
    throw new ModelError(
      "DataUseDiseasesMismatch",
      allows(terms, "DS") ? "DS lists no disease" : "diseases are listed, but the terms do not carry DS",
      "Give DS together with at least one disease, and neither without the other.",
    );
  }
  checkTogether("GS", "regions", terms.regions.length > 0, carries(terms, "GS"));
  checkTogether("IS", "institutions", terms.institutions.length > 0, carries(terms, "IS"));
  checkTogether("US", "users", terms.users.length > 0, carries(terms, "US"));
  checkTogether("PS", "projects", terms.projects.length > 0, carries(terms, "PS"));
  const researchTypes = terms.researchTypes.length + terms.researchTexts.length;
  checkTogether("RS", "researchTypes", researchTypes > 0, carries(terms, "RS"));
  checkTogether("TS", "months", terms.months > 0, carries(terms, "TS"));
  checkTogether("MOR", "moratoriumUntil", terms.moratoriumUntil > 0, carries(terms, "MOR"));
  if (terms.investigators.length > 0) checkTogether("COL", "investigators", true, carries(terms, "COL"));
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
  checkAscending("diseases", purpose.diseases);
  checkAscending("regions", purpose.regions);
  for (const name of [
    "institutions",
    "users",
    "projects",
    "collaborators",
    "researchTypes",
    "researchTexts",
  ] as const) {
    checkAscending(name, purpose[name]);
  }
}

/**
 * Refuses what asks for no use that can be decided. The order of lists makes no difference to a decision.
 * @throws ModelError ValueOutOfRange, DataUseEmpty, DataUseUnknownBits, DataUseDiseasesMismatch
 */
export function checkDecidablePurpose(purpose: Purpose): void {
  if (purpose.kinds === 0) {
    throw new ModelError("DataUseEmpty", "the purpose names no kind of use", "Name at least one kind.");
  }
  checkKnown("kinds", KINDS, purpose.kinds);
  checkKnown("stated", FACTS, purpose.stated);
  if ((purpose.stated & ~STATEMENTS) !== 0) throw unknownCode(`stated 0x${purpose.stated.toString(16)}`);
  checkKnown("unattested", FACTS, purpose.unattested);
  checkKnown("sensitive", SENSITIVE, purpose.sensitive);
  checkNumbers("disease", purpose.diseases);
  checkNumbers("region", purpose.regions);
  checkUint("months", purpose.months, 16);
  checkUint("publishFrom", purpose.publishFrom, 32);
  checkElements(purpose.elements);
  if ((purpose.kinds & KINDS.DS) !== 0 && purpose.diseases.length === 0) {
    throw new ModelError(
      "DataUseDiseasesMismatch",
      "kind DS lists no disease",
      "List the diseases, or ask for kind HMB or GRU.",
    );
  }
}

const CONTAINED: readonly (readonly [broad: Permission, contained: readonly Permission[]])[] = [
  ["NRES", ["GRU", "HMB", "DS", "POA"]],
  ["GRU", ["HMB", "DS", "POA"]],
  ["HMB", ["DS"]],
];

function allows(terms: Terms, permission: Permission): boolean {
  return (terms.permissions & PERMISSIONS[permission]) !== 0;
}

/** Whether terms carry a modifier. */
export function carries(terms: Pick<Terms, "modifiers">, modifier: Modifier): boolean {
  return (terms.modifiers & MODIFIERS[modifier]) !== 0;
}

/** Whether bytes stand for nothing: all of them are 0. */
export function isZero(bytes: Bytes): boolean {
  return BigInt(bytes) === 0n;
}

type Items = readonly (number | Bytes)[];

function listsOf(terms: Terms): readonly (readonly [name: string, list: Items])[] {
  const { diseases, regions, institutions, users, projects, investigators, researchTypes, researchTexts } = terms;
  return Object.entries({
    ...{ diseases, regions, institutions, users, projects, investigators, researchTypes, researchTexts },
  });
}

function checkNotice({ texts, legalBasis, retentionMonths, ethicsApproval, ethicsUntil }: TermsNotice): void {
  checkUint("legalBasis", legalBasis, 8);
  checkUint("retentionMonths", retentionMonths, 16);
  checkUint("ethicsUntil", ethicsUntil, 32);
  texts.forEach(({ language, form, sheet }, index) => {
    const previous = texts[index - 1]?.language ?? "0x00";
    if (BigInt(language) > BigInt(previous) && !isZero(form) && !isZero(sheet)) return;
    throw new ModelError(
      "DataUseNoticeInvalid",
      `text ${index} lacks a language, a form or a sheet, or stands out of order`,
      "Give each language once, in ascending order, with the digests of its form and sheet.",
    );
  });
  if (isZero(ethicsApproval) !== (ethicsUntil === 0)) {
    throw new ModelError(
      "DataUseNoticeInvalid",
      "an ethics approval stands without its end, or an end without the approval",
      "Give the approval's digest together with its end.",
    );
  }
}

function checkTogether(modifier: Modifier, parameter: string, isGiven: boolean, isCarried: boolean): void {
  if (isGiven === isCarried) return;
  throw new ModelError(
    "DataUseParameterMismatch",
    isGiven
      ? `${parameter} is given, but the terms do not carry ${modifier}`
      : `${modifier} stands without ${parameter}`,
    `Give ${modifier} together with ${parameter}, and neither without the other.`,
  );
}

function checkKnown(label: string, table: Readonly<Record<string, number>>, mask: number): void {
  checkUint(label, mask, 32);
  const known = Object.values(table).reduce((all, bit) => all | bit, 0);
  const unknown = mask & ~known;
  if (unknown !== 0) throw unknownCode(`${label} 0x${(unknown >>> 0).toString(16)}`);
}

function checkNumbers(label: string, list: readonly number[]): void {
  for (const value of list) checkUint(label, value, 32);
}

function checkElements(elements: bigint): void {
  if (typeof elements === "bigint" && elements >= 0n && elements <= ALL_ELEMENTS) return;
  throw new ModelError(
    "ValueOutOfRange",
    `elements is ${String(elements)}, which is no set of 64 bits`,
    "Give the elements' bits as a bigint below 2^64.",
  );
}

function checkAscending(name: string, list: Items): void {
  list.forEach((value, index) => {
    const previous = list[index - 1];
    if (previous !== undefined && BigInt(value) <= BigInt(previous)) {
      throw new ModelError(
        "DataUseNotAscending",
        `${name}: ${value} stands after ${previous}`,
        `Sort ${name} ascending and list each once.`,
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
