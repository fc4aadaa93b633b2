import type { Hierarchy } from "./hierarchy.ts";

/** A term of both releases whose ancestors differ. */
export interface TermDifference {
  readonly term: number;
  /** Strict ancestors in the newer release alone, ascending. */
  readonly gained: readonly number[];
  /** Strict ancestors in the older release alone, ascending. */
  readonly lost: readonly number[];
}

/** A term of both releases that stands elsewhere in the hierarchy. */
export interface TermMove {
  readonly term: number;
  /** What it stood directly below in the older release alone, ascending. */
  readonly from: readonly number[];
  /** What it stands directly below in the newer release alone, ascending. */
  readonly to: readonly number[];
}

/** What a newer release has otherwise; terms ascending. */
export interface ReleaseDifference {
  readonly added: readonly number[];
  /** Terms that the newer release does not name at all. */
  readonly removed: readonly number[];
  /** Terms that the newer release names as obsolete. */
  readonly obsoleted: readonly number[];
  readonly moved: readonly TermMove[];
  /** What the moves did, to the terms below those moved too. */
  readonly changed: readonly TermDifference[];
}

/** Compares two releases of a hierarchy. */
export function diffReleases(older: Hierarchy, newer: Hierarchy): ReleaseDifference {
  const common = newer.terms.filter((term) => older.has(term));
  const moved = common.map((term) => {
    const [before, now] = [older.parents(term), newer.parents(term)];
    return { term, from: without(before, now), to: without(now, before) };
  });
  const changed = common.map((term) => {
    const [before, now] = [older.ancestors(term), newer.ancestors(term)];
    return { term, gained: without(now, before), lost: without(before, now) };
  });
  const gone = older.terms.filter((term) => !newer.has(term));
  return {
    added: newer.terms.filter((term) => !older.has(term)),
    removed: gone.filter((term) => !newer.isObsolete(term)),
    obsoleted: gone.filter((term) => newer.isObsolete(term)),
    moved: moved.filter(({ from, to }) => from.length + to.length > 0),
    changed: changed.filter(({ gained, lost }) => gained.length + lost.length > 0),
  };
}

/**
 * The terms that a list would newly cover if it were read in the newer release, ascending. Unless there are none, whoever
 * agreed to the list in the older release has not agreed to it in the newer one.
 */
export function widening(older: Hierarchy, newer: Hierarchy, list: readonly number[]): number[] {
  return newer.terms.filter((term) => newer.covered(term, list) && !older.covered(term, list));
}

function without(list: readonly number[], others: readonly number[]): number[] {
  const known = new Set(others);
  return list.filter((item) => !known.has(item));
}
