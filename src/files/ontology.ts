import { readFile } from "node:fs/promises";

import { diseaseName, diseaseNumber, LAST_DISEASE } from "../model/index.ts";
import { FilesError, quote, systemReason } from "./errors.ts";
import { Hierarchy, OntologyError } from "./hierarchy.ts";

const PREFIX = "MONDO:";

/** A disease id is not a Mondo id. */
export class DiseaseIdError extends FilesError {
  override name = "DiseaseIdError";
}

/** A parent that is not a term of the ontology: it is kept out of the closure. */
export interface DanglingParent {
  /** The parent, as written. */
  readonly parent: string;
  /** How many terms name it. */
  readonly count: number;
  /** Where it stands first, as a JSON path. */
  readonly path: string;
}

/** Three diseases that show what an ontology decides. */
export interface OntologyExample {
  /** The disease that is consented to. */
  readonly consented: number;
  /** A strict descendant of it, at least two steps below where there is one. */
  readonly covered: number;
  /** A disease that is neither it, nor below it, nor above it. */
  readonly unrelated: number;
}

/**
 * The number of a disease on chain: the seven digits of its Mondo id ("MONDO:0004992" is 4992).
 * @throws DiseaseIdError when `id` has another form.
 */
export function parseDisease(id: string): number {
  const disease = typeof id === "string" ? diseaseNumber(id) : undefined;
  if (disease !== undefined) return disease;
  throw new DiseaseIdError(`${quote(String(id))} is not a Mondo id`, "Write MONDO: and seven digits.");
}

/**
 * The Mondo id of a disease's number, 0 to 9,999,999 (4992 is "MONDO:0004992").
 * @throws DiseaseIdError when the number is out of range.
 */
export function formatDisease(disease: number): string {
  if (!Number.isInteger(disease) || disease < 0 || disease > LAST_DISEASE) {
    throw new DiseaseIdError(
      `${disease} is not the number of a Mondo id`,
      `Give a whole number, 0 to ${LAST_DISEASE}.`,
    );
  }
  return diseaseName(disease);
}

/** A release of a disease hierarchy. Diseases are given by their numbers; see {@link parseDisease}. */
export class Ontology extends Hierarchy {
  /** The parents that are no terms, in the order of the file. */
  readonly warnings: readonly DanglingParent[];

  readonly #labels: ReadonlyMap<number, string>;

  /** Made by {@link parseOntology}, which checks what is given here. */
  constructor(
    labels: ReadonlyMap<number, string>,
    parents: ReadonlyMap<number, readonly number[]>,
    warnings: readonly DanglingParent[],
  ) {
    super(parents, {
      format: formatDisease,
      pathOf: (term) => `$.terms["${formatDisease(term).slice(PREFIX.length)}"]`,
    });
    this.warnings = warnings;
    this.#labels = labels;
  }

  /**
   * The disease's label.
   * @throws OntologyError when the ontology does not have it.
   */
  label(disease: number): string {
    return this.#labels.get(disease) ?? this.unknown(disease);
  }
}

/**
 * Reads an ontology from a JSON file; see {@link parseOntology}.
 * @throws OntologyError also when the file cannot be read or is not JSON.
 */
export async function readOntology(path: string): Promise<Ontology> {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(await readFile(path));
  } catch (error) {
    const why = systemReason(error) ?? { reason: "it is not text in UTF-8", fix: "Name an ontology as JSON." };
    throw new OntologyError(`${path}: ${why.reason}`, why.fix, undefined, { cause: error });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const fix = "Name a JSON file of the shape that examples/ontology.json has.";
    throw new OntologyError(`${path}: it is not JSON (${reason})`, fix, undefined, { cause: error });
  }
  return parseOntology(value);
}

/**
 * Checks a value of the shape `{ "format": …, "terms": { id: [label, [parent ids]] } }`, ids being seven digits without the
 * MONDO: prefix, and computes the closure. `format` describes the shape and is not looked at.
 * @throws OntologyError with the JSON path on any other shape, and when a term is its own ancestor.
 */
