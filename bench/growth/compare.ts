import { compareSnapshot, SNAPSHOT_TOLERANCE } from "../snapshots.ts";
import type { CascadeDepth, Reading } from "./cascade.ts";
import type { GrowthPoint } from "./run.ts";

/** What a dataset's lineage may add to a cold reading: two slots, and what it takes to go through them. */
const LINEAGE_GAS = 5_000;
/** What each ancestor of a dataset may add to a reading. */
const ANCESTOR_GAS = 300;

/** A sentence for each figure that is off that of the smallest size by more than the tolerance, or is not at both. */
export function compareSizes([smallest, ...larger]: readonly GrowthPoint[]): string[] {
  return larger.flatMap(({ consents, gas }) =>
    compareSnapshot(gas, smallest?.gas ?? {}, SNAPSHOT_TOLERANCE).map((change) => `${consents} consents: ${change}`),
  );
}

/**
 * A sentence for each cost that is not the same at every depth of derivation, for each reading that a lineage makes dearer
 * than its ancestors explain, and for each licence that a withdrawal left.
 */
export function compareDepths(depths: readonly CascadeDepth[]): string[] {
  const [first] = depths;
  return depths.flatMap((deeper) => {
    const { depth, withdrawal, retraction, licencesEnded } = deeper;
    const figures = { withdrawal, retraction };
    const atFirst = { withdrawal: first?.withdrawal ?? 0, retraction: first?.retraction ?? 0 };
    const tolerance = 0;
    const changes = compareSnapshot(figures, atFirst, tolerance);
    if (licencesEnded !== depth + 1) changes.push(`the withdrawal ended ${licencesEnded} of ${depth + 1} licences`);
    for (const what of ["coverage", "status"] as const) {
      if (isDearer(deeper[what], first?.[what] ?? deeper[what], depth)) changes.push(`${what} is too dear`);
    }
    return changes.map((change) => `depth ${depth}: ${change}`);
  });
}

function isDearer(reading: Reading, first: Reading, depth: number): boolean {
  const allowed = LINEAGE_GAS + depth * ANCESTOR_GAS;
  return reading.cold > first.cold + allowed || reading.warm > first.warm + allowed;
}
