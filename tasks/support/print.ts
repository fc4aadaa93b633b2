import { formatTime } from "../../src/sdk/time.ts";
import { NO_EXPIRY, SMALLEST_COUNT } from "../../src/model/index.ts";
import type { DryRun, Included } from "../../src/sdk/index.ts";
import { printResult } from "./output.ts";

/** One line of a listing: a label and what it says. */
export type Line = readonly [label: string, value: string | number | bigint | boolean];

/** Prints what a task has read: as JSON, with each time in ISO 8601 beside it, or as lines. */
export function printRead<Result>(json: boolean, result: Result, lines: (result: Result) => readonly Line[]): void {
  printResult(json, json ? withIsoTimes(result) : result, () => table(lines(result)));
}

/** Prints what a task has sent, or what it would cost. */
export function printWritten<Results extends Included>(
  json: boolean,
  result: DryRun | Results,
  lines: (result: Results) => readonly Line[],
): void {
  if (isDryRun(result)) {
    printDryRun(json, result, "It would succeed");
    return;
  }
  const { hash, blockNumber, gasUsed } = result;
  printRead(json, result, () => [...lines(result), ["Transaction", `${hash} (block ${blockNumber}, ${gasUsed} gas)`]]);
}

/** Prints what something would cost. */
export function printDryRun(json: boolean, result: DryRun, verdict: string): void {
  printResult(json, result, ({ gas }) => `${verdict}, for about ${gas} gas. Nothing was sent.`);
}

/** Whether nothing was sent. */
export function isDryRun(result: object): result is DryRun {
  return "dryRun" in result;
}

/** Lines with their labels in one column. */
export function table(lines: readonly Line[]): string {
  const width = Math.max(0, ...lines.map(([label]) => label.length));
  return lines.map(([label, value]) => `${label.padEnd(width)}  ${String(value)}`.trimEnd()).join("\n");
}

/** A point of time for people: ISO 8601 and Unix seconds. */
export function when(seconds: number): string {
  return seconds === NO_EXPIRY ? "never" : `${formatTime(seconds)} (${seconds})`;
}

/** A list for people. */
export function listed(items: readonly string[]): string {
  return items.length === 0 ? "none" : items.join(", ");
}

/** What has been done to counts that are published, for people. */
export const ABOUT_COUNTS = `rounded to ${SMALLEST_COUNT}; what is below ${SMALLEST_COUNT} is not told, or left out`;

/** A published count for people. */
export function about(count: number | null): string {
  return count === null ? `fewer than ${SMALLEST_COUNT}` : `about ${count}`;
}

/** Fields that hold Unix seconds, wherever they stand in a result. */
const TIMES = new Set([
  "admittedAt",
  "anchoredAt",
  "attestedAt",
  "changedAt",
  "decidedAt",
  "destroyedAt",
  "dueAt",
  "dutyDueAt",
  "ended",
  "endedAt",
  "ethicsUntil",
  "from",
  "heldSince",
  "issuedAt",
  "lastAt",
  "loggedAt",
  "offeredAt",
  "opened",
  "proposedAt",
  "reConsentBy",
  "readyAt",
  "recordedAt",
  "registeredAt",
  "requestedAt",
  "retractedAt",
  "signedAt",
  "startedAt",
  "terminatedAt",
  "time",
  "until",
  "vetoedAt",
]);

/** A copy in which `<field>Iso` stands beside each time; null for 0, which is "not", and for the sentinel "never". */
export function withIsoTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withIsoTimes);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).flatMap(([field, item]): [string, unknown][] => {
    const entry: [string, unknown] = [field, withIsoTimes(item)];
    if (typeof item !== "number" || !TIMES.has(field)) return [entry];
    return [entry, [`${field}Iso`, item === 0 || item === NO_EXPIRY ? null : formatTime(item)]];
  });
  return Object.fromEntries(entries);
}
