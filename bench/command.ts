import { type ParseArgsOptionsConfig, parseArgs } from "node:util";

import { ToolError } from "../scripts/toolError.ts";

/** What the project's own errors carry. */
interface Report {
  readonly name: string;
  readonly args?: unknown;
  readonly message: string;
  readonly fix?: string;
}

/** Tells on stderr how far it is: stdout is for the result. */
export function progress(message: string): void {
  process.stderr.write(`${message}\n`);
}

/**
 * Runs a command. What it fails with goes to stderr, with --json to stdout as {"error": …}, and makes the process end with
 * exit code 1.
 */
export async function runCommand(
  commandLine: readonly string[],
  main: (commandLine: readonly string[]) => Promise<void>,
): Promise<void> {
  await main(commandLine).catch((thrown: unknown) => {
    process.exitCode = 1;
    const { name, args = {}, message, fix = "Report what the command prints." } = thrown as Report;
    if (commandLine.includes("--json")) {
      process.stdout.write(`${JSON.stringify({ error: { name, args, message, fix } }, null, 2)}\n`);
    } else {
      progress(`${name}: ${message}\n${fix}`);
    }
  });
}

/**
 * The options that a command line gives.
 * @throws ToolError UsageInvalid
 */
export function parseOptions<options extends ParseArgsOptionsConfig>(commandLine: readonly string[], options: options) {
  try {
    return parseArgs({ args: [...commandLine], options }).values;
  } catch (error) {
    throw usageInvalid(error instanceof Error ? error.message : String(error));
  }
}

/** The error of a command line that makes no sense. */
export function usageInvalid(problem: string): ToolError {
  return new ToolError("UsageInvalid", problem, "Run the command with --help to see what it takes.");
}
