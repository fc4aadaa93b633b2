import { readFile } from "node:fs/promises";

import { LAST_TERM, ONTOLOGIES, type OntologyPrefix, termName, termNumber } from "../model/index.ts";
import { FilesError, quote, systemReason } from "./errors.ts";
import { Hierarchy, OntologyError } from "./hierarchy.ts";
import { ontologyFromJson } from "./ontologyJson.ts";
import { ontologyFromOwl } from "./ontologyOwl.ts";
import type { WrittenOntology, WrittenTerm } from "./writtenOntology.ts";

/** A text is not an id of the ontology, or a number not that of one. */
export class TermIdError extends FilesError {
  override name = "TermIdError";
}

/** A release is of another ontology than Mondo, whose terms diseases are. */
export class DiseaseOntologyError extends FilesError {
  override name = "DiseaseOntologyError";
}

/** A parent that is not a term of the release, or an obsolete one: it is kept out of the closure. */
export interface DanglingParent {
  /** The parent, as written. */
  readonly parent: string;
  /** How many terms name it. */
  readonly count: number;
  /** Where it stands first: a JSON path, or a line. */
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
 * The number of a term on chain: the seven digits of its id ("DUO:0000007" is 7).
 * @throws TermIdError when `id` is not an id of the ontology.
 */
export function parseTerm(prefix: OntologyPrefix, id: string): number {
  const term = typeof id === "string" ? termNumber(prefix, id) : undefined;
  if (term !== undefined) return term;
  throw new TermIdError(`${quote(String(id))} is not a ${ONTOLOGIES[prefix]} id`, `Write ${prefix}: and seven digits.`);
}

/**
 * The id of a term's number, 0 to 9,999,999 (in DUO 7 is "DUO:0000007").
 * @throws TermIdError when the number is out of range.
 */
export function formatTerm(prefix: OntologyPrefix, term: number): string {
  if (!Number.isInteger(term) || term < 0 || term > LAST_TERM) {
    throw new TermIdError(
      `${term} is not the number of a ${ONTOLOGIES[prefix]} id`,
      `Give a whole number, 0 to ${LAST_TERM}.`,
    );
  }
  return termName(prefix, term);
}

/**
 * The number of a disease on chain: the seven digits of its Mondo id ("MONDO:0004992" is 4992).
 * @throws TermIdError when `id` has another form.
 */
export function parseDisease(id: string): number {
  return parseTerm("MONDO", id);
}

/**
 * The Mondo id of a disease's number, 0 to 9,999,999 (4992 is "MONDO:0004992").
 * @throws TermIdError when the number is out of range.
 */
export function formatDisease(disease: number): string {
  return formatTerm("MONDO", disease);
}

/** A release of Mondo or DUO. Terms are given by their numbers; see {@link parseTerm}. */
export class Ontology extends Hierarchy {
  /** What its ids begin with, which says whose release it is. */
  readonly prefix: OntologyPrefix;
  /** The parents that are no terms, in the order of the file. */
  readonly warnings: readonly DanglingParent[];

  readonly #labels: ReadonlyMap<number, string>;

  /**
   * Made by {@link parseOntology} and {@link readOntology}, which check what is given here.
   * @throws OntologyError when a term is there twice or its own ancestor, or when there is none but obsolete ones
   */
  constructor({ prefix, terms, path }: WrittenOntology) {
    const places = placesOf(prefix, terms);
    const current = terms.filter((term) => !isObsolete(term));
    if (current.length === 0) throw new OntologyError("there are no terms", "Give at least one term.", path);
    const labels = new Map(current.map(({ term, label }) => [term, label]));
    const { parents, warnings } = resolveParents(current, labels);
    const names = {
      format: (term: number) => formatTerm(prefix, term),
      pathOf: (term: number) => places.get(term) ?? path,
    };
    super(parents, names, new Set([...places.keys()].filter((term) => !labels.has(term))));
    this.prefix = prefix;
    this.warnings = warnings;
    this.#labels = labels;
  }

