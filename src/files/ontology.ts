import { readFile } from "node:fs/promises";

import type { Hex } from "./bytes.ts";
import { FilesError, quote, systemReason } from "./errors.ts";
import { keccak256, MerkleTree } from "./merkle.ts";

const PREFIX = "MONDO:";
const MAX_DISEASE = 9_999_999;
const WORD = 32;
/** The most pairs that a closure may have: Mondo of 2022 has 272,768. It bounds the memory that a hostile file can take. */
const MAX_PAIRS = 5_000_000;

/** A disease id is not a Mondo id. */
export class DiseaseIdError extends FilesError {
  override name = "DiseaseIdError";
}

/** A file is no ontology that can be used, or an ontology does not hold what is asked of it. */
export class OntologyError extends FilesError {
  override name = "OntologyError";
  /** The place in the file as a JSON path (`$.terms["0000001"][1][0]`), undefined when it is not about one place. */
  readonly path: string | undefined;

  constructor(message: string, fix: string, path?: string, options?: ErrorOptions) {
    super(path === undefined ? message : `${path}: ${message}`, fix, options);
    this.path = path;
  }
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

/** What shows on chain that a disease is a kind of another. */
export interface DescentProof {
  readonly descendant: number;
  readonly ancestor: number;
  /** The sibling hashes from the leaf (uint32 descendant, uint32 ancestor) up to the release's root. */
  readonly proof: readonly Hex[];
}

/** What shows on chain which diseases a disease is a kind of, and so also which it is not. */
export interface LineageProof {
  readonly term: number;
  /** All strict ancestors of the term, ascending. */
  readonly ancestors: readonly number[];
  /** The sibling hashes from the term's lineage leaf up to the release's root. */
  readonly proof: readonly Hex[];
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
  const match = typeof id === "string" ? /^MONDO:([0-9]{7})$/.exec(id) : null;
  if (match?.[1] === undefined) {
    throw new DiseaseIdError(`${quote(String(id))} is not a Mondo id`, "Write MONDO: and seven digits.");
  }
  return Number(match[1]);
}

/**
 * The Mondo id of a disease's number, 0 to 9,999,999 (4992 is "MONDO:0004992").
 * @throws DiseaseIdError when the number is out of range.
 */
export function formatDisease(disease: number): string {
  if (!Number.isInteger(disease) || disease < 0 || disease > MAX_DISEASE) {
    throw new DiseaseIdError(`${disease} is not the number of a Mondo id`, `Give a whole number, 0 to ${MAX_DISEASE}.`);
  }
  return PREFIX + String(disease).padStart(7, "0");
}

/** A release of a disease hierarchy. Diseases are given by their numbers; see {@link parseDisease}. */
export class Ontology {
  /** The diseases, ascending. */
  readonly terms: readonly number[];
  /** The number of strict (descendant, ancestor) pairs in the closure. */
  readonly pairs: number;
  /** The parents that are no terms, in the order of the file. */
  readonly warnings: readonly DanglingParent[];

  readonly #labels: ReadonlyMap<number, string>;
  readonly #parents: ReadonlyMap<number, readonly number[]>;
  readonly #ancestors: ReadonlyMap<number, Uint32Array>;
  #tree: MerkleTree | undefined;

