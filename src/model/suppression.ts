import { checkUint, ModelError } from "./errors.ts";

/** Counts of fewer people than this are not published. */
export const SMALLEST_COUNT = 10;

export interface SuppressionOptions {
  /** The smallest count that is published, and what counts are rounded to; SMALLEST_COUNT unless told. */
  readonly k?: number;
}

/** Counts as they may be published. */
export interface SuppressedCounts<name extends string> {
  /** Rounded to the nearest multiple of k, halves up; undefined stands for any count below k, none included. */
  readonly counts: Readonly<Record<name, number | undefined>>;
  /** The true sum, rounded likewise; undefined where it is below k, or any count is. */
  readonly total: number | undefined;
}

/**
 * A count of people as it may be published: rounded to the nearest multiple of k, halves up; undefined below k.
 * @throws ModelError ValueOutOfRange
 */
export function suppressCount(count: number, { k = SMALLEST_COUNT }: SuppressionOptions = {}): number | undefined {
  checkUint("the count", count, 48);
  checkUint("k", k, 32);
  if (k === 0) throw new ModelError("ValueOutOfRange", "k is 0, which suppresses nothing", "Give k as 1 or more.");
  return count < k ? undefined : Math.floor(count / k + 0.5) * k;
}

/**
 * Counts of people who are counted once each, and their total, as they may be published together.
 *
 * A suppressed count stays any of its k values to whoever has all that is published. Were the rounded total published
 * beside it, that would not hold: 20 (which is 24 at the most) of 30 (which is 25 at the least) leave no 0.
 * @throws ModelError ValueOutOfRange
 */
export function suppressCounts<name extends string>(
  counts: Readonly<Record<name, number>>,
  options: SuppressionOptions = {},
): SuppressedCounts<name> {
  const cells = Object.entries<number>(counts).map(([name, count]) => [name, suppressCount(count, options)] as const);
  const isComplete = cells.every(([, count]) => count !== undefined);
  const sum = Object.values<number>(counts).reduce((total, count) => total + count, 0);
  return {
    counts: Object.fromEntries(cells) as Record<name, number | undefined>,
    total: isComplete ? suppressCount(sum, options) : undefined,
  };
}