export function parseOntology(value: unknown): Ontology {
  const shape = 'Give {"terms": {"0000001": ["label", ["parent id", …]], …}}.';
  if (!isObject(value)) throw new OntologyError("it is not an object", shape, "$");
  const { terms } = value;
  if (!isObject(terms)) throw new OntologyError("it is not an object of terms", shape, "$.terms");
  const entries = Object.entries(terms);
  if (entries.length === 0) throw new OntologyError("there are no terms", "Give at least one term.", "$.terms");

  const labels = new Map<number, string>();
  const parents = new Map<number, readonly number[]>();
  const dangling = new Map<string, DanglingParent>();
  for (const [id, entry] of entries) {
    const path = `$.terms[${JSON.stringify(id)}]`;
    if (!/^[0-9]{7}$/.test(id)) {
      throw new OntologyError("the id is not seven digits", "Write ids without their prefix: 0004992.", path);
    }
    if (!Array.isArray(entry) || entry.length !== 2) {
      throw new OntologyError("it is not a pair of a label and a list of parents", shape, path);
    }
    const [label, list] = entry as [unknown, unknown];
    if (typeof label !== "string" || label.trim() === "") {
      throw new OntologyError("the label is not a text", "Give every term a label.", `${path}[0]`);
    }
    if (!Array.isArray(list)) throw new OntologyError("it is not a list of parents", shape, `${path}[1]`);
    const known = new Set<number>();
    list.forEach((parent: unknown, i) => {
      const at = `${path}[1][${i}]`;
      if (typeof parent !== "string") throw new OntologyError("the parent is not a text", shape, at);
      if (parent.startsWith(PREFIX)) {
        throw new OntologyError("the parent has a prefix", "Write ids without their prefix: 0004992.", at);
      }
      if (Object.hasOwn(terms, parent)) {
        known.add(Number(parent));
      } else {
        const before = dangling.get(parent);
        dangling.set(parent, { parent, count: (before?.count ?? 0) + 1, path: before?.path ?? at });
      }
    });
    labels.set(Number(id), label);
    parents.set(
      Number(id),
      [...known].sort((a, b) => a - b),
    );
  }
  return new Ontology(labels, parents, [...dangling.values()]);
}

/**
 * Chooses three diseases by which a demonstration shows what is covered and what is not, the same for the same ontology.
 * The consented one is, of those that have something two steps below and something unrelated, the one with the most
 * descendants up to a tenth of the ontology (or five), or else the fewest; where the hierarchy is flat, one step below serves.
 * Equals are told apart by the lower number.
 * @throws OntologyError when the ontology has no two diseases one below the other and a third unrelated to them.
 */
export function chooseExample(ontology: Ontology): OntologyExample {
  const descendants = new Map<number, number[]>(ontology.terms.map((term) => [term, []]));
  for (const term of ontology.terms)
    for (const ancestor of ontology.ancestors(term)) descendants.get(ancestor)?.push(term);
  const count = (term: number): number => descendants.get(term)?.length ?? 0;
  const few = Math.max(5, ontology.terms.length / 10);
  const byPreference = ontology.terms
    .filter((term) => count(term) > 0)
    .sort((a, b) => {
      const [tooManyA, tooManyB] = [count(a) > few, count(b) > few];
      if (tooManyA !== tooManyB) return tooManyA ? 1 : -1;
      return (tooManyA ? count(a) - count(b) : count(b) - count(a)) || a - b;
    });
  for (const steps of [2, 1]) {
    for (const consented of byPreference) {
      const covered = descendants
        .get(consented)
        ?.find((term) => steps === 1 || !ontology.parents(term).includes(consented));
      if (covered === undefined) continue;
      const related = new Set([consented, ...ontology.ancestors(consented), ...(descendants.get(consented) ?? [])]);
      const unrelated = ontology.terms.find((term) => !related.has(term));
      if (unrelated !== undefined) return { consented, covered, unrelated };
    }
  }
  throw new OntologyError(
    "the ontology is too small for an example",
    "Give one with a disease, a kind of it, and a third disease that is neither above nor below it.",
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
