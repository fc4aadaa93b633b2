import type { Hex } from "viem";

import { type Hierarchy, readJson, readOntology, REGION_TABLE, regionHierarchy } from "../../src/files/index.ts";
import { dictionaryFromJson, dictionaryRoot } from "../../src/sdk/index.ts";
import { inFile } from "./dataUse.ts";
import { UsageError } from "./errors.ts";
import { progress } from "./output.ts";
import { parseDigest } from "./parse.ts";

/** Where a command finds a release: exactly one of these. */
export interface ReleaseArguments {
  readonly file: string | undefined;
  readonly dictionary: string | undefined;
  readonly regions: boolean;
}

/** A release as it is published, its name and version where the package knows them. */
export interface Release {
  readonly root: Hex;
  readonly sourceDigest: Hex;
  readonly terms: number;
  readonly pairs: number;
  readonly name?: string;
  readonly version?: string;
}

/**
 * Reads an ontology, a data dictionary or the shipped region table, and hashes it.
 * @throws UsageError ArgumentMissing, ArgumentUnexpected; OntologyError, JsonFileError
 */
export async function readRelease({ file, dictionary, regions }: ReleaseArguments): Promise<Release> {
  const given = [file, dictionary, regions ? "regions" : undefined].filter((source) => source !== undefined);
  if (given.length !== 1) {
    const fix = "Give an ontology's file, or --dictionary, or --regions.";
    if (given.length === 0) throw new UsageError("ArgumentMissing", "No release is named.", { argument: "file" }, fix);
    throw new UsageError("ArgumentUnexpected", "Several releases are named.", { file, dictionary, regions }, fix);
  }
  if (file !== undefined) return await readOntologyRelease(file);
  return dictionary === undefined
    ? { ...REGION_TABLE, ...countsOf(regionHierarchy()) }
    : await readDictionaryRelease(dictionary);
}

async function readOntologyRelease(file: string): Promise<Release> {
  const ontology = await readOntology(file);
  for (const { parent, count, path } of ontology.warnings) {
    progress(
      `${path}: the parent ${JSON.stringify(parent)} is no term of the release (${count} times); it is left out.`,
    );
  }
  progress("Hashing the hierarchy");
  return { ...countsOf(ontology), sourceDigest: await parseDigest("file", file) };
}

function countsOf({ root, terms, pairs }: Hierarchy) {
  return { root, terms: terms.length, pairs };
}

async function readDictionaryRelease(file: string): Promise<Release> {
  const value = await readJson(file);
  const dictionary = inFile(file, () => dictionaryFromJson(value));
  const pairs = dictionary.categories.reduce((sum, { elements }) => sum + elements.length, 0);
  const root = dictionaryRoot(dictionary);
  const terms = dictionary.categories.length + pairs;
  return { root, terms, pairs, sourceDigest: await parseDigest("dictionary", file) };
}
