/** Figures by name: bytes, gas. */
export type Snapshot = Readonly<Record<string, number>>;

/** Relative change that a figure may show before its committed snapshot has to be renewed. */
export const SNAPSHOT_TOLERANCE = 0.01;

/** EIP-170: the largest deployed code of a contract, in bytes. */
export const MAX_RUNTIME_BYTES = 24_576;

/**
 * Compares figures with the committed ones. Both directions count: a gain that is not committed would hide a later
 * loss of the same size.
 *
 * @param current figures of this run
 * @param committed figures of the committed snapshot
 * @param tolerance largest relative change that passes, for instance 0.01
 * @returns one sentence for each figure that is new, gone or too far off; empty if all is well
 */
export function compareSnapshot(current: Snapshot, committed: Snapshot, tolerance: number): string[] {
  const names = [...new Set([...Object.keys(committed), ...Object.keys(current)])].sort();
  return names.flatMap((name) => {
    const before = committed[name];
    const now = current[name];
    if (before === undefined) return [`${name}: ${now} is not in the snapshot`];
    if (now === undefined) return [`${name}: was ${before}, is measured no more`];
    const change = (now - before) / Math.max(Math.abs(before), 1);
    if (Math.abs(change) <= tolerance) return [];
    return [`${name}: ${before} -> ${now} (${change > 0 ? "+" : ""}${(change * 100).toFixed(1)} %)`];
  });
}

/** One sentence for each contract whose deployed code is over the limit of EIP-170. */
export function oversized(sizes: Snapshot): string[] {
  return Object.entries(sizes)
    .filter(([, bytes]) => bytes > MAX_RUNTIME_BYTES)
    .map(([name, bytes]) => `${name}: ${bytes} bytes of code, over the limit of ${MAX_RUNTIME_BYTES}`);
}
