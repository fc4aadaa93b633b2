/**
 * Measures the suite on consents and queries in the shape of iDASH 2023 Track 2.
 *
 *     npm run --silent bench:records -- --data consents.json --queries queries.json [--single | --batch 100] [--json]
 *
 * Progress goes to stderr, the result to stdout; with --json a failure too, as {"error": …}. Ends with exit code 1 where
 * an answer is wrong.
 */
import { readArguments, usage } from "./records/arguments.ts";
import { reportRecords } from "./records/report.ts";
import { runRecords } from "./records/run.ts";

/** What the project's own errors carry. */
interface Report {
  readonly name: string;
  readonly args?: unknown;
  readonly message: string;
  readonly fix?: string;
}

const progress = (message: string): void => void process.stderr.write(`${message}\n`);
const commandLine = process.argv.slice(2);

async function main(): Promise<void> {
  const given = readArguments(commandLine);
  if (given === "help") {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const result = await runRecords(given, progress);
  process.stdout.write(`${given.json ? JSON.stringify(result, null, 2) : reportRecords(result)}\n`);
  if (result.wrong.length > 0) process.exitCode = 1;
}

function fail(error: unknown): void {
  process.exitCode = 1;
  const { name, args = {}, message, fix = "Report what the command prints." } = error as Report;
  if (commandLine.includes("--json")) {
    process.stdout.write(`${JSON.stringify({ error: { name, args, message, fix } }, null, 2)}\n`);
  } else {
    progress(`${name}: ${message}\n${fix}`);
  }
}

await main().catch(fail);
