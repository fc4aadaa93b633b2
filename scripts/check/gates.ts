import { readdirSync } from "node:fs";
import { join } from "node:path";

/** One of the checks behind `npm test`. */
export interface Gate {
  readonly name: string;
  readonly about: string;
  readonly command: readonly [string, ...string[]];
  /** Gates that must have passed before. */
  readonly after: readonly string[];
  /** It runs tests of its own and prints their totals; any other gate counts as one test. */
  readonly countsTests: boolean;
}

interface Options {
  readonly after?: readonly string[];
  readonly countsTests?: boolean;
}

function gate(name: string, about: string, command: Gate["command"], options: Options = {}): Gate {
  return { name, about, command, after: options.after ?? [], countsTests: options.countsTests ?? false };
}

// The committed typings are what is judged, so no gate may refresh them.
const hardhat = ["hardhat", "--no-typechain"] as const;

const mocha = [...hardhat, "test", "mocha", "--no-compile"] as const;

/** Tests with a gate of their own, because they start the project's commands again and again and take half of the time. */
const SLOW_TESTS = ["test/deploy", "test/tasks"];
const OTHER_TESTS = readdirSync(join(import.meta.dirname, "../../test"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => `test/${name}`)
  .filter((folder) => !SLOW_TESTS.includes(folder))
  .sort();

/** Unless a network is named, Hardhat runs Solidity tests by the newest fork's rules; this one has those of the consortium. */
const PRAGUE = ["--network", "default"];

/** Compiles the tests by their own profile, and leaves the contracts as the build made them. */
const TESTS_ONLY = ["--build-profile", "tests"];

/** Every gate, in the order in which free ones are started: what others wait for and what takes longest comes first. */
export const GATES: readonly Gate[] = [
  gate("build", "contracts compile", [...hardhat, "build", "--no-tests"]),
  gate("dist", "the package's JavaScript compiles", ["npm", "run", "--silent", "dist"]),
  gate("mocha", "TypeScript tests", [...mocha, ...OTHER_TESTS], { after: ["build"], countsTests: true }),
  gate("tasks", "tests of the tasks", [...mocha, "test/tasks"], { after: ["build"], countsTests: true }),
  gate("solidity", "Solidity tests", [...hardhat, ...PRAGUE, ...TESTS_ONLY, "test", "solidity", "--no-compile"], {
    after: ["build"],
    countsTests: true,
  }),
  gate("deploy", "tests of the deployment", [...mocha, "test/deploy"], { after: ["build"], countsTests: true }),
  gate("typescript", "TypeScript type-checks, lint and import directions", [
    "node",
    // A quarter of the time went into collecting short-lived garbage.
    "--max-semi-space-size=128",
    "scripts/checkTypeScript.ts",
  ]),
  gate("package", "the packed package works outside", [...mocha, "test/package/tarball.package.ts"], {
    after: ["build", "dist"],
    countsTests: true,
  }),
  gate("prettier", "every file is formatted", ["prettier", "--check", "--log-level", "warn", "."]),
  gate("solhint", "Solidity lint", [
    "solhint",
    "--disc",
    "--noPoster",
    "--max-warnings",
    "0",
    "contracts/**/*.sol",
    "test/**/*.sol",
  ]),
  gate("gas", "gas agrees with bench/snapshots/gas.json", ["node", "scripts/snapshots.ts", "gas"], {
    after: ["build"],
  }),
  gate("generated", "generated files are fresh", ["node", "scripts/generate.ts", "--check"], { after: ["build"] }),
  gate("warnings", "the compiler has no warnings", ["node", "scripts/checkWarnings.ts"], { after: ["solidity"] }),
  gate("sizes", "code sizes agree with bench/snapshots/sizes.json", ["node", "scripts/snapshots.ts", "sizes"], {
    after: ["build"],
  }),
  gate("exports", "exported names agree with test/package/exports.json", ["node", "scripts/snapshots.ts", "exports"], {
    after: ["dist"],
  }),
  gate("imports", "Solidity imports point one way", ["node", "scripts/checkSolidityImports.ts"]),
  gate("named", "every error and event has a test", ["node", "scripts/checkNamedInTests.ts"]),
];

/** The gates named and all that they wait for, in the order of `gates`; all gates if none is named. */
export function selectGates(gates: readonly Gate[], names: readonly string[]): Gate[] {
  if (names.length === 0) return [...gates];
  const wanted = new Set<string>();
  const want = (name: string): void => {
    wanted.add(name);
    for (const before of gates.find((candidate) => candidate.name === name)?.after ?? []) want(before);
  };
  names.forEach(want);
  return gates.filter(({ name }) => wanted.has(name));
}
