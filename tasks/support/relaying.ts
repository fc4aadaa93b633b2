import type { RelayedChange, RelaySummary } from "../../src/sdk/index.ts";
import { RefusalError } from "./errors.ts";
import { type Line, printRead } from "./print.ts";
import { errorReport } from "./runTask.ts";

/**
 * Prints what became of changes that were sent in batches.
 * @param places where each change was read, in the order of the changes
 * @param more what else there is to tell programs
 * @param lines what else there is to tell people
 * @throws RefusalError ChangesRejected, when one was
 */
export function printRelayed(
  json: boolean,
  summary: RelaySummary,
  places: readonly string[],
  more: Readonly<Record<string, unknown>> = {},
  lines: readonly Line[] = [],
): void {
  const changes = summary.changes.map((change, index) => outcome(places[index], change));
  const result = { ...more, ...summary, changes };
  const rejections = changes.filter((change) => !change.accepted);
  // With --json a failure prints one document too: the error, which holds what became of every change.
  if (!json || rejections.length === 0) {
    printRead(json, result, ({ accepted, rejected, gasUsed, transactions }) => [
      ["Accepted", accepted],
      ["Rejected", rejected],
      ["Transactions", transactions.length],
      ["Gas", gasUsed],
      ...lines,
      ...rejections.map(({ place, error }) => ["Refused", `${place}: ${error?.name}: ${error?.message}`] as const),
    ]);
  }
  if (rejections.length === 0) return;
  throw new RefusalError(
    "ChangesRejected",
    `${rejections.length} of ${changes.length} changes were rejected; ${summary.accepted} were applied.`,
    result,
    "See each change's own error; a change that was rejected has used up nothing.",
  );
}

function outcome(place: string | undefined, change: RelayedChange) {
  if (change.accepted) return { place, ...change, error: undefined };
  return { place, ...change, error: errorReport(change.error) };
}
