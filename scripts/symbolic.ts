/**
 * Proves the properties of test/symbolic with halmos, on the code that the build made.
 *
 *     node scripts/symbolic.ts                       proves every property
 *     node scripts/symbolic.ts Closings Signatures   those of these contracts
 *     node scripts/symbolic.ts --property worksOnce  those whose name contains this
 *     node scripts/symbolic.ts --json                prints the results as JSON
 *
 * HALMOS names the program, `halmos` by default. Ends with exit code 1 unless every property is proved.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { parseArgs } from "node:util";

import { writeForgeArtifacts } from "./symbolic/artifacts.ts";
import { allProved, readProofs, type Proof } from "./symbolic/report.ts";
import { reportAndFail, ToolError } from "./toolError.ts";

const root = join(import.meta.dirname, "..");
const propertiesDir = "test/symbolic";
const workDir = join(root, "cache", "symbolic");

/** The contracts whose code the properties deploy. */
const SUBJECTS = ["contracts/consent/ConsentRegistry.sol", "contracts/identity/DelegateRegistry.sol"];

/**
 * An assertion gets as long as it takes. A branch that is not shown to be impossible within its time is followed: that
 * costs paths, never a counterexample.
 */
const HALMOS_OPTIONS = [
  ...["--root", ".", "--no-status", "--early-exit", "--loop", "2"],
  ...["--solver-timeout-assertion", "0", "--solver-timeout-branching", "10ms"],
];

function build(): void {
  const out = join(workDir, "out");
  rmSync(out, { recursive: true, force: true });
  hardhat("build", "--no-tests", ...SUBJECTS);
  writeForgeArtifacts(join(root, "artifacts"), SUBJECTS, out);

  const properties = readdirSync(join(root, propertiesDir)).map((file) => `${propertiesDir}/${file}`);
  hardhat("--build-profile", "tests", "build", "--no-contracts", ...properties);
  writeForgeArtifacts(join(root, "cache", "test-artifacts"), properties, out);
}

function hardhat(...args: readonly string[]): void {
  const PATH = `${join(root, "node_modules", ".bin")}${delimiter}${process.env.PATH}`;
  const env = { ...process.env, PATH, HARDHAT_DISABLE_TELEMETRY_PROMPT: "true" };
  const run = spawnSync("hardhat", ["--no-typechain", ...args], { cwd: root, env, encoding: "utf8" });
  if (run.status === 0) return;
  throw new ToolError("BuildFailed", `${run.stdout}${run.stderr}`.trim(), "Mend what the compiler names.");
}

/** A folder whose `forge` does nothing: halmos calls it to build what is built already. */
function idleForge(): string {
  const dir = join(workDir, "bin");
  mkdirSync(dir, { recursive: true });
  writeFileSync(join(dir, "forge"), "#!/bin/sh\n", { mode: 0o755 });
  return dir;
}

function prove(contract: string, property: string): Proof[] {
  const halmos = process.env.HALMOS ?? "halmos";
  const results = join(workDir, "results.json");
  rmSync(results, { force: true });
  const chosen = ["--contract", contract, "--match-test", `^check_\\w*${property}`];
  const env = { ...process.env, PATH: `${idleForge()}${delimiter}${process.env.PATH}` };
  const args = [...HALMOS_OPTIONS, ...chosen, "--json-output", results];
  const { error, stdout, stderr } = spawnSync(halmos, args, { cwd: workDir, env, encoding: "utf8" });
  if (error !== undefined) {
    throw new ToolError(
      "HalmosMissing",
      `${halmos} does not start: ${error.message}.`,
      "Install it with `pipx install halmos==0.3.3`, or name the program in HALMOS.",
    );
  }
  if (existsSync(results)) return readProofs(readFileSync(results, "utf8"));
  throw new ToolError("HalmosFailed", `${stdout}${stderr}`.trim(), "Use halmos 0.3.3, for which this is written.");
}

function main(args: readonly string[]): void {
  const options = { property: { type: "string", default: "" }, json: { type: "boolean", default: false } } as const;
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
  const contracts = readdirSync(join(root, propertiesDir))
    .filter((file) => file.endsWith(".t.sol"))
    .map((file) => file.slice(0, -".t.sol".length));
  const unknown = positionals.filter((name) => !contracts.includes(name));
  if (unknown.length > 0) {
    throw new ToolError(
      "UnknownContract",
      `No such contract: ${unknown.join(", ")}.`,
      `Known: ${contracts.join(", ")}.`,
    );
  }
  build();

  const proofs: Proof[] = [];
  for (const contract of positionals.length > 0 ? positionals : contracts) {
    for (const proof of prove(contract, values.property)) {
      proofs.push(proof);
      const { property, outcome, paths, seconds } = proof;
      if (!values.json)
        console.log(`  ${outcome.padEnd(10)} ${contract}.${property} (${seconds.toFixed(1)} s, ${paths} paths)`);
    }
  }
  const proved = proofs.filter(({ outcome }) => outcome === "proved").length;
  if (values.json) console.log(JSON.stringify({ proved, properties: proofs.length, proofs }, null, 2));
  else console.log(`${proved} of ${proofs.length} properties proved`);
  process.exitCode = allProved(proofs) ? 0 : 1;
}

try {
  main(process.argv.slice(2));
} catch (error) {
  reportAndFail(error);
}
