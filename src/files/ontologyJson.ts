import { type OntologyPrefix, termNumber } from "../model/index.ts";
import { quote } from "./errors.ts";
import { OntologyError } from "./hierarchy.ts";
import {
  requireLabel,
  requireOntology,
  requireTerm,
  type WrittenOntology,
  type WrittenParent,
  type WrittenTerm,
} from "./writtenOntology.ts";

const TABLE_SHAPE = 'Give {"terms": {"0000001": ["label", ["parent id", …]], …}}.';
const LIST_SHAPE = 'Give [{"id": "DUO:0000001", "label": "…", "parents": ["parent id", …]}, …].';

/**
 * What JSON of one of two shapes says: a table of diseases without their prefix, or a list of terms with theirs.
 * @throws OntologyError with the JSON path on any other shape
 */
export function ontologyFromJson(value: unknown): WrittenOntology {
  if (Array.isArray(value)) return ontologyFromList(value);
  if (!isObject(value)) throw new OntologyError("it is not an object", TABLE_SHAPE, "$");
  const { terms } = value;
  if (!isObject(terms)) throw new OntologyError("it is not an object of terms", TABLE_SHAPE, "$.terms");
  const written = Object.entries(terms).map(([id, entry]) => termFromTable(id, entry));
  return { prefix: "MONDO", terms: written, path: "$.terms" };
}

function termFromTable(id: string, entry: unknown): WrittenTerm {
  const path = `$.terms[${JSON.stringify(id)}]`;
  const withoutPrefix = "Write ids without their prefix: 0004992.";
  const numberOf = (digits: string): number | undefined => termNumber("MONDO", `MONDO:${digits}`);
  const term = numberOf(id);
  if (term === undefined) throw new OntologyError("the id is not seven digits", withoutPrefix, path);
  if (!Array.isArray(entry) || entry.length !== 2) {
    throw new OntologyError("it is not a pair of a label and a list of parents", TABLE_SHAPE, path);
  }
  const label = requireLabel(entry[0], `${path}[0]`);
  const parents = readParents(entry[1], `${path}[1]`, TABLE_SHAPE, numberOf);
  const prefixed = parents.find(({ parent }) => parent.startsWith("MONDO:"));
  if (prefixed !== undefined) throw new OntologyError("the parent has a prefix", withoutPrefix, prefixed.path);
  return { term, label, parents, isDeprecated: false, path };
}

function ontologyFromList(list: readonly unknown[]): WrittenOntology {
  const entries = list.map((entry, i) => {
    if (!isObject(entry)) throw new OntologyError("it is not a term", LIST_SHAPE, `$[${i}]`);
    if (typeof entry.id !== "string") throw new OntologyError("the id is not a text", LIST_SHAPE, `$[${i}].id`);
    return { ...entry, id: entry.id };
  });
  const [first = { id: "" }] = entries;
  const problem = entries.length === 0 ? "there are no terms" : `${quote(first.id)} is no id of a known ontology`;
  const prefix = requireOntology((candidate) => first.id.startsWith(`${candidate}:`), problem, "$[0].id");
  return { prefix, terms: entries.map((entry, i) => termFromList(prefix, entry, `$[${i}]`)), path: "$" };
}

function termFromList(
  prefix: OntologyPrefix,
  entry: Record<string, unknown> & { id: string },
  path: string,
): WrittenTerm {
  const { id, label, parents, deprecated = false } = entry;
  if (typeof deprecated !== "boolean") {
    throw new OntologyError("it is neither true nor false", LIST_SHAPE, `${path}.deprecated`);
  }
  return {
    term: requireTerm(prefix, id, `${path}.id`),
    label: requireLabel(label, `${path}.label`),
    parents: readParents(parents, `${path}.parents`, LIST_SHAPE, (parent) => termNumber(prefix, parent)),
    isDeprecated: deprecated,
    path,
  };
}

function readParents(
  list: unknown,
  path: string,
  shape: string,
  numberOf: (parent: string) => number | undefined,
): WrittenParent[] {
  if (!Array.isArray(list)) throw new OntologyError("it is not a list of parents", shape, path);
  return list.map((parent: unknown, i) => {
    const at = `${path}[${i}]`;
    if (typeof parent !== "string") throw new OntologyError("the parent is not a text", shape, at);
    return { parent, term: numberOf(parent), path: at };
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
