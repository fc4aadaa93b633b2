/**
 * Compares what the suite costs and exports with the committed snapshots.
 *
 *     node scripts/snapshots.ts sizes [--update]      runtime bytes of every deployable contract, after a build
 *     node scripts/snapshots.ts gas [--update]        gas of the named scenarios of bench/gas.ts, after a build
 *     node scripts/snapshots.ts exports [--update]    names that the package's entries export, after `npm run dist`
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { format, resolveConfig } from "prettier";

import { compareSnapshot, oversized, SNAPSHOT_TOLERANCE, type Snapshot } from "../bench/snapshots.ts";
import { compareExports, exportedNames, type ExportedNames } from "./check/exportedNames.ts";
import { readCompilation } from "./generate/artifacts.ts";
import { reportAndFail, ToolError } from "./toolError.ts";

const root = join(import.meta.dirname, "..");

/** A kind of snapshot: where it is kept, and how what it holds is measured and compared. */
interface Kind<Figures> {
  readonly file: string;
  readonly measure: () => Figures;
  readonly differences: (current: Figures, committed: Figures) => string[];
}

function figures(file: string, measure: () => Snapshot): Kind<Snapshot> {
  return {
    file,
    measure: () => Object.fromEntries(Object.entries(measure()).sort(([a], [b]) => (a < b ? -1 : 1))),
    differences: (current, committed) => compareSnapshot(current, committed, SNAPSHOT_TOLERANCE),
  };
}

function measureSizes(): Snapshot {
  const deployable = readCompilation(join(root, "artifacts")).contracts.filter((contract) => contract.deployable);
  const sizes = Object.fromEntries(deployable.map(({ name, runtimeBytes }) => [name, runtimeBytes]));
  const tooLarge = oversized(sizes);
  if (tooLarge.length === 0) return sizes;
  throw new ToolError("ContractTooLarge", tooLarge.join("\n"), "Move code to a library or split the contract.");
}

function measureGas(): Snapshot {
  const args = ["--no-typechain", "run", "--no-compile", "bench/gas.ts"];
  const stdio = ["ignore", "pipe", "inherit"] as const;
  const { status, stdout } = spawnSync("hardhat", args, { cwd: root, encoding: "utf8", stdio: [...stdio] });
  if (status === 0) return JSON.parse(stdout) as Snapshot;
  throw new ToolError(
    "GasBenchFailed",
    "bench/gas.ts failed.",
    "Run `npx hardhat run bench/gas.ts` and mend what it says.",
  );
}

const sizes = figures("bench/snapshots/sizes.json", measureSizes);
const gas = figures("bench/snapshots/gas.json", measureGas);
const names: Kind<ExportedNames> = {
  file: "test/package/exports.json",
  measure: () => exportedNames(root),
  differences: compareExports,
};

async function check<Figures extends object>(
  { file, measure, differences }: Kind<Figures>,
  update: boolean,
): Promise<void> {
  const current = measure();
  const path = join(root, file);
  if (update) {
    mkdirSync(dirname(path), { recursive: true });
    const options = { ...(await resolveConfig(path)), filepath: path };
    writeFileSync(path, await format(JSON.stringify(current), options));
    console.log(`wrote ${file}`);
    return;
  }
  const committed = (existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : {}) as Figures;
  const differing = differences(current, committed);
  if (differing.length > 0) {
    throw new ToolError(
      "SnapshotDiffers",
      `${file} does not agree with what is measured:\n${differing.map((line) => `  ${line}`).join("\n")}`,
      "If the change is meant, run `npm run snapshots` and commit what it writes.",
    );
  }
  console.log(`${file} agrees with what is measured.`);
}

async function main([kind = "", ...options]: readonly string[]): Promise<void> {
  const update = options.includes("--update");
  if (kind === "sizes") await check(sizes, update);
  else if (kind === "gas") await check(gas, update);
  else if (kind === "exports") await check(names, update);
  else throw new ToolError("UnknownSnapshot", `There is no snapshot "${kind}".`, "Name sizes, gas or exports.");
}

main(process.argv.slice(2)).catch(reportAndFail);
