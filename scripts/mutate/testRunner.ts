import { createRequire } from "node:module";

import type * as Edr from "@nomicfoundation/edr";

import type { Code } from "./compiler.ts";
import { SuiteOrder } from "./suites.ts";

/** A contract of the build, in the form that the EVM takes. */
export type Artifact = Edr.Artifact;

/** What the tests need to know besides the contracts. */
export interface TestOptions {
  readonly root: string;
  readonly hardfork: string;
  readonly readableFiles: readonly string[];
  /** Inputs that each fuzz test tries, and runs of each invariant campaign with the calls of a run. */
  readonly fuzzRuns: number;
  readonly invariantRuns: number;
  readonly invariantDepth: number;
  readonly seed: number;
}

/** A failure of one test. */
export interface Failure {
  readonly suite: string;
  readonly test: string;
  readonly reason: string;
}

/** A mutant that loops for ever is found by this: more than any test takes, but for those left out. */
const GAS_LIMIT = 600_000_000n;

/** Tests that try every amount of gas, or use up all there is: they take as long as all others together. */
const GREEDY_TESTS = "WithAnyGas|TermsRegistryThatReenters";

/** The very EVM that Hardhat runs Solidity tests with. */
const edr = createRequire(createRequire(import.meta.url).resolve("hardhat/package.json"))(
  "@nomicfoundation/edr",
) as typeof Edr;

/** Runs the Solidity tests of a build again and again, each time with other code for some of its contracts. */
export class TestRunner {
  readonly #context: Edr.EdrContext;
  readonly #artifacts: readonly Artifact[];
  readonly #config: Edr.SolidityTestRunnerConfigArgs;
  readonly #order: SuiteOrder<Edr.ArtifactId>;

  private constructor(context: Edr.EdrContext, artifacts: readonly Artifact[], options: TestOptions) {
    this.#context = context;
    this.#artifacts = artifacts;
    this.#order = new SuiteOrder(artifacts.filter(isSuite).map(({ id }) => id));
    this.#config = {
      projectRoot: options.root,
      hardfork: options.hardfork,
      gasLimit: GAS_LIMIT,
      excludeTestPattern: GREEDY_TESTS,
      disableBlockGasLimit: true,
      disableTransactionGasCap: true,
      fsPermissions: options.readableFiles.map((path) => ({ access: edr.FsAccessPermission.ReadFile, path })),
      fuzz: { runs: options.fuzzRuns, seed: `0x${options.seed.toString(16)}` },
      invariant: {
        runs: options.invariantRuns,
        depth: options.invariantDepth,
        failOnRevert: true,
        // The shortest way to a failure is of no interest here.
        shrinkRunLimit: 0,
      },
    };
  }

  static async create(artifacts: readonly Artifact[], options: TestOptions): Promise<TestRunner> {
    const context = new edr.EdrContext();
    await context.registerSolidityTestRunnerFactory(edr.L1_CHAIN_TYPE, edr.l1SolidityTestRunnerFactory());
    return new TestRunner(context, artifacts, options);
  }

  /** The first failure that the tests find with this code in place of the build's, or nothing if all pass. */
  async run(codes: readonly Code[]): Promise<Failure | undefined> {
    const artifacts = this.#artifacts.map((artifact) => {
      const code = codes.find(({ source, name }) => source === artifact.id.source && name === artifact.id.name);
      if (code === undefined) return artifact;
      const { bytecode, deployedBytecode } = code;
      return { id: artifact.id, contract: { ...artifact.contract, bytecode, deployedBytecode } };
    });
    for (const group of this.#order.groups()) {
      const failures = await this.#runGroup(artifacts, group);
      if (failures[0] !== undefined) return failures[0];
    }
    return undefined;
  }

  async #runGroup(artifacts: Artifact[], group: Edr.ArtifactId[]): Promise<Failure[]> {
    const failures: Failure[] = [];
    await new Promise<void>((resolve, reject) => {
      let missing = group.length;
      const take = ({ id, durationNs, testResults }: Edr.SuiteResult): void => {
        const failed = testResults.find(({ status }) => status === edr.TestStatus.Failure);
        if (failed !== undefined) failures.push({ suite: id.name, test: failed.name, reason: failed.reason ?? "" });
        const suite = group.find(({ source, name }) => source === id.source && name === id.name);
        if (suite !== undefined) this.#order.learn(suite, failed !== undefined, Number(durationNs) / 1e6);
        if (--missing === 0) resolve();
      };
      const tracing = { buildInfos: [], ignoreContracts: true };
      this.#context
        .runSolidityTests(edr.L1_CHAIN_TYPE, artifacts, group, this.#config, tracing, take)
        .catch((error: unknown) => reject(error instanceof Error ? error : new Error(String(error))));
    });
    return failures;
  }
}

function isSuite({ contract: { abi, bytecode } }: Artifact): boolean {
  if (bytecode === undefined || bytecode === "0x") return false;
  const entries = JSON.parse(abi) as { readonly type: string; readonly name?: string }[];
  return entries.some(({ type, name = "" }) => type === "function" && /^(test|invariant)/.test(name));
}
