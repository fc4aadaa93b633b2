import { type Hex, keccak256, stringToHex } from "viem";

import {
  ALL_ELEMENTS,
  BLANK_PURPOSE,
  BLANK_TERMS,
  diseaseNumber,
  FACTS,
  KINDS,
  MODIFIERS,
  PERMISSIONS,
  type Purpose,
  SENSITIVE,
  type Terms,
} from "../../model/index.ts";
import { InvalidInputError } from "../errors.ts";
import { refuse } from "../internal/validate.ts";
import { parseTime } from "../time.ts";
import { bytes32In, type JsonFields, readText } from "./jsonFields.ts";
import { regionCodeAt } from "./regions.ts";

/** How a place in JSON is turned into what the contracts take. */
export interface Readings {
  /** An institution, by the text that names it. */
  readonly institution: (text: string, path: string) => Hex;
  /** A user, project or investigator. */
  readonly person: (text: string, path: string) => Hex;
  /** A category or element, by its bit. */
  readonly element: (item: unknown, path: string) => number;
}

/** Fields of a layer that MATCHING.md's format has, state and window left out. */
export const LAYER_FIELDS = [
  ...["permissions", "modifiers", "diseases", "regions", "institutions", "users", "projects", "researchTypes"],
  ...["investigators", "months", "moratoriumUntil", "elements"],
] as const;

/** Fields of a purpose in MATCHING.md's format, and who has signed to collaborate. */
export const PURPOSE_FIELDS = [
  ...["kinds", "diseases", "notForProfit", "commercial", "ethicsApproval", "collaboration", "collaborators"],
  ...["publication", "returnsData", "geneticStudy", "regions", "institutions", "users", "projects", "researchTypes"],
  ...["months", "publishFrom", "reidentifies", "linksRecords", "trainsModel", "elements", "sensitive", "unattested"],
] as const;

/** Facts that a purpose states by true or false, and the answer that modifiers want. */
export const STATED = [
  ["notForProfit", true, FACTS.notForProfit],
  ["commercial", false, FACTS.notCommercial],
  ["ethicsApproval", true, FACTS.ethicsApproval],
  ["collaboration", true, FACTS.collaboration],
  ["publication", true, FACTS.publication],
  ["returnsData", true, FACTS.returnsData],
  ["geneticStudy", true, FACTS.geneticStudy],
  ["reidentifies", false, FACTS.noReidentification],
  ["linksRecords", false, FACTS.noLinkage],
  ["trainsModel", false, FACTS.noTraining],
] as const;

/** What `unattested` may name: the fields that state facts. */
export const UNATTESTED: Readonly<Record<string, number>> = {
  ...Object.fromEntries(STATED.map(([name, , fact]) => [name, fact])),
  regions: FACTS.regions,
  institutions: FACTS.institutions,
  users: FACTS.users,
  projects: FACTS.projects,
  researchTypes: FACTS.researchTypes,
  months: FACTS.months,
  publishFrom: FACTS.publishFrom,
};

export const MOST_MONTHS = 0xffff;
export const LAST_SECOND = 0xffff_fffe;
export const LAST_ELEMENT = 63;
/** A compact URI of an ontology term; it fits bytes32. */
const CODED = /^[A-Za-z][A-Za-z0-9_.-]*:[A-Za-z0-9_.-]+$/;
const LONGEST_CODE = 31;

/** Terms out of a layer's fields, no release pinned. Lists come out ascending. */
export function readLayerTerms(fields: JsonFields, readings: Readings): Terms {
  fields.required("permissions");
  const { researchTypes, researchTexts } = readResearchTypes(fields);
  return {
    ...BLANK_TERMS,
    permissions: fields.mask("permissions", PERMISSIONS),
    modifiers: fields.mask("modifiers", MODIFIERS),
    diseases: ascending(fields, "diseases", readDisease),
    regions: ascending(fields, "regions", readRegion),
    institutions: ascending(fields, "institutions", by(readings.institution)),
    users: ascending(fields, "users", by(readings.person)),
    projects: ascending(fields, "projects", by(readings.person)),
    investigators: ascending(fields, "investigators", by(readings.person)),
    ...{ researchTypes, researchTexts },
    months: fields.integer("months", 1, MOST_MONTHS) ?? 0,
    moratoriumUntil: readTime(fields, "moratoriumUntil", 1) ?? 0,
    elements: fields.has("elements") ? readElements(fields, readings) : ALL_ELEMENTS,
  };
}

