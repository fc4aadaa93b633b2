import type { ParticipantCoverage } from "./getCoverage.ts";

/** A cohort's coverage in numbers. */
export interface CoverageCount {
  readonly participants: number;
  /** How many participants' data the licence lets be used. */
  readonly covered: number;
  /** How many participants each reason stands against, by "layer:CODE", sorted; one may have several. */
  readonly byReason: Readonly<Record<string, number>>;
}

/** Counts what getCohortCoverage has answered. */
export function countCoverage(
  coverage: readonly Pick<ParticipantCoverage, "isEffective" | "reasons">[],
): CoverageCount {
  const counts = new Map<string, number>();
  for (const reason of coverage.flatMap(({ reasons }) => reasons)) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return {
    participants: coverage.length,
    covered: coverage.filter(({ isEffective }) => isEffective).length,
    byReason: Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
