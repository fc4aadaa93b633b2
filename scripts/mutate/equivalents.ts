import { ToolError } from "../toolError.ts";
import type { Mutant } from "./mutants.ts";

/** A mutant that no test can find, because the contract does the same with it. */
export interface Equivalent {
  /** Relative to the root. */
  readonly file: string;
  /** The function that it is in; empty outside of functions. */
  readonly function: string;
  /** What stands on its lines, before and after, written on one. */
  readonly code: string;
  readonly mutated: string;
  readonly reason: string;
}

/** A mutant's file, relative to the root. */
export function fileOf({ source }: Pick<Mutant, "source">): string {
  return source.replace(/^project\//, "");
}

/** Why no test can find the mutant, if the list says so. */
export function equivalenceOf(mutant: Mutant, equivalents: readonly Equivalent[]): string | undefined {
  return equivalents.find((equivalent) => isThe(mutant, equivalent))?.reason;
}

/** @throws ToolError EquivalentStale if the list names a mutant of one of the sources that is none of these */
export function requireCurrent(equivalents: readonly Equivalent[], mutants: readonly Mutant[]): void {
  const files = new Set(mutants.map(fileOf));
  const stale = equivalents.filter(
    (equivalent) => files.has(equivalent.file) && !mutants.some((mutant) => isThe(mutant, equivalent)),
  );
  if (stale.length === 0) return;
  throw new ToolError(
    "EquivalentStale",
    `No such mutants any more:\n${stale.map(({ file, code, mutated }) => `  ${file}: ${code} → ${mutated}`).join("\n")}`,
    "Bring bench/mutation/equivalent.json up to date with the source.",
  );
}

function isThe(mutant: Mutant, equivalent: Equivalent): boolean {
  return (
    fileOf(mutant) === equivalent.file &&
    mutant.function === equivalent.function &&
    mutant.code === equivalent.code &&
    mutant.mutated === equivalent.mutated
  );
}
