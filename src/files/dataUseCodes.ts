import { dirname, resolve } from "node:path";

import { type Hex, parseBytes32 } from "./bytes.ts";
import { DiseaseIdError, parseDisease } from "./ontology.ts";
import { quote } from "./errors.ts";
import { JsonFileError, readJson } from "./json.ts";
import { buildManifest } from "./manifest.ts";
import { EMPTY_ROOT } from "./merkle.ts";
import { parseTime } from "./time.ts";

/** Terms as people write them. Whether their codes exist and go together is not looked at here. */
export interface WrittenTerms {
  /** For instance "DS". */
  readonly permissions: readonly string[];
  /** For instance "NPU". */
  readonly modifiers: readonly string[];
  /** By number, ascending. */
  readonly diseases: readonly number[];
  /** First second at which the terms hold (Unix seconds); 0 when the file names none. */
  readonly from: number;
  /** First second at which consents under the terms count as expired (Unix seconds); 2^32 - 1 when the file names none. */
  readonly reConsentBy: number;
  /** Digest of the form and the information sheets; zero when the file names none. */
  readonly documents: Hex;
}

/** A purpose as people write it. Whether its codes exist is not looked at here. */
export interface WrittenPurpose {
  /** For instance "DS". */
  readonly kinds: readonly string[];
  /** By number, ascending. */
  readonly diseases: readonly number[];
  /** For instance "notForProfit". */
  readonly unattested: readonly string[];
}

const NEVER = 0xffff_ffff;

/**
 * Reads terms from a file of the shape of examples/terms.json: `permissions`, and if need be `modifiers`, `diseases`, `from`,
 * `reConsentBy` and `documents`. Times are ISO 8601 or Unix seconds. Documents are a digest, or a list of files relative to
 * this one, whose content digest is taken.
 * @throws JsonFileError with the place in the file; ManifestError when a document cannot be read
 */
export async function readTerms(file: string): Promise<WrittenTerms> {
  const keys = ["permissions", "modifiers", "diseases", "from", "reConsentBy", "documents"];
  const fields = new Fields(file, await readJson(file), keys);
  return {
    permissions: fields.texts("permissions", true),
    modifiers: fields.texts("modifiers"),
    diseases: fields.diseases(),
    from: fields.time("from") ?? 0,
    reConsentBy: fields.time("reConsentBy") ?? NEVER,
    documents: await fields.documents(),
  };
}

/**
 * Reads a purpose from a file of the shape of examples/purpose.json: `kinds`, and if need be `diseases` and `unattested`.
 * @throws JsonFileError with the place in the file
 */
export async function readPurpose(file: string): Promise<WrittenPurpose> {
  const fields = new Fields(file, await readJson(file), ["kinds", "diseases", "unattested"]);
  return {
    kinds: fields.texts("kinds", true),
    diseases: fields.diseases(),
    unattested: fields.texts("unattested"),
  };
}

/** An object's fields; one that is null counts as absent. */
class Fields {
  readonly #file: string;
  readonly #fields: ReadonlyMap<string, unknown>;

  constructor(file: string, value: unknown, known: readonly string[]) {
    this.#file = file;
    const fix = `Give an object with some of ${known.join(", ")}.`;
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new JsonFileError(file, "it is not an object", fix, { path: "$" });
    }
    const unknown = Object.keys(value).find((key) => !known.includes(key));
    // A misspelt field would silently leave out what it says.
    if (unknown !== undefined) {
      throw new JsonFileError(file, "it is not a known field", fix, { path: `$[${quote(unknown)}]` });
    }
    this.#fields = new Map(Object.entries(value).filter(([, field]) => field !== null));
  }

  texts(name: string, required = false): string[] {
    const list = this.#fields.get(name);
    if (list === undefined && !required) return [];
    if (list === undefined) throw this.#refuse(`$.${name}`, "it is missing", `Give ${name} as a list of codes.`);
    if (!Array.isArray(list)) throw this.#refuse(`$.${name}`, "it is not a list", `Give ${name} as a list of texts.`);
    return list.map((item: unknown, index) => {
      if (typeof item === "string") return item;
      throw this.#refuse(`$.${name}[${index}]`, "it is not a text", `Give ${name} as a list of texts.`);
    });
  }

  diseases(): number[] {
    const diseases = this.texts("diseases").map((id, index) => {
      try {
        return parseDisease(id);
      } catch (error) {
        if (!(error instanceof DiseaseIdError)) throw error;
        throw this.#refuse(`$.diseases[${index}]`, error.message, error.fix);
      }
    });
    const twice = diseases.findIndex((disease, index) => diseases.indexOf(disease) !== index);
    if (twice !== -1) throw this.#refuse(`$.diseases[${twice}]`, "it is listed twice", "List each disease once.");
    return diseases.sort((a, b) => a - b);
  }

  time(name: string): number | undefined {
    const given = this.#fields.get(name);
    if (given === undefined) return undefined;
    const seconds = typeof given === "string" || typeof given === "number" ? parseTime(String(given)) : undefined;
    if (seconds !== undefined) return seconds;
    const fix = "Give ISO 8601, for instance 2031-12-31 or 2031-12-31T12:00:00Z, or Unix seconds, before 2106.";
    throw this.#refuse(`$.${name}`, "it is not a point of time", fix);
  }

  async documents(): Promise<Hex> {
    const given = this.#fields.get("documents");
    if (given === undefined) return EMPTY_ROOT;
    if (parseBytes32(given) !== undefined) return given as Hex;
    if (Array.isArray(given)) {
      const folder = dirname(this.#file);
      const files = this.texts("documents").map((name) => resolve(folder, name));
      return (await buildManifest(files)).contentDigest;
    }
    const fix = "Give a digest as 0x and 64 hex digits, or a list of files.";
    throw this.#refuse("$.documents", "it is neither a digest nor a list of files", fix);
  }

  #refuse(path: string, problem: string, fix: string): JsonFileError {
    return new JsonFileError(this.#file, problem, fix, { path });
  }
}
