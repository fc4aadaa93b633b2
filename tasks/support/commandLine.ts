import { writeSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";

import { toJson } from "./output.ts";
import type { ErrorReport } from "./runTask.ts";

const STDOUT = 1;

/**
 * Hardhat itself refuses unknown options and missing arguments, in words on stderr, before a task could say anything. With
 * `--json` on the command line this prints the same as {"error": …} on stdout when the process ends.
 */
export function reportCommandLineErrors(commandLine: readonly string[] = process.argv): void {
  if (!commandLine.includes("--json")) return;
  const { error: print } = console;
  let report: ErrorReport | undefined;
  console.error = (...said: unknown[]) => {
    report ??= commandLineError(said[0]);
    print(...said);
  };
  process.once("exit", () => {
    // Written at once: nothing that is merely begun now would be finished.
    if (report !== undefined) writeSync(STDOUT, `${toJson({ error: report })}\n`);
  });
}

/** What Hardhat says of a refusal, as a report: `Error HHE504: …`. Undefined when it is something else. */
export function commandLineError(said: unknown): ErrorReport | undefined {
  const text = typeof said === "string" ? stripVTControlCharacters(said) : "";
  const [, name, message] = /^Error (HHE\d+)(?: in plugin [^:]+)?: (.+)/s.exec(text) ?? [];
  if (name === undefined || message === undefined) return undefined;
  return { name, args: {}, message, fix: "Run the command with --help to see what it takes." };
}
