import { type Hex, hexToString, size, stringToHex, zeroHash } from "viem";

import {
  ALL_ELEMENTS,
  BLANK_TERMS,
  checkPurpose,
  checkTerms,
  diseaseName,
  isZero,
  KINDS,
  MODIFIERS,
  namesOf,
  NO_EXPIRY,
  PERMISSIONS,
  type Purpose,
  SENSITIVE,
  type Terms,
  type TermsNotice,
  type TermsText,
} from "../../model/index.ts";
import type { InvalidInputError } from "../errors.ts";
import { institutionIdOf } from "../ids.ts";
import { refuse } from "../internal/validate.ts";
import { bytes32In, byModel, JsonFields, readText } from "./jsonFields.ts";
import {
  LAYER_FIELDS,
  MOST_MONTHS,
  PURPOSE_FIELDS,
  readCommitment,
  readElementBit,
  readLayerTerms,
  readPurposeFields,
  readTime,
  type Readings,
  STATED,
  UNATTESTED,
} from "./readFields.ts";
import { regionName } from "./regions.ts";

/** Legal bases by number, from 1: GDPR Art. 6(1) with the exception of Art. 9(2) that goes with it. */
export const LEGAL_BASES = [
  /** Art. 6(1)(a) and 9(2)(a): explicit consent */
  "consent",
  /** Art. 6(1)(e) and 9(2)(j): research in the public interest */
  "publicInterestResearch",
  /** Art. 6(1)(e) and 9(2)(i): public health */
  "publicHealth",
  /** Art. 6(1)(f) and 9(2)(j): research in a legitimate interest */
  "legitimateInterestResearch",
  /** Art. 6(1)(c) or (e) and 9(2)(h): health care */
  "healthCare",
] as const;

/** Releases for terms that list diseases or regions and name no release themselves. */
export interface PinnedReleases {
  readonly ontologyRelease?: Hex | undefined;
  readonly regionRelease?: Hex | undefined;
}

const READINGS: Readings = { institution: institutionOf, person: readCommitment, element: readElementBit };
const TERMS_FIELDS = [...LAYER_FIELDS, "from", "reConsentBy", "notice"];
const RELEASES = ["ontologyRelease", "regionRelease", "dictionaryRelease"] as const;
const NOTICE_FIELDS = ["texts", "controller", "legalBasis", "retentionMonths", "ethicsApproval", "ethicsUntil"];
const LANGUAGE_BYTES = 8;

export type TermsFromJsonErrorType = InvalidInputError;

/**
 * Reads terms as docs/schemas/terms.schema.json describes them: MATCHING.md's fields of a consent, with the releases, the
 * window and the notice. Institutions are ids or identifiers; users, projects and investigators salted commitments.
 * @throws InvalidInputError with the JSON path of the first mistake; its name is the contracts' own error's where it has one
 */
export function termsFromJson(value: unknown, pinned: PinnedReleases = {}): Terms {
  const fields = new JsonFields("$", value, [...TERMS_FIELDS, ...RELEASES]);
  const read = readLayerTerms(fields, READINGS);
  const { ontologyRelease: ontology = zeroHash, regionRelease: region = zeroHash } = pinned;
  const terms: Terms = {
    ...read,
    ontologyRelease: digest(fields, "ontologyRelease") ?? (read.diseases.length > 0 ? ontology : zeroHash),
    regionRelease: digest(fields, "regionRelease") ?? (read.regions.length > 0 ? region : zeroHash),
    dictionaryRelease: digest(fields, "dictionaryRelease") ?? zeroHash,
    from: readTime(fields, "from", 0) ?? 0,
    reConsentBy: readTime(fields, "reConsentBy", 1) ?? NO_EXPIRY,
    notice: fields.has("notice") ? readNotice(fields) : BLANK_TERMS.notice,
  };
  byModel("$", () => {
    checkTerms(terms);
  });
  return terms;
}

/** Terms in the shape that {@link termsFromJson} reads; what is left out restricts nothing. */
export function termsToJson(terms: Terms) {
  const { modifiers, ontologyRelease, regionRelease, dictionaryRelease, months, moratoriumUntil, elements } = terms;
  const { from, reConsentBy, notice } = terms;
  return {
    permissions: namesOf(PERMISSIONS, terms.permissions),
    modifiers: namesOf(MODIFIERS, modifiers),
    diseases: terms.diseases.map(diseaseName),
    ...(isZero(ontologyRelease) ? {} : { ontologyRelease }),
    ...whereGiven("regions", terms.regions.map(regionName)),
    ...(isZero(regionRelease) ? {} : { regionRelease }),
    ...whereGiven("institutions", terms.institutions),
    ...whereGiven("users", terms.users),
    ...whereGiven("projects", terms.projects),
    ...whereGiven("investigators", terms.investigators),
    ...whereGiven("researchTypes", [...terms.researchTypes.map(trimmed), ...terms.researchTexts]),
    ...(months === 0 ? {} : { months }),
    ...(moratoriumUntil === 0 ? {} : { moratoriumUntil }),
    ...(isZero(dictionaryRelease) ? {} : { dictionaryRelease }),
    ...(elements === ALL_ELEMENTS ? {} : { elements: bitsOf(elements) }),
    from: from === 0 ? null : from,
    reConsentBy: reConsentBy === NO_EXPIRY ? null : reConsentBy,
    ...(saysNothing(notice) ? {} : { notice: noticeToJson(notice) }),
  };
}

export type PurposeFromJsonErrorType = InvalidInputError;

/**
 * Reads a purpose as docs/schemas/purpose.schema.json describes it: MATCHING.md's fields, and `collaborators`, the
 * investigators who have signed. Institutions are ids or identifiers; users, projects and collaborators salted commitments.
 * @throws InvalidInputError as {@link termsFromJson}
 */
