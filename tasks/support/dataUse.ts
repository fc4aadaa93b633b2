import { dirname, resolve } from "node:path";

import type { Hex } from "viem";

import { buildManifest, JsonFileError, type Ontology, readJson } from "../../src/files/index.ts";
import { ALL_ELEMENTS, type Purpose, type Terms } from "../../src/model/index.ts";
import {
  InvalidInputError,
  type PinnedReleases,
  purposeDigest,
  purposeFromJson,
  purposeToJson,
  termsFromJson,
  type TermsWarning,
  termsToJson,
} from "../../src/sdk/index.ts";
import { UsageError } from "./errors.ts";
import { progress } from "./output.ts";
import { parseBytes32 } from "./parse.ts";
import { type Line, listed, when } from "./print.ts";

/**
 * Reads terms from a file of the shape of examples/terms.json. Documents that the notice names as files, relative to this
 * one, are hashed.
 * @throws JsonFileError with the place in the file; ManifestError when a document cannot be read
 */
export async function readTerms(file: string, pinned: PinnedReleases): Promise<Terms> {
  const value = await withDocumentDigests(file, await readJson(file));
  const { permissions, diseases, ontologyRelease } = (value ?? {}) as Readonly<Record<string, unknown>>;
  const isDiseaseSpecific = Array.isArray(permissions) && Array.isArray(diseases) && diseases.length > 0;
  if (isDiseaseSpecific && (ontologyRelease ?? pinned.ontologyRelease) === undefined) {
    const fix = "Give --ontology with the release's file, or --release with its root.";
    throw new UsageError("ArgumentMissing", "The terms list diseases, but pin no ontology release.", {}, fix);
  }
  return inFile(file, () => termsFromJson(value, pinned));
}

/**
 * Reads a purpose from a file of the shape of examples/purpose.json.
 * @throws JsonFileError with the place in the file
 */
export async function readPurpose(file: string): Promise<Purpose> {
  const value = await readJson(file);
  return inFile(file, () => purposeFromJson(value));
}

/**
 * The digest of a purpose: given in hex, or of a file of the shape of examples/purpose.json.
 * @throws UsageError ArgumentInvalid; JsonFileError with the place in the file
 */
export async function parsePurpose(argument: string, text: string): Promise<Hex> {
  if (/^0x/i.test(text)) return parseBytes32(argument, text);
  const purpose = await readPurpose(text);
  return inFile(text, () => purposeDigest(purpose));
}

/** Says which file it was that the SDK refused; an error that the contracts know too keeps their name. */
export function inFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    const path = String(error.args.input);
    const problem = error.message.startsWith(path)
      ? error.message.slice(path.length).replace(/^:? /, "")
      : error.message;
    const name = error.name === "InvalidInput" ? {} : { name: error.name };
    throw new JsonFileError(file, problem, error.fix, { path, ...name, cause: error });
  }
}

interface WrittenText {
  readonly form?: unknown;
  readonly sheet?: unknown;
}

/** The JSON with the SHA-256 of each document that the notice's texts name as a file. */
async function withDocumentDigests(file: string, value: unknown): Promise<unknown> {
  const { notice } = (value ?? {}) as { notice?: { texts?: unknown } | null };
  const texts = notice?.texts;
  if (!Array.isArray(texts)) return value;
  const digestOf = async (document: unknown): Promise<unknown> => {
    if (typeof document !== "string" || /^0x[0-9a-f]{64}$/i.test(document)) return document;
    const { files } = await buildManifest([resolve(dirname(file), document)]);
    return files[0]?.sha256;
  };
  const hashed: unknown[] = [];
  for (const text of texts as readonly (WrittenText | null)[]) {
    if (typeof text !== "object" || text === null) hashed.push(text);
    else hashed.push({ ...text, form: await digestOf(text.form), sheet: await digestOf(text.sheet) });
  }
  return { ...(value as object), notice: { ...notice, texts: hashed } };
}

/** The labels of the diseases that an ontology has. */
export function labelsOf(ontology: Ontology | undefined): (disease: number) => string | undefined {
  return (disease) => (ontology?.has(disease) === true ? ontology.label(disease) : undefined);
}

/** Tells warnings where no program reads them for the result. */
export function tellWarnings(warnings: readonly TermsWarning[]): void {
  for (const { message } of warnings) progress(`Warning: ${message}`);
}

export function termsLines(terms: Terms): Line[] {
  const written = termsToJson(terms);
  const { from, reConsentBy, ontologyRelease, regionRelease, months, moratoriumUntil, elements, notice } = terms;
  const { permissions, modifiers, diseases, regions, institutions, users, projects, researchTypes } = written;
  return [
    ["Permissions", listed(permissions)],
    ["Modifiers", listed(modifiers)],
    ["Diseases", listed(diseases)],
    ...(diseases.length === 0 ? [] : [["Release", ontologyRelease] as const]),
    ...line("Regions", regions),
    ...(regions === undefined ? [] : [["Region release", regionRelease] as const]),
    ...line("Institutions", institutions),
    ...line("Users", users),
    ...line("Projects", projects),
    ...line("Investigators", written.investigators),
    ...line("Research types", researchTypes),
    ...(months === 0 ? [] : [["Months", String(months)] as const]),
    ...(moratoriumUntil === 0 ? [] : [["Moratorium until", when(moratoriumUntil)] as const]),
    ...(elements === ALL_ELEMENTS ? [] : [["Elements", listed((written.elements ?? []).map(String))] as const]),
    ["From", from === 0 ? "at once" : when(from)],
    ["Re-consent by", when(reConsentBy)],
    [
      "Documents",
      notice.texts.length === 0 ? "none" : listed(written.notice?.texts.map(({ language }) => language) ?? []),
    ],
  ];
}

export function purposeLines(purpose: Purpose): Line[] {
  const { kinds, diseases, unattested, regions, institutions, users, projects, sensitive } = purposeToJson(purpose);
  return [
    ["Kinds", listed(kinds)],
    ["Diseases", listed(diseases)],
    ...line("Regions", regions),
    ...line("Institutions", institutions),
    ...line("Users", users),
    ...line("Projects", projects),
    ...line("Sensitive", sensitive),
    ["Unattested", listed(unattested)],
  ];
}

function line(label: string, list: readonly string[] | undefined): Line[] {
  return list === undefined ? [] : [[label, listed(list)]];
}
