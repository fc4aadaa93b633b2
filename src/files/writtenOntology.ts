import { ONTOLOGIES, type OntologyPrefix, termNumber } from "../model/index.ts";
import { quote } from "./errors.ts";
import { OntologyError } from "./hierarchy.ts";

/** A parent as a term's entry names it. */
export interface WrittenParent {
  /** As written, or the compact form of its address. */
  readonly parent: string;
  /** Its number, undefined when it is no id of the file's ontology. */
  readonly term: number | undefined;
  /** Where it stands: a JSON path, or a line. */
  readonly path: string;
}

/** A term as its file has it, before the terms are held against each other. */
export interface WrittenTerm {
  readonly term: number;
  readonly label: string;
  readonly parents: readonly WrittenParent[];
  /** Whether the file marks it as no longer used; its label may say so too. */
  readonly isDeprecated: boolean;
  /** Where it stands: a JSON path, or a line. */
  readonly path: string;
}

/** What a release's file says, in whatever format. */
export interface WrittenOntology {
  readonly prefix: OntologyPrefix;
  readonly terms: readonly WrittenTerm[];
  /** Where the terms stand. */
  readonly path: string;
}

/**
 * The ontology that a file is of.
 * @throws OntologyError with `problem` when it is of none that is known
 */
export function requireOntology(
  isOf: (prefix: OntologyPrefix) => boolean,
  problem: string,
  path: string,
): OntologyPrefix {
  const prefix = (Object.keys(ONTOLOGIES) as OntologyPrefix[]).find(isOf);
  if (prefix !== undefined) return prefix;
  const known = Object.values(ONTOLOGIES).join(" or ");
  throw new OntologyError(problem, `Name a release of ${known}.`, path);
}

/**
 * The number of a term of `prefix`'s ontology.
 * @throws OntologyError when `id` is not one of its ids
 */
export function requireTerm(prefix: OntologyPrefix, id: string, path: string): number {
  const term = termNumber(prefix, id);
  if (term !== undefined) return term;
  const fix = `Give the terms of one ontology, each with ${prefix} and seven digits.`;
  throw new OntologyError(`${quote(id)} is not a ${ONTOLOGIES[prefix]} id`, fix, path);
}

/** @throws OntologyError when it is no text, or a blank one */
export function requireLabel(label: unknown, path: string): string {
  if (typeof label === "string" && label.trim() !== "") return label;
  throw new OntologyError("the label is not a text", "Give every term a label.", path);
}
