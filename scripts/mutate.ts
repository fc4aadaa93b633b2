/**
 * Puts small mistakes into the contracts, one at a time, and counts how many the Solidity tests find.
 *
 *     node scripts/mutate.ts                           every mistake in every contract of scripts/mutate/targets.ts
 *     node scripts/mutate.ts ConsentMoves HalfYear     in these
 *     node scripts/mutate.ts --sample 300 --seed 7     in 300 places drawn at random
 *     node scripts/mutate.ts --json                    results as JSON on stdout; progress is on stderr always
 *     node scripts/mutate.ts --report FILE             and the page that docs/security keeps
 *
 * Builds first, as `hardhat build` does. Ends with exit code 1 if the score is below 90 %.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { format, resolveConfig } from "prettier";

import { loadBuild } from "./mutate/build.ts";
import { MutantCompiler, type Code } from "./mutate/compiler.ts";
import { equivalenceOf, requireCurrent, type Equivalent } from "./mutate/equivalents.ts";
import { applyMutant, enumsOf, mutantsOf, type Mutant } from "./mutate/mutants.ts";
import { describeMutant, renderPage, renderSummary, scoresOf, type Outcome, type Result } from "./mutate/report.ts";
import { sample } from "./mutate/sample.ts";
import type { Project } from "./mutate/sources.ts";
import { TARGETS, type Target } from "./mutate/targets.ts";
import { TestRunner } from "./mutate/testRunner.ts";
import { reportAndFail, ToolError } from "./toolError.ts";

const LOWEST_SCORE = 0.9;
const EQUIVALENTS = "bench/mutation/equivalent.json";

const root = join(import.meta.dirname, "..");

interface Job {
  readonly target: Target;
  readonly mutants: readonly Mutant[];
}

/** What is to be tried, the sample drawn from the mutants of all targets together. */
function jobsOf(targets: readonly Target[], project: Project, count: number, seed: number): Job[] {
  const enums = new Map([...project.trees.values()].flatMap((tree) => enumsOf(tree)));
  const all = targets.flatMap(({ source }) => {
    const [content, tree] = [project.contents.get(source), project.trees.get(source)];
    if (content !== undefined && tree !== undefined) return mutantsOf(source, content, tree, enums);
    throw new ToolError("TargetUnknown", `The build has no ${source}.`, "Bring scripts/mutate/targets.ts up to date.");
  });
  requireCurrent(equivalents, all);
  const chosen = sample(all, count, seed);
  return targets.map((target) => ({ target, mutants: chosen.filter(({ source }) => source === target.source) }));
}

/** Tries the mutants of one target; while the tests run on one, the next is compiled. */
async function* tryMutants(
  { target, mutants }: Job,
  project: Project,
  compiler: MutantCompiler,
  tests: TestRunner,
): AsyncGenerator<Result> {
  const content = project.contents.get(target.source) ?? "";
  const compile = (text: string): Promise<Code[] | undefined> =>
    compiler.compile(target.contracts, target.source, text);
  const unchanged = await compile(content);
  const failure = unchanged === undefined ? undefined : await tests.run(unchanged);
  if (unchanged === undefined || failure !== undefined) {
    const reason =
      failure === undefined ? "does not compile" : `fails ${failure.suite}#${failure.test}: ${failure.reason}`;
    throw new ToolError("TestsFailing", `${target.name} without a mistake ${reason}.`, "Make the tests pass first.");
  }
  const seen = new Set([JSON.stringify(unchanged)]);
  const compileNext = (place: number): Promise<Code[] | undefined> | undefined => {
    const mutant = mutants[place];
    return mutant === undefined ? undefined : compile(applyMutant(content, mutant));
  };
  let next = compileNext(0);
  for (const [place, mutant] of mutants.entries()) {
    const codes = await next;
    next = compileNext(place + 1);
    const key = JSON.stringify(codes);
    const isSeen = seen.has(key);
    seen.add(key);
    yield { target: target.name, mutant, outcome: await judge(mutant, codes, isSeen, tests) };
  }
}

async function judge(mutant: Mutant, codes: Code[] | undefined, isSeen: boolean, tests: TestRunner): Promise<Outcome> {
  if (codes === undefined) return { state: "invalid" };
  if (isSeen) return { state: "same code" };
  const reason = equivalenceOf(mutant, equivalents);
  if (reason !== undefined) return { state: "equivalent", reason };
  const failure = await tests.run(codes);
  return failure === undefined ? { state: "survived" } : { state: "killed", by: `${failure.suite}#${failure.test}` };
}

function targetsNamed(names: readonly string[]): Target[] {
  const unknown = names.filter((name) => TARGETS.every((target) => target.name !== name));
  if (unknown.length > 0) {
    const known = TARGETS.map(({ name }) => name).join(", ");
    throw new ToolError("TargetUnknown", `No such contract: ${unknown.join(", ")}.`, `There are ${known}.`);
  }
  return TARGETS.filter(({ name }) => names.length === 0 || names.includes(name));
}

async function main(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      sample: { type: "string" },
      seed: { type: "string", default: "1" },
      json: { type: "boolean", default: false },
      report: { type: "string" },
    },
  });
  const targets = targetsNamed(positionals);
  const seed = Number(values.seed);
  const began = Date.now();
  const { project, artifacts, options } = await loadBuild(root, seed);
  const jobs = jobsOf(targets, project, Number(values.sample ?? Infinity), seed);
  const total = jobs.reduce((sum, { mutants }) => sum + mutants.length, 0);
  console.error(`${total} mutants of ${targets.length} contracts`);

  const compiler = new MutantCompiler(project);
  const tests = await TestRunner.create(artifacts, options);
  const results: Result[] = [];
  try {
    for (const job of jobs.filter(({ mutants }) => mutants.length > 0)) {
      for await (const result of tryMutants(job, project, compiler, tests)) {
        results.push(result);
        const by = result.outcome.state === "killed" ? ` by ${result.outcome.by}` : "";
        console.error(`${results.length}/${total} ${result.outcome.state}${by}: ${describeMutant(result.mutant)}`);
      }
    }
  } finally {
    await compiler.close();
  }

  console.error(renderSummary(results));
  if (values.json) console.log(JSON.stringify({ scores: scoresOf(results), results }, null, 2));
  if (values.report !== undefined) {
    const command = ["node scripts/mutate.ts", ...args].join(" ");
    const page = renderPage(results, command, (Date.now() - began) / 60_000);
    writeFileSync(
      values.report,
      await format(page, { ...(await resolveConfig(values.report)), filepath: values.report }),
    );
  }
  const [all] = scoresOf(results).slice(-1);
  if (all !== undefined && all.score < LOWEST_SCORE) process.exitCode = 1;
}

const equivalents = JSON.parse(readFileSync(join(root, EQUIVALENTS), "utf8")) as Equivalent[];

main(process.argv.slice(2)).catch(reportAndFail);
