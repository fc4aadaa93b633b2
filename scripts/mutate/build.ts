import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import hre from "hardhat";

import { artifactPaths } from "../generate/artifacts.ts";
import { projectOf, type Project, type SolcInput, type SolcOutput } from "./sources.ts";
import type { Artifact, TestOptions } from "./testRunner.ts";

/** The contracts and tests as they now stand, and how the tests are run. */
export interface Build {
  readonly project: Project;
  readonly artifacts: readonly Artifact[];
  readonly options: TestOptions;
}

interface Part {
  readonly input: SolcInput;
  readonly output: SolcOutput;
}

/** Of an artifact file what the EVM wants to know. */
type Stored = Artifact["contract"] & {
  readonly contractName: string;
  readonly inputSourceName: string;
  readonly abi: unknown;
};

/** Enough to find what a fuzz test or a campaign can find, and little enough to be run a thousand times. */
const FUZZ_RUNS = 32;
const INVARIANT_RUNS = 4;
/** What the compiler's names of the project's own sources begin with. */
const OWN = "project/";

/** Builds contracts and tests, and reads what the build made. */
export async function loadBuild(root: string, seed: number): Promise<Build> {
  const build = hre.tasks.getTask("build");
  await build.run({ quiet: true, noTests: true });
  await build.run({ quiet: true, noContracts: true, defaultBuildProfile: "tests" });
  const folders = [
    await hre.solidity.getArtifactsDirectory("contracts"),
    await hre.solidity.getArtifactsDirectory("tests"),
  ];
  const network = hre.config.networks.default;
  const tests = hre.config.test.solidity.profiles.default;
  return {
    project: projectOf(folders.flatMap(partsIn), (source, content) => isCurrent(root, source, content)),
    artifacts: folders.flatMap(artifactsIn),
    options: {
      root,
      hardfork: network?.type === "edr-simulated" ? network.hardfork : "prague",
      readableFiles: tests?.fsPermissions?.readFile ?? [],
      fuzzRuns: FUZZ_RUNS,
      invariantRuns: INVARIANT_RUNS,
      invariantDepth: tests?.invariant?.depth ?? 64,
      seed,
    },
  };
}

/** Whether a source of the project has this content now; a package's do not change. */
function isCurrent(root: string, source: string, content: string): boolean {
  if (!source.startsWith(OWN)) return true;
  const path = join(root, source.slice(OWN.length));
  return existsSync(path) && readFileSync(path, "utf8") === content;
}

function partsIn(folder: string): Part[] {
  const dir = join(folder, "build-info");
  return readdirSync(dir)
    .filter((name) => name.endsWith(".json") && !name.endsWith(".output.json"))
    .map((name) => {
      const { input } = readJson(join(dir, name)) as Pick<Part, "input">;
      const { output } = readJson(join(dir, name.replace(/\.json$/, ".output.json"))) as Pick<Part, "output">;
      return { input, output };
    });
}

function artifactsIn(folder: string): Artifact[] {
  return artifactPaths(folder).map((path) => {
    const { contractName, inputSourceName, abi, ...code } = readJson(path) as Stored;
    const { bytecode, linkReferences, deployedBytecode, deployedLinkReferences } = code;
    return {
      id: { name: contractName, source: inputSourceName, solcVersion: "0.8.37" },
      contract: { abi: JSON.stringify(abi), bytecode, linkReferences, deployedBytecode, deployedLinkReferences },
    };
  });
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}
