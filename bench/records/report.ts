import type { RecordsResult } from "./run.ts";
import type { Spread } from "./statistics.ts";

/** A result in words. */
export function reportRecords(result: RecordsResult): string {
  const { records, studies, batchSize, answers, runtimeBytes } = result;
  const how = batchSize === 1 ? "each in a transaction of its own" : `in batches of ${batchSize}`;
  const figures: readonly (readonly [string, Spread])[] = [
    ["a record", result.gasPerRecord],
    ["a researcher's query", result.gasPerResearcherQuery],
    ["a patient's query", result.gasPerPatientQuery],
    ["  of those, over all studies", result.gasPerAllStudiesPatientQuery],
  ];
  return [
    `${number(records)} records of ${studies} studies, ${how}`,
    "",
    row("gas", "mean", "median", "p95", "max"),
    ...figures.map(([what, { mean, median, p95, max }]) => row(what, ...[mean, median, p95, max].map(number))),
    "",
    `${number(result.deployGas)} gas for deploying the whole suite; of it`,
    row("", "gas", "code bytes"),
    ...Object.entries(runtimeBytes).map(([name, bytes]) =>
      row(`  ${name}`, number(result.deployGasOf[name] ?? 0), number(bytes)),
    ),
    "",
    `${answers.right} of ${answers.of} answers are right; the file expects ${answers.expected} of them.`,
    ...result.wrong.map(({ query }) => `  wrong: ${query}`),
  ].join("\n");
}

function row(label: string, ...columns: readonly string[]): string {
  return [label.padEnd(30), ...columns.map((column) => column.padStart(12))].join("");
}

function number(value: number): string {
  return value.toLocaleString("en-GB");
}
