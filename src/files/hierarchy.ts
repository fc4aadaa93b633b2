import type { Hex } from "./bytes.ts";
import { FilesError } from "./errors.ts";
import { keccak256, MerkleTree } from "./merkle.ts";

const WORD = 32;
/** The most pairs that a closure may have: Mondo of 2022 has 272,768. It bounds the memory that a hostile file can take. */
const MAX_PAIRS = 5_000_000;

/** How a hierarchy's terms, which are numbers of 32 bits, are written for people. */
export interface TermNames {
  /** A term as messages name it. */
  readonly format: (term: number) => string;
  /** Where it stands in its file: a JSON path, or a line. */
  readonly pathOf: (term: number) => string;
}

/** A file is no ontology that can be used, or an ontology does not hold what is asked of it. */
export class OntologyError extends FilesError {
  override name = "OntologyError";
  /** The place in the file: a JSON path (`$.terms["0000001"][1][0]`), or `line 448`; undefined when it is not about one. */
  readonly path: string | undefined;

  constructor(message: string, fix: string, path?: string, options?: ErrorOptions) {
    super(path === undefined ? message : `${path}: ${message}`, fix, options);
    this.path = path;
  }
}

/** What shows on chain that a term is a kind of another. */
export interface DescentProof {
  readonly descendant: number;
  readonly ancestor: number;
  /** The sibling hashes from the leaf (uint32 descendant, uint32 ancestor) up to the release's root. */
  readonly proof: readonly Hex[];
}

/** What shows on chain which terms a term is a kind of, and so also which it is not. */
export interface LineageProof {
  readonly term: number;
  /** All strict ancestors of the term, ascending. */
  readonly ancestors: readonly number[];
  /** The sibling hashes from the term's lineage leaf up to the release's root. */
  readonly proof: readonly Hex[];
}

/** A release of a hierarchy of terms: of diseases, of data uses, or of regions. */
export class Hierarchy {
  /** The terms, ascending. */
  readonly terms: readonly number[];
  /** The number of strict (descendant, ancestor) pairs in the closure. */
  readonly pairs: number;

  readonly #names: TermNames;
  readonly #parents: ReadonlyMap<number, readonly number[]>;
  readonly #ancestors: ReadonlyMap<number, Uint32Array>;
  readonly #obsolete: ReadonlySet<number>;
  #tree: MerkleTree | undefined;

  /**
   * @param parents for every term the terms directly above it, ascending
   * @param obsolete what the release still names, but no longer as terms
   * @throws OntologyError when a term is its own ancestor, or the closure is too large
   */
  constructor(
    parents: ReadonlyMap<number, readonly number[]>,
    names: TermNames,
    obsolete: ReadonlySet<number> = new Set(),
  ) {
    this.terms = [...parents.keys()].sort((a, b) => a - b);
    this.#names = names;
    this.#parents = parents;
    this.#obsolete = obsolete;
    this.#ancestors = close(this.terms, parents, names);
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

  /** Whether the hierarchy has this term. */
  has(term: number): boolean {
    return this.#parents.has(term);
  }

  /** Whether the release names this term only to say that it is no longer used: then the hierarchy does not have it. */
  isObsolete(term: number): boolean {
    return this.#obsolete.has(term);
  }

  /**
   * The terms directly above this one, ascending.
   * @throws OntologyError when the hierarchy does not have it.
   */
  parents(term: number): readonly number[] {
    return this.#parents.get(term) ?? this.unknown(term);
  }

  /**
   * The terms of which this one is a kind, ascending, without itself.
   * @throws OntologyError when the hierarchy does not have it.
   */
  ancestors(term: number): number[] {
    return [...(this.#ancestors.get(term) ?? this.unknown(term))];
  }

  /**
   * Whether some term of `list` equals `term` or is an ancestor of it. A term that the hierarchy does not have is covered by
   * itself alone.
   */
  covered(term: number, list: readonly number[]): boolean {
    const ancestors = this.#ancestors.get(term);
    return list.some((listed) => listed === term || (ancestors !== undefined && includes(ancestors, listed)));
  }

  /**
   * The proof that `descendant` is a kind of `ancestor`.
   * @throws OntologyError when it is not, or they are the same term (which needs no proof).
   */
  prove(descendant: number, ancestor: number): DescentProof {
    const ancestors = this.#ancestors.get(descendant) ?? this.unknown(descendant);
    if (!includes(ancestors, ancestor)) {
      throw new OntologyError(
        `${this.#names.format(descendant)} is not a strict descendant of ${this.#names.format(ancestor)}`,
        "Ask for a term and one of its ancestors.",
      );
    }
    return { descendant, ancestor, proof: this.#closureTree().prove(encodeWords([descendant, ancestor])) };
  }

  /**
   * The proof that a term's ancestors are these and no others: what it takes to show that it is not covered.
   * @throws OntologyError when the hierarchy does not have the term.
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

  protected unknown(term: number): never {
    throw new OntologyError(`the release has no ${this.#names.format(term)}`, "Name a term of this release.");
  }
}

/** The strict ancestors of every term, ascending: parents first, so that each set is the union of finished ones. */
function close(
  terms: readonly number[],
  parents: ReadonlyMap<number, readonly number[]>,
  names: TermNames,
): Map<number, Uint32Array> {
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
      const fix = "Check that it is a hierarchy.";
      throw new OntologyError(`the closure has more than ${MAX_PAIRS} pairs`, fix, "$.terms");
    }
    ancestors.set(term, Uint32Array.from(above).sort());
    for (const child of children.get(term) ?? []) {
      const left = (waitingFor.get(child) ?? 0) - 1;
      waitingFor.set(child, left);
      if (left === 0) ready.push(child);
    }
  }
  if (ancestors.size < terms.length) throw describeCycle(terms, parents, ancestors, names);
  return ancestors;
}

/** Every term that could not be closed has a parent that could not: going up from one runs into the cycle. */
function describeCycle(
  terms: readonly number[],
  parents: ReadonlyMap<number, readonly number[]>,
  closed: ReadonlyMap<number, Uint32Array>,
  { format, pathOf }: TermNames,
): OntologyError {
  const way: number[] = [];
  let term = terms.find((candidate) => !closed.has(candidate));
  while (term !== undefined && !way.includes(term)) {
    way.push(term);
    term = parents.get(term)?.find((parent) => !closed.has(parent));
  }
  const cycle = way.slice(term === undefined ? 0 : way.indexOf(term));
  const shown = cycle.length > 10 ? [...cycle.slice(0, 10).map(format), "…"] : cycle.map(format);
  const [first = 0] = cycle;
  return new OntologyError(
    `a term is its own ancestor: ${[...shown, format(first)].join(" is a ")}`,
    "Remove one of these parents.",
    pathOf(first),
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
