/**
 * Everything behind `npm test`: builds, tests, types, lint, formatting, generated files, snapshots, the package.
 *
 *     node scripts/check.ts                  runs every gate
 *     node scripts/check.ts package gas      runs these, and what they wait for
 *     node scripts/check.ts --list           names the gates
 *
 * Ends with the line `N passed, N failed` and exit code 0 or 1.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { delimiter, join } from "node:path";

import { failuresIn } from "./check/counts.ts";
import { GATES, selectGates, type Gate } from "./check/gates.ts";
import { runGates, totalOf, type CommandResult, type GateResult } from "./check/runGates.ts";
import { reportAndFail, ToolError } from "./toolError.ts";

/** A gate that takes longer hangs: with CI set, a slow machine needs a quarter of an hour for the longest. */
const GATE_TIMEOUT_MS = 2_400_000;
const CONCURRENCY = 2;

const root = join(import.meta.dirname, "..");
const children = new Set<ChildProcess>();

function execute({ command: [program, ...args] }: Gate): Promise<CommandResult> {
  const PATH = `${join(root, "node_modules", ".bin")}${delimiter}${process.env.PATH}`;
  const env = { ...process.env, PATH, HARDHAT_DISABLE_TELEMETRY_PROMPT: "true", NO_COLOR: "1" };
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"], timeout: GATE_TIMEOUT_MS });
    children.add(child);
    let output = "";
    const collect = (chunk: Buffer): void => void (output += chunk.toString());
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.on("error", (error) => resolve({ code: 1, output: `${output}${error.message}\n` }));
    child.on("close", (code, signal) => {
      children.delete(child);
      resolve({ code: code ?? 1, output: signal === null ? output : `${output}Ended by ${signal}.\n` });
    });
  });
}

function report({ gate, state, output, passed, failed, seconds }: GateResult): void {
  const tests = gate.countsTests && state !== "not run" ? `, ${passed} passed, ${failed} failed` : "";
  const name = `${gate.name}: ${gate.about}`;
  if (state === "passed") console.log(`  ok    ${name} (${seconds.toFixed(1)} s${tests})`);
  else if (state === "not run") console.log(`  FAIL  ${name} (not run: waits for ${gate.after.join(", ")})`);
  else console.log(`  FAIL  ${name} (${seconds.toFixed(1)} s${tests})\n\n${failuresIn(output).trimEnd()}\n`);
}

async function main(args: readonly string[]): Promise<void> {
  if (args.includes("--list")) {
    for (const { name, about } of GATES) console.log(`${name.padEnd(10)} ${about}`);
    return;
  }
  const unknown = args.filter((name) => GATES.every((gate) => gate.name !== name));
  if (unknown.length > 0) {
    throw new ToolError(
      "UnknownGate",
      `No such gate: ${unknown.join(", ")}.`,
      "`node scripts/check.ts --list` names them.",
    );
  }
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      for (const child of children) child.kill("SIGTERM");
      process.exit(1);
    });
  }
  const gates = selectGates(GATES, args);
  console.log(`Running ${gates.length} gates.`);
  const { passed, failed } = totalOf(await runGates(gates, CONCURRENCY, execute, report));
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

main(process.argv.slice(2)).catch(reportAndFail);
