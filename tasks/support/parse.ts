import { type Address, type Hex, isAddress } from "viem";

import { buildManifest, parseTerm, TermIdError } from "../../src/files/index.ts";
import { readParticipantList } from "../../src/files/participantList.ts";
import { parseTime } from "../../src/sdk/time.ts";
import { NO_EXPIRY, ONTOLOGIES, type OntologyPrefix, WithdrawalExtent } from "../../src/model/index.ts";
import {
  type ConcordClient,
  getTerms,
  InvalidInputError,
  institutionIdOf,
  participantIdOf,
  regionCode,
  scopeIdOf,
} from "../../src/sdk/index.ts";
import { UsageError } from "./errors.ts";

// Arguments are texts; each function here reads one kind. `argument` is its name as the task declares it.

const BYTES32 = /^0x[0-9a-f]{64}$/i;
const LONGEST_SHOWN = 80;

/** @throws UsageError ArgumentMissing */
export function required(argument: string, text: string | undefined, what: string): string {
  if (text !== undefined) return text;
  const option = shown(argument);
  throw new UsageError("ArgumentMissing", `${option} is missing.`, { argument: option }, `Give ${option}: ${what}.`);
}

/** The id of a scope, from its public name or the id itself. @throws UsageError ArgumentInvalid */
export function parseScope(argument: string, text: string): Hex {
  return idOf(argument, text, scopeIdOf);
}

/** The id of an institution, from its public identifier or the id itself. @throws UsageError ArgumentInvalid */
export function parseInstitution(argument: string, text: string): Hex {
  return idOf(argument, text, institutionIdOf);
}

/** A region's code, checked. @throws UsageError ArgumentInvalid */
export function parseRegion(argument: string, text: string): string {
  try {
    regionCode(text);
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    throw invalid(argument, text, "no region code", error.fix);
  }
  return text;
}

/** The id of a participant, from the id itself or the address that they sign with. @throws UsageError ArgumentInvalid */
export function parseParticipant(argument: string, text: string): Hex {
  if (BYTES32.test(text)) return text.toLowerCase() as Hex;
  if (isAddress(text)) return participantIdOf(text);
  const fix = "Give a participant id (0x and 64 hex digits) or the address that the participant signs with.";
  throw invalid(argument, text, "neither a participant id nor an address with a correct checksum", fix);
}

/**
 * The ids of participants: of one by id or address, or of those in a file with one id a line.
 * @throws UsageError ArgumentInvalid, ParticipantsError
 */
export async function readParticipants(argument: string, text: string): Promise<Hex[]> {
  return /^0x/i.test(text) ? [parseParticipant(argument, text)] : await readParticipantList(text);
}

/** @throws UsageError ArgumentInvalid */
export function parseBytes32(argument: string, text: string): Hex {
  if (BYTES32.test(text)) return text.toLowerCase() as Hex;
  throw invalid(argument, text, "not 32 bytes in hex", "Give 0x and 64 hex digits.");
}

/** @throws UsageError ArgumentInvalid */
export function parseAddress(argument: string, text: string): Address {
  if (isAddress(text)) return text;
  const fix = "Give 0x and 40 hex digits, in lower case or with a correct checksum.";
  throw invalid(argument, text, "no address with a correct checksum", fix);
}

/**
 * A digest: given in hex, or SHA-256 of a file.
 * @throws UsageError ArgumentInvalid; ManifestError when the file cannot be read
 */
export async function parseDigest(argument: string, text: string): Promise<Hex> {
  if (/^0x/i.test(text)) return parseBytes32(argument, text);
  return (await buildManifest([text])).contentDigest;
}

/** A point of time in Unix seconds (uint32). @throws UsageError ArgumentInvalid */
export function parseWhen(argument: string, text: string): number {
  const seconds = parseTime(text);
  if (seconds !== undefined) return seconds;
  const fix = "Give ISO 8601, for instance 2031-12-31 or 2031-12-31T12:00:00Z, or Unix seconds, before 2106.";
  throw invalid(argument, text, "no point of time", fix);
}

/** An end of time in Unix seconds (uint32), "never" included. @throws UsageError ArgumentInvalid */
export function parseEnd(argument: string, text: string): number {
  return text === "never" ? NO_EXPIRY : parseWhen(argument, text);
}

