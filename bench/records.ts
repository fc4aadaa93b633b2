/**
 * Measures the suite on consents and queries in the shape of iDASH 2023 Track 2.
 *
 *     npm run --silent bench:records -- --data consents.json --queries queries.json [--single | --batch 100] [--json]
 *
 * Progress goes to stderr, the result to stdout; with --json a failure too, as {"error": …}. Ends with exit code 1 where
 * an answer is wrong.
 */
import { progress, runCommand } from "./command.ts";
import { readArguments, usage } from "./records/arguments.ts";
import { reportRecords } from "./records/report.ts";
import { runRecords } from "./records/run.ts";

async function main(commandLine: readonly string[]): Promise<void> {
  const given = readArguments(commandLine);
  if (given === "help") {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const result = await runRecords(given, progress);
  process.stdout.write(`${given.json ? JSON.stringify(result, null, 2) : reportRecords(result)}\n`);
  if (result.wrong.length > 0) process.exitCode = 1;
}

await runCommand(process.argv.slice(2), main);
