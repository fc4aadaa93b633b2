import { stripVTControlCharacters } from "node:util";

/** How many tests passed and failed. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/**
 * Counts of a test gate, from the totals that mocha and Hardhat's Solidity runner print at the end.
 *
 * A run without tests tested nothing, and one that ends badly with no failing test broke elsewhere: each is one failure.
 *
 * @param output everything the run printed
 * @param code its exit code
 */
export function countTests(output: string, code: number): Counts {
  const plain = stripVTControlCharacters(output);
  const passed = lastTotal(plain, "passing");
  const failed = lastTotal(plain, "failing");
  const broken = code !== 0 || passed + failed === 0;
  return { passed, failed: broken ? Math.max(failed, 1) : failed };
}

/** What tests printed from their totals on, where failures stand; all of it when they never came to totals. */
export function failuresIn(output: string): string {
  const totals = [...output.matchAll(/^.*\d+ passing\b/gm)].at(-1);
  return totals === undefined ? output : output.slice(totals.index);
}

function lastTotal(output: string, word: string): number {
  const totals = [...output.matchAll(new RegExp(`^\\s*(\\d+) ${word}\\b`, "gm"))];
  return Number(totals.at(-1)?.[1] ?? 0);
}