  /** Made by {@link parseOntology}, which checks what is given here. */
  constructor(
    labels: ReadonlyMap<number, string>,
    parents: ReadonlyMap<number, readonly number[]>,
    warnings: readonly DanglingParent[],
  ) {
    this.terms = [...labels.keys()].sort((a, b) => a - b);
    this.warnings = warnings;
    this.#labels = labels;
    this.#parents = parents;
    this.#ancestors = close(this.terms, parents);
    this.pairs = [...this.#ancestors.values()].reduce((sum, { length }) => sum + length, 0);
  }

  /**
   * The release's root. The tree is built when it is first asked for, in the layout of OpenZeppelin's StandardMerkleTree, over
   * a leaf (uint32 descendant, uint32 ancestor) for each strict pair and a lineage leaf for each term: (uint32 term,
   * uint256 count, bytes32 digest), where the digest is Keccak-256 of all strict ancestors, ascending, as 32-byte words.
   */
  get root(): Hex {
    return this.#closureTree().root;
  }

  /** Whether the ontology has this disease. */
  has(disease: number): boolean {
    return this.#labels.has(disease);
  }

  /**
   * The disease's label.
   * @throws OntologyError when the ontology does not have it.
   */
  label(disease: number): string {
    return this.#labels.get(disease) ?? this.#unknown(disease);
  }

  /**
   * The diseases directly above this one, ascending.
   * @throws OntologyError when the ontology does not have it.
   */
  parents(disease: number): readonly number[] {
    return this.#parents.get(disease) ?? this.#unknown(disease);
  }

  /**
   * The diseases of which this one is a kind, ascending, without itself.
   * @throws OntologyError when the ontology does not have it.
   */
  ancestors(disease: number): number[] {
    return [...(this.#ancestors.get(disease) ?? this.#unknown(disease))];
  }

  /**
   * Whether some disease of `list` equals `disease` or is an ancestor of it. A disease that the ontology does not have is
   * covered by itself alone.
   */
  covered(disease: number, list: readonly number[]): boolean {
    const ancestors = this.#ancestors.get(disease);
    return list.some((listed) => listed === disease || (ancestors !== undefined && includes(ancestors, listed)));
  }

  /**
   * The proof that `descendant` is a kind of `ancestor`.
   * @throws OntologyError when it is not, or they are the same disease (which needs no proof).
   */
  prove(descendant: number, ancestor: number): DescentProof {
    const ancestors = this.#ancestors.get(descendant) ?? this.#unknown(descendant);
    if (!includes(ancestors, ancestor)) {
      throw new OntologyError(
        `${formatDisease(descendant)} is not a strict descendant of ${formatDisease(ancestor)}`,
        "Ask for a disease and one of its ancestors.",
      );
    }
    return { descendant, ancestor, proof: this.#closureTree().prove(encodeWords([descendant, ancestor])) };
  }

  /**
   * The proof that a disease's ancestors are these and no others: what it takes to show that it is not covered.
   * @throws OntologyError when the ontology does not have the disease.
   */
  proveLineage(term: number): LineageProof {
    const ancestors = this.ancestors(term);
    return { term, ancestors, proof: this.#closureTree().prove(encodeLineage(term, ancestors)) };
  }

  #closureTree(): MerkleTree {
    this.#tree ??= MerkleTree.of(this.pairs + this.terms.length, this.#leaves());
    return this.#tree;
  }

  *#leaves(): Generator<Uint8Array> {
    for (const [term, ancestors] of this.#ancestors) {
      for (const ancestor of ancestors) yield encodeWords([term, ancestor]);
      yield encodeLineage(term, ancestors);
    }
  }

  #unknown(disease: number): never {
    throw new OntologyError(`the ontology has no ${formatDisease(disease)}`, "Name a disease of this release.");
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

/** The strict ancestors of every term, ascending: parents first, so that each set is the union of finished ones. */
function close(terms: readonly number[], parents: ReadonlyMap<number, readonly number[]>): Map<number, Uint32Array> {
  const children = new Map<number, number[]>(terms.map((term) => [term, []]));
  const waitingFor = new Map<number, number>();
  for (const term of terms) {
    const above = parents.get(term) ?? [];
    waitingFor.set(term, above.length);
    for (const parent of above) children.get(parent)?.push(term);
  }
  const ready = terms.filter((term) => waitingFor.get(term) === 0);
  const ancestors = new Map<number, Uint32Array>();
  let pairs = 0;
  for (let term = ready.pop(); term !== undefined; term = ready.pop()) {
    const above = new Set<number>();
    for (const parent of parents.get(term) ?? []) {
      above.add(parent);
      for (const ancestor of ancestors.get(parent) ?? []) above.add(ancestor);
    }
    pairs += above.size;
    if (pairs > MAX_PAIRS) {
      const fix = "Check that it is a hierarchy of diseases.";
      throw new OntologyError(`the closure has more than ${MAX_PAIRS} pairs`, fix, "$.terms");
    }
    ancestors.set(term, Uint32Array.from(above).sort());
    for (const child of children.get(term) ?? []) {
      const left = (waitingFor.get(child) ?? 0) - 1;
      waitingFor.set(child, left);
      if (left === 0) ready.push(child);
    }
  }
  if (ancestors.size < terms.length) throw describeCycle(terms, parents, ancestors);
  return ancestors;
}

/** Every term that could not be closed has a parent that could not: going up from one runs into the cycle. */
function describeCycle(
  terms: readonly number[],
  parents: ReadonlyMap<number, readonly number[]>,
  closed: ReadonlyMap<number, Uint32Array>,
): OntologyError {
  const way: number[] = [];
  let term = terms.find((candidate) => !closed.has(candidate));
  while (term !== undefined && !way.includes(term)) {
    way.push(term);
    term = parents.get(term)?.find((parent) => !closed.has(parent));
  }
  const cycle = way.slice(term === undefined ? 0 : way.indexOf(term));
  const shown = cycle.length > 10 ? [...cycle.slice(0, 10).map(formatDisease), "…"] : cycle.map(formatDisease);
  const first = formatDisease(cycle[0] ?? 0);
  return new OntologyError(
    `a term is its own ancestor: ${[...shown, first].join(" is a ")}`,
    "Remove one of these parents.",
    `$.terms["${first.slice(PREFIX.length)}"]`,
  );
}

function includes(sorted: Uint32Array, value: number): boolean {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = sorted[middle] ?? 0;
    if (found === value) return true;
    if (found < value) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

function encodeLineage(term: number, ancestors: ArrayLike<number>): Uint8Array {
  return Buffer.concat([encodeWords([term, ancestors.length]), keccak256(encodeWords(ancestors))]);
}

/** Numbers of 32 bits as `abi.encode` writes them: big-endian, in 32 bytes each. */
function encodeWords(values: ArrayLike<number>): Uint8Array {
  const words = Buffer.alloc(values.length * WORD);
  for (let i = 0; i < values.length; i++) words.writeUInt32BE(values[i] ?? 0, (i + 1) * WORD - 4);
  return words;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
