import { progress, toJson } from "./output.ts";

/** What a failed task says with `--json`, as the value of "error". */
export interface ErrorReport {
  readonly name: string;
  readonly args: unknown;
  readonly message: string;
  /** What to do about it, as one imperative sentence. */
  readonly fix: string;
}

/** Reads the report out of whatever was thrown; the project's own errors carry `name`, `message`, `fix` and often `args`. */
export function errorReport(error: unknown): ErrorReport {
  if (!(error instanceof Error)) return { name: "UnknownError", args: {}, message: String(error), fix: REPORT_IT };
  const { args, errorCode, fix, messageArguments } = error as Error & Readonly<Record<string, unknown>>;
  if (typeof errorCode === "string") {
    // Hardhat's own errors: HHE7 for a missing setting, for instance.
    const fix = "Check the command, and the network's settings in hardhat.config.ts.";
    return { name: errorCode, args: messageArguments ?? {}, message: error.message, fix };
  }
  return { name: error.name, args: args ?? {}, message: error.message, fix: typeof fix === "string" ? fix : REPORT_IT };
}

const REPORT_IT = "Run the command again with --show-stack-traces and report what it prints.";

/**
 * Runs a task's action. If it throws, the exit code becomes 1 and the error is printed: as {"error": …} on stdout with
 * `json`, else in words on stderr.
 */
export async function runTask(json: boolean, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    process.exitCode = 1;
    const report = errorReport(error);
    if (json) process.stdout.write(`${toJson({ error: report })}\n`);
    else progress(`${report.name}: ${report.message}\n${report.fix}`);
    if (process.argv.includes("--show-stack-traces") && error instanceof Error) progress(error.stack ?? "");
  }
}
