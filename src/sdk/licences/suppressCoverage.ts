import { suppressCount, suppressCounts } from "../../model/index.ts";
import type { CoverageCount } from "./countCoverage.ts";

/** A cohort's coverage in numbers that may be published: rounded, and undefined for any number below 10. */
export interface PublicCoverageCount {
  /** Undefined where one of the next two is. */
  readonly participants: number | undefined;
  readonly covered: number | undefined;
  readonly notCovered: number | undefined;
  /**
   * A reason that stands against fewer than 10 is left out, like one that stands against nobody: that it occurs at all
   * would tell of a small group.
   */
  readonly byReason: Readonly<Record<string, number>>;
}

/** Makes of what countCoverage has counted what may be published. */
export function suppressCoverage({ participants, covered, byReason }: CoverageCount): PublicCoverageCount {
  const { counts, total } = suppressCounts({ covered, notCovered: participants - covered });
  const reasons = Object.entries(byReason).flatMap(([reason, count]): [string, number][] => {
    const told = suppressCount(count);
    return told === undefined ? [] : [[reason, told]];
  });
  return { participants: total, ...counts, byReason: Object.fromEntries(reasons) };
}