  /**
   * The term's label.
   * @throws OntologyError when the ontology does not have it.
   */
  label(term: number): string {
    return this.#labels.get(term) ?? this.unknown(term);
  }
}

/**
 * Reads a release of Mondo or DUO: OWL in RDF/XML, as their makers publish it, or JSON; see {@link parseOntology}. In OWL the
 * hierarchy is that of `rdfs:subClassOf` between named classes of the ontology itself.
 * @throws OntologyError also when the file cannot be read or is neither.
 */
export async function readOntology(path: string): Promise<Ontology> {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(await readFile(path));
  } catch (error) {
    const why = systemReason(error) ?? { reason: "it is not text in UTF-8", fix: "Name an ontology as OWL or JSON." };
    throw new OntologyError(`${path}: ${why.reason}`, why.fix, undefined, { cause: error });
  }
  if (text.trimStart().startsWith("<")) return new Ontology(ontologyFromOwl(text));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const fix = "Name an OWL file in RDF/XML, or a JSON file of the shape that examples/ontology.json has.";
    throw new OntologyError(`${path}: it is not JSON (${reason})`, fix, undefined, { cause: error });
  }
  return parseOntology(value);
}

/**
 * Reads a release of Mondo, as {@link readOntology} does: what terms and purposes list diseases by.
 * @throws DiseaseOntologyError when it is another ontology's; OntologyError
 */
export async function readDiseases(path: string): Promise<Ontology> {
  const ontology = await readOntology(path);
  if (ontology.prefix === "MONDO") return ontology;
  throw new DiseaseOntologyError(
    `${path}: it is a release of ${ONTOLOGIES[ontology.prefix]}, and diseases are terms of ${ONTOLOGIES.MONDO}`,
    `Name a release of ${ONTOLOGIES.MONDO}.`,
  );
}

/**
 * Computes the closure of a release as JSON. Diseases of Mondo may be a table `{ "format": …, "terms": { id: [label, [parent
 * ids]] } }`, ids being seven digits without the MONDO: prefix; `format` describes the shape and is not looked at. Terms of
 * either ontology may be a list `[{ "id", "label", "parents": [id, …], "deprecated"? }, …]`, ids with their prefix, which says
 * whose they are. What is deprecated, or whose label begins with "obsolete", is no term of the hierarchy.
 * @throws OntologyError with the JSON path on any other shape, on a term that is there twice, and when one is its own ancestor.
 */
export function parseOntology(value: unknown): Ontology {
  return new Ontology(ontologyFromJson(value));
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

/** Where each term stands, obsolete ones too. */
function placesOf(prefix: OntologyPrefix, terms: readonly WrittenTerm[]): Map<number, string> {
  const places = new Map<number, string>();
  for (const { term, path } of terms) {
    const first = places.get(term);
    if (first !== undefined) {
      const problem = `${formatTerm(prefix, term)} is there twice, first at ${first}`;
      throw new OntologyError(problem, "Keep one of them.", path);
    }
    places.set(term, path);
  }
  return places;
}

/** Every term's parents that are terms, by number, and those that are not. */
function resolveParents(terms: readonly WrittenTerm[], known: { has: (term: number) => boolean }) {
  const parents = new Map<number, readonly number[]>();
  const dangling = new Map<string, DanglingParent>();
  for (const { term, parents: written } of terms) {
    const above = new Set<number>();
    for (const { parent, term: found, path } of written) {
      if (found !== undefined && known.has(found)) {
        above.add(found);
      } else {
        const before = dangling.get(parent);
        dangling.set(parent, { parent, count: (before?.count ?? 0) + 1, path: before?.path ?? path });
      }
    }
    parents.set(
      term,
      [...above].sort((a, b) => a - b),
    );
  }
  return { parents, warnings: [...dangling.values()] };
}

/** OBO ontologies begin the label of a term that they no longer use with "obsolete"; not all mark it as deprecated too. */
function isObsolete({ label, isDeprecated }: WrittenTerm): boolean {
  return isDeprecated || /^obsolete\b/i.test(label);
}