/** A purpose out of its fields. Lists come out ascending. */
export function readPurposeFields(fields: JsonFields, readings: Readings): Purpose {
  fields.required("kinds");
  let stated = 0;
  for (const [name, wanted, fact] of STATED) if (fields.boolean(name) === wanted) stated |= fact;
  const { researchTypes, researchTexts } = readResearchTypes(fields);
  return {
    ...BLANK_PURPOSE,
    kinds: fields.mask("kinds", KINDS),
    diseases: ascending(fields, "diseases", readDisease),
    stated,
    unattested: fields.mask("unattested", UNATTESTED),
    regions: ascending(fields, "regions", readRegion),
    institutions: ascending(fields, "institutions", by(readings.institution)),
    users: ascending(fields, "users", by(readings.person)),
    projects: ascending(fields, "projects", by(readings.person)),
    collaborators: ascending(fields, "collaborators", by(readings.person)),
    ...{ researchTypes, researchTexts },
    months: fields.integer("months", 0, MOST_MONTHS) ?? 0,
    publishFrom: readTime(fields, "publishFrom", 0) ?? 0,
    elements: fields.has("elements") ? readElements(fields, readings) : 0n,
    sensitive: fields.mask("sensitive", SENSITIVE),
  };
}

/**
 * A point of time: a date (its first second in UTC) or a date with time and zone in ISO 8601, or Unix seconds.
 * @returns Unix seconds; undefined when the field is absent
 */
export function readTime(fields: JsonFields, name: string, least: number): number | undefined {
  const value = fields.value(name);
  if (value === undefined) return undefined;
  const seconds = typeof value === "string" ? parseTime(value) : value;
  if (typeof seconds === "number" && Number.isInteger(seconds) && seconds >= least && seconds <= LAST_SECOND) {
    return seconds;
  }
  const fix = "Give ISO 8601, for instance 2031-12-31 or 2031-12-31T12:00:00Z, or Unix seconds, before 2106.";
  throw refuse(fields.at(name), JSON.stringify(value), "no point of time", fix);
}

/** Item of a list of Mondo ids, as its number. */
function readDisease(item: unknown, path: string): number {
  const text = readText(item, path);
  const disease = diseaseNumber(text);
  if (disease !== undefined) return disease;
  throw refuse(path, text, "no Mondo id", "Give MONDO: and seven digits, for instance MONDO:0004992.");
}

function readRegion(item: unknown, path: string): number {
  return regionCodeAt(path, readText(item, path));
}

function by(read: (text: string, path: string) => Hex): (item: unknown, path: string) => Hex {
  return (item, path) => read(readText(item, path), path);
}

/** Codes in ASCII, and digests of what is no code; a digest, as it is written back, stands for its words. */
function readResearchTypes(fields: JsonFields): { researchTypes: Hex[]; researchTexts: Hex[] } {
  const given = fields.texts("researchTypes");
  const digestOf = (words: string): Hex => bytes32In(words) ?? keccak256(stringToHex(words));
  const isCoded = (text: string): boolean => CODED.test(text) && text.length <= LONGEST_CODE;
  return {
    researchTypes: sorted(given.filter(isCoded).map((code) => stringToHex(code, { size: 32 }))),
    researchTexts: sorted(given.filter((text) => !isCoded(text)).map(digestOf)),
  };
}

function readElements(fields: JsonFields, { element }: Readings): bigint {
  return fields.list("elements", element).reduce((mask, bit) => mask | (1n << BigInt(bit)), 0n);
}

/** Item of a list of elements, as the number of its bit. */
export function readElementBit(item: unknown, path: string): number {
  if (typeof item === "number" && Number.isInteger(item) && item >= 0 && item <= LAST_ELEMENT) return item;
  const fix = "Give the bit's number in the data dictionary, 0 to 63.";
  throw refuse(path, JSON.stringify(item), "no element's bit", fix);
}

/** A commitment as it goes on chain; a name in its place would stand there for all to read. */
export function readCommitment(text: string, path: string): Hex {
  const commitment = bytes32In(text);
  if (commitment !== undefined) return commitment;
  throw new InvalidInputError(
    path,
    `${path} is no commitment: names of users, projects and investigators may not go on chain.`,
    "Give the salted commitment to the name (commitTo in the SDK), 0x and 64 hex digits.",
  );
}

function ascending<Item extends number | Hex>(
  fields: JsonFields,
  name: string,
  read: (item: unknown, path: string) => Item,
): Item[] {
  return sorted(fields.list(name, read));
}

/** Ascending, each once: naming a thing twice says no more than naming it once. */
function sorted<Item extends number | Hex>(items: readonly Item[]): Item[] {
  const inOrder = [...items].sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
  return inOrder.filter((item, index) => item !== inOrder[index - 1]);
}
