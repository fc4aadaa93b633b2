import { ToolError } from "../toolError.ts";
import { countTests, type Counts } from "./counts.ts";
import type { Gate } from "./gates.ts";

/** What a gate's command did. */
export interface CommandResult {
  readonly code: number;
  /** Everything it printed. */
  readonly output: string;
}

/** How a gate went; a gate is not run when one that it waits for failed. */
export interface GateResult extends Counts {
  readonly gate: Gate;
  readonly state: "passed" | "failed" | "not run";
  readonly output: string;
  readonly seconds: number;
}

/**
 * Runs gates, several at once, each after the ones it waits for; goes on when one fails.
 *
 * @param gates to run; whatever they wait for is among them
 * @param concurrency how many run at once
 * @param execute runs one gate's command
 * @param report is told of every gate as it ends
 * @throws ToolError GatesStuck if gates wait for each other, or for one that is not among them
 */
export async function runGates(
  gates: readonly Gate[],
  concurrency: number,
  execute: (gate: Gate) => Promise<CommandResult>,
  report: (result: GateResult) => void,
): Promise<GateResult[]> {
  const waiting = [...gates];
  const running = new Set<Promise<void>>();
  const results = new Map<string, GateResult>();
  const settle = (result: GateResult): void => {
    results.set(result.gate.name, result);
    report(result);
  };
  const start = async (gate: Gate): Promise<void> => {
    const began = performance.now();
    const { code, output } = await execute(gate);
    const counts = gate.countsTests
      ? countTests(output, code)
      : { passed: Number(code === 0), failed: Number(code !== 0) };
    const state = counts.failed === 0 ? "passed" : "failed";
    settle({ gate, state, output, ...counts, seconds: (performance.now() - began) / 1000 });
  };

  while (waiting.length > 0 || running.size > 0) {
    const blocked = waiting.find(({ after }) => after.some((name) => (results.get(name)?.failed ?? 0) > 0));
    if (blocked !== undefined) {
      waiting.splice(waiting.indexOf(blocked), 1);
      settle({ gate: blocked, state: "not run", output: "", passed: 0, failed: 1, seconds: 0 });
      continue;
    }
    const ready = waiting.filter(({ after }) => after.every((name) => results.has(name)));
    for (const gate of ready.slice(0, concurrency - running.size)) {
      waiting.splice(waiting.indexOf(gate), 1);
      const run = start(gate).finally(() => running.delete(run));
      running.add(run);
    }
    if (running.size === 0) {
      const names = waiting.map(({ name }) => name).join(", ");
      throw new ToolError(
        "GatesStuck",
        `${names} wait for gates that never run.`,
        "Mend `after` in scripts/check/gates.ts.",
      );
    }
    await Promise.race(running);
  }
  return [...results.values()];
}

/** Sum of the counts of all gates. */
export function totalOf(results: readonly Counts[]): Counts {
  return results.reduce((sum, { passed, failed }) => ({ passed: sum.passed + passed, failed: sum.failed + failed }), {
    passed: 0,
    failed: 0,
  });
}