/** A whole number in decimal digits. @throws UsageError ArgumentInvalid */
export function parseCount(argument: string, text: string, least: number, most: number): number {
  const value = /^[0-9]{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw invalid(argument, text, "out of range", `Give a whole number from ${least} to ${most}.`);
}

const LARGEST_BATCH = 100;

/** How many changes a transaction carries at the most. @throws UsageError ArgumentInvalid */
export function parseBatchSize(text: string | undefined): number {
  return text === undefined ? LARGEST_BATCH : parseCount("batchSize", text, 1, LARGEST_BATCH);
}

/** A number of the chain's in decimal digits: a licence's from 1, an entry's or a block's from 0. @throws UsageError ArgumentInvalid */
export function parseNumber(argument: string, text: string, least: 0n | 1n): bigint {
  const value = /^[0-9]{1,78}$/.test(text) ? BigInt(text) : -1n;
  if (value >= least && BigInt.asUintN(256, value) === value) return value;
  throw invalid(argument, text, "no number", `Give its number, from ${least} on.`);
}

/** One of some words. @throws UsageError ArgumentInvalid */
export function parseChoice<Choice extends string>(argument: string, text: string, choices: readonly Choice[]): Choice {
  const choice = choices.find((candidate) => candidate === text);
  if (choice !== undefined) return choice;
  throw invalid(argument, text, "unknown", `Give one of ${choices.join(", ")}.`);
}

/** Some of some words, separated by commas, each once. @throws UsageError ArgumentInvalid */
export function parseChoices<Choice extends string>(
  argument: string,
  text: string,
  choices: readonly Choice[],
): Choice[] {
  const chosen = text.split(",").map((part) => parseChoice(argument, part.trim(), choices));
  if (new Set(chosen).size === chosen.length) return chosen;
  throw invalid(argument, text, "a list that names something twice", "Name each once.");
}

const LAST_ELEMENT = 63;
const ALL_ELEMENTS = (1n << 64n) - 1n;

/** Bits of a data dictionary: "all", bits and ranges of bits ("0-9,12"), or a mask in hex. @throws UsageError ArgumentInvalid */
export function parseElements(argument: string, text: string): bigint {
  if (text === "all") return ALL_ELEMENTS;
  if (/^0x[0-9a-f]{1,16}$/i.test(text)) return BigInt(text);
  let elements = 0n;
  for (const part of text.split(",")) {
    const [, first, last = first] = /^\s*([0-9]{1,2})(?:-([0-9]{1,2}))?\s*$/.exec(part) ?? [];
    const [low, high] = [Number(first), Number(last)];
    if (!(low <= high && high <= LAST_ELEMENT)) {
      const fix = 'Give "all", bits from 0 to 63 and ranges of them ("0-9,12"), or a mask of at most 16 hex digits.';
      throw invalid(argument, text, "no set of elements", fix);
    }
    for (let bit = low; bit <= high; bit += 1) elements |= 1n << BigInt(bit);
  }
  return elements;
}

const EXTENTS = {
  "no-further-contact": WithdrawalExtent.NoFurtherContact,
  "no-further-access": WithdrawalExtent.NoFurtherAccess,
  "no-further-use": WithdrawalExtent.NoFurtherUse,
} as const;

/** How far a withdrawal reaches. @throws UsageError ArgumentInvalid */
export function parseExtent(argument: string, text: string): number {
  return EXTENTS[parseChoice(argument, text, Object.keys(EXTENTS) as (keyof typeof EXTENTS)[])];
}

/** A term's number from its id in the ontology. @throws UsageError ArgumentInvalid */
export function parseTermId(argument: string, text: string, prefix: OntologyPrefix): number {
  try {
    return parseTerm(prefix, text);
  } catch (error) {
    if (!(error instanceof TermIdError)) throw error;
    throw invalid(argument, text, `no ${ONTOLOGIES[prefix]} id`, error.fix);
  }
}

/** Terms by their number in the scope, or by their digest. */
export type TermsReference = { readonly number: number } | { readonly digest: Hex };

const LAST_TERMS = 65_535;

/** @throws UsageError ArgumentInvalid */
export function parseTerms(argument: string, text: string): TermsReference {
  if (/^0x/i.test(text)) return { digest: parseBytes32(argument, text) };
  return { number: parseCount(argument, text, 1, LAST_TERMS) };
}

/** The digest of terms; a number is looked up in the scope. @throws NotFoundError */
export async function digestOfTerms(client: ConcordClient, scopeId: Hex, reference: TermsReference): Promise<Hex> {
  return "digest" in reference ? reference.digest : (await getTerms(client, { scopeId, ...reference })).digest;
}

/** The number of terms; a digest is looked up in the scope. @throws NotFoundError */
export async function numberOfTerms(client: ConcordClient, scopeId: Hex, reference: TermsReference): Promise<number> {
  return "number" in reference ? reference.number : (await getTerms(client, { scopeId, ...reference })).number;
}

function idOf(argument: string, text: string, hash: (name: string) => Hex): Hex {
  if (BYTES32.test(text)) return text.toLowerCase() as Hex;
  // A mistyped id or a stray space would silently become the name of something else.
  if (/^0x/i.test(text)) {
    throw invalid(argument, text, "neither an id nor a name", "Give 0x and 64 hex digits, or a name without 0x.");
  }
  if (text !== text.trim() || /\p{Cc}/u.test(text)) {
    const fix = "Leave out spaces at the ends and control characters.";
    throw invalid(argument, text, "no name", fix);
  }
  try {
    return hash(text);
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    throw invalid(argument, text, "no name", "Give the public name, or the id as 0x and 64 hex digits.");
  }
}

/** The refusal of an argument's text. */
export function invalid(argument: string, text: string, problem: string, fix: string): UsageError {
  const characters = [...text];
  const given = characters.length > LONGEST_SHOWN ? `${characters.slice(0, LONGEST_SHOWN).join("")}…` : text;
  const name = shown(argument);
  const message = `${name} is ${JSON.stringify(given)}, which is ${problem}.`;
  return new UsageError("ArgumentInvalid", message, { argument: name, given }, fix);
}

/** An option's name as it is written on the command line. */
export function shown(argument: string): string {
  return argument.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
