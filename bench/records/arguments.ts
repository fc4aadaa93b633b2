import { parseOptions, usageInvalid } from "../command.ts";
import type { RecordsOptions } from "./run.ts";

/** Larger ones would not fit into a transaction. */
const MAX_BATCH = 100;

export const usage = `Imports a file of consents as their custodian, asks a file of queries, and prints gas and right answers.

Usage: npm run --silent bench:records -- --data FILE --queries FILE [--single | --batch N] [--json]

  --data FILE     consents in the shape of iDASH 2023 Track 2
  --queries FILE  queries in the same shape, with or without the answers expected
  --single        each record in a transaction of its own, in the order of the file (unless told)
  --batch N       N records a transaction, from 1 to ${MAX_BATCH}, study by study
  --json          one JSON document on stdout
  --help          this text`;

const options = {
  data: { type: "string" },
  queries: { type: "string" },
  single: { type: "boolean" },
  batch: { type: "string" },
  json: { type: "boolean" },
  help: { type: "boolean" },
} as const;

/**
 * What the command line asks for.
 * @throws ToolError UsageInvalid
 */
export function readArguments(
  commandLine: readonly string[],
): (Omit<RecordsOptions, "build"> & { json: boolean }) | "help" {
  const { data, queries, single, batch, json = false, help } = parseOptions(commandLine, options);
  if (help) return "help";
  if (data === undefined || queries === undefined) {
    throw usageInvalid(`There is no ${data === undefined ? "--data" : "--queries"}.`);
  }
  if (single && batch !== undefined) throw usageInvalid("--single and --batch exclude each other.");
  const batchSize = Number(batch ?? 1);
  if (!/^\d+$/.test(batch ?? "1") || batchSize < 1 || batchSize > MAX_BATCH) {
    throw usageInvalid(`--batch is ${batch}, which is no whole number from 1 to ${MAX_BATCH}.`);
  }
  return { data, queries, batchSize, json };
}
