/**
 * Measures the gas of every verb and view on chains with more and more consents.
 *
 *     npm run --silent bench:growth -- [--sizes 100,1000,10000,100000] [--report DIR] [--json]
 *
 * Progress goes to stderr, the result to stdout; with --json a failure too, as {"error": …}. Ends with exit code 1 where
 * a figure grows. Runs by `hardhat run bench/growth.ts` as well, which leaves no place for options.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { progress, runCommand } from "./command.ts";
import { readArguments, usage } from "./growth/arguments.ts";
import { plotGrowth } from "./growth/plot.ts";
import { reportGrowth } from "./growth/report.ts";
import { runGrowth } from "./growth/run.ts";

async function main(commandLine: readonly string[]): Promise<void> {
  const given = readArguments(commandLine);
  if (given === "help") {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const result = await runGrowth(given, progress);
  const table = reportGrowth(result);
  if (given.report !== undefined) {
    await mkdir(given.report, { recursive: true });
    await writeFile(join(given.report, "growth.md"), `# Growth\n\n${table}\n`);
    await writeFile(join(given.report, "growth.svg"), plotGrowth(result.points));
  }
  process.stdout.write(`${given.json ? JSON.stringify(result, null, 2) : table}\n`);
  if (result.grown.length > 0) process.exitCode = 1;
}

const commandLine = process.argv.slice(2);
// Hardhat's own, where it runs this file.
await runCommand(commandLine.includes("run") ? [] : commandLine, main);