export function purposeFromJson(value: unknown): Purpose {
  const purpose = readPurposeFields(new JsonFields("$", value, PURPOSE_FIELDS), READINGS);
  byModel("$", () => {
    checkPurpose(purpose);
  });
  return purpose;
}

/** A purpose in the shape that {@link purposeFromJson} reads; what is left out is not stated. */
export function purposeToJson(purpose: Purpose) {
  const { stated, months, publishFrom, elements } = purpose;
  return {
    kinds: namesOf(KINDS, purpose.kinds),
    diseases: purpose.diseases.map(diseaseName),
    ...statedFacts(stated),
    ...whereGiven("regions", purpose.regions.map(regionName)),
    ...whereGiven("institutions", purpose.institutions),
    ...whereGiven("users", purpose.users),
    ...whereGiven("projects", purpose.projects),
    ...whereGiven("collaborators", purpose.collaborators),
    ...whereGiven("researchTypes", [...purpose.researchTypes.map(trimmed), ...purpose.researchTexts]),
    ...(months === 0 ? {} : { months }),
    ...(publishFrom === 0 ? {} : { publishFrom }),
    ...(elements === 0n ? {} : { elements: bitsOf(elements) }),
    ...whereGiven("sensitive", namesOf(SENSITIVE, purpose.sensitive)),
    unattested: namesOf(UNATTESTED, purpose.unattested),
  };
}

/** What the purpose states, each fact by the answer that modifiers want. */
function statedFacts(stated: number): Partial<Record<(typeof STATED)[number][0], boolean>> {
  return Object.fromEntries(
    STATED.filter(([, , fact]) => (stated & fact) !== 0).map(([name, wanted]) => [name, wanted]),
  );
}

function readNotice(of: JsonFields): TermsNotice {
  const fields = new JsonFields(of.at("notice"), of.value("notice"), NOTICE_FIELDS);
  const texts = fields
    .list("texts", readTextDigests)
    .sort((a, b) => (BigInt(a.language) < BigInt(b.language) ? -1 : 1));
  const controller = fields.value("controller");
  return {
    texts,
    controller: controller === undefined ? zeroHash : institutionOf(readText(controller, fields.at("controller"))),
    legalBasis: readLegalBasis(fields),
    retentionMonths: fields.integer("retentionMonths", 1, MOST_MONTHS) ?? 0,
    ethicsApproval: digest(fields, "ethicsApproval") ?? zeroHash,
    ethicsUntil: readTime(fields, "ethicsUntil", 1) ?? (fields.has("ethicsApproval") ? NO_EXPIRY : 0),
  };
}

function readTextDigests(item: unknown, path: string): TermsText {
  const fields = new JsonFields(path, item, ["language", "form", "sheet"]);
  const language = readText(fields.required("language"), fields.at("language"));
  if (!/^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/.test(language) || language.length > LANGUAGE_BYTES) {
    throw refuse(fields.at("language"), language, "no language", "Give a BCP 47 tag, for instance da or pt-BR.");
  }
  fields.required("form");
  fields.required("sheet");
  return {
    language: stringToHex(language, { size: LANGUAGE_BYTES }),
    form: digest(fields, "form") ?? zeroHash,
    sheet: digest(fields, "sheet") ?? zeroHash,
  };
}

function readLegalBasis(fields: JsonFields): number {
  const given = fields.value("legalBasis");
  if (given === undefined) return 0;
  const index = LEGAL_BASES.findIndex((basis) => basis === given);
  if (index >= 0) return index + 1;
  const fix = `Give one of ${LEGAL_BASES.join(", ")}.`;
  throw refuse(fields.at("legalBasis"), JSON.stringify(given), "no legal basis", fix);
}

function saysNothing({ texts, controller, legalBasis, retentionMonths, ethicsApproval }: TermsNotice): boolean {
  return texts.length + legalBasis + retentionMonths === 0 && isZero(controller) && isZero(ethicsApproval);
}

function noticeToJson({ texts, controller, legalBasis, retentionMonths, ethicsApproval, ethicsUntil }: TermsNotice) {
  const basis = LEGAL_BASES[legalBasis - 1];
  return {
    texts: texts.map(({ language, form, sheet }) => ({ language: trimmed(language), form, sheet })),
    ...(isZero(controller) ? {} : { controller }),
    ...(basis === undefined ? {} : { legalBasis: basis }),
    ...(retentionMonths === 0 ? {} : { retentionMonths }),
    ...(isZero(ethicsApproval) ? {} : { ethicsApproval }),
    ...(ethicsUntil === 0 || ethicsUntil === NO_EXPIRY ? {} : { ethicsUntil }),
  };
}

function digest(fields: JsonFields, name: string): Hex | undefined {
  const value = fields.value(name);
  if (value === undefined) return undefined;
  const read = typeof value === "string" ? bytes32In(value) : undefined;
  if (read !== undefined) return read;
  throw refuse(fields.at(name), JSON.stringify(value), "no digest", `Give ${name} as 0x and 64 hex digits.`);
}

/** An institution's id, or that of its public identifier. */
function institutionOf(text: string): Hex {
  return bytes32In(text) ?? institutionIdOf(text);
}

function trimmed(text: Hex): string {
  return hexToString(text, { size: size(text) }).replace(/\0+$/, "");
}

function bitsOf(elements: bigint): number[] {
  return Array.from({ length: 64 }, (_, bit) => bit).filter((bit) => ((elements >> BigInt(bit)) & 1n) === 1n);
}

function whereGiven<Name extends string, Item>(
  name: Name,
  list: readonly Item[],
): Partial<Record<Name, readonly Item[]>> {
  return list.length === 0 ? {} : ({ [name]: list } as Record<Name, readonly Item[]>);
}
