/** How figures are spread. */
export interface Spread {
  readonly mean: number;
  readonly median: number;
  /** The least figure that 95 % of all do not exceed. */
  readonly p95: number;
  readonly max: number;
}

/** The spread of at least one figure, rounded to whole numbers. */
export function spreadOf(figures: readonly number[]): Spread {
  const sorted = figures.toSorted((a, b) => a - b);
  const rank = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return {
    mean: meanOf(figures),
    median: Math.round(rank(0.5)),
    p95: Math.round(rank(0.95)),
    max: Math.round(rank(1)),
  };
}

/** The mean, rounded to a whole number; 0 of none. */
function meanOf(figures: readonly number[]): number {
  return figures.length === 0 ? 0 : Math.round(figures.reduce((sum, figure) => sum + figure, 0) / figures.length);
}
