import type { Hierarchy } from "./hierarchy.ts";

/** A term of both releases whose ancestors differ. */
export interface TermDifference {
  readonly term: number;
  /** Strict ancestors in the newer release alone, ascending. */
  readonly gained: readonly number[];
  /** Strict ancestors in the older release alone, ascending. */
  readonly lost: readonly number[];
}

/** What a newer release has otherwise; terms ascending. */
export interface ReleaseDifference {
  readonly added: readonly number[];
  readonly removed: readonly number[];
  readonly changed: readonly TermDifference[];
}

/** Compares two releases of a hierarchy. */
export function diffReleases(older: Hierarchy, newer: Hierarchy): ReleaseDifference {
  const changed = newer.terms
    .filter((term) => older.has(term))
    .map((term) => {
      const [before, now] = [older.ancestors(term), newer.ancestors(term)];
      return { term, gained: without(now, before), lost: without(before, now) };
    });
  return {
    added: newer.terms.filter((term) => !older.has(term)),
    removed: older.terms.filter((term) => !newer.has(term)),
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
