import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { type Address, getAddress, type Hex, hexToNumber } from "viem";

import {
  type ContractKey,
  contractKeys,
  contractNames,
  DEPLOYMENT_RECORD_FORMAT,
  type DeployedContract,
  type DeploymentParameters,
  type DeploymentRecord,
  type Fork,
} from "../../src/deployments/index.ts";
import { type Chain, probeFork, readChain, type SystemConnection } from "./chain.ts";
import { builtCodeHash, codeHashAt, type CodeMismatch, sourceMismatches } from "./code.ts";
import { SystemError } from "./errors.ts";
import { deploymentDirectory, findDeployment, type Found, type StoreOptions } from "./find.ts";
import { type CreatedContract, runIgnition } from "./ignition.ts";
import { checkGovernance, checkParameters, parametersFile, parametersMissing, readParameters } from "./parameters.ts";
import { discard, readNotedChain, writeChain, writeRecord } from "./store.ts";

/** An embedded chain's governance acts at once. */
const EMBEDDED_DELAY = 0;

export interface DeployOptions extends StoreOptions {
  /** Instead of the network's file in deploy/parameters. */
  readonly parameters?: DeploymentParameters | undefined;
  /** Builds the contracts first. Default true; tests have built already. */
  readonly build?: boolean | undefined;
  /** Told, in a sentence, what is being done. */
  readonly onProgress?: ((message: string) => void) | undefined;
}

export interface DeployResult {
  readonly record: DeploymentRecord;
  /** Transactions that this call sent; 0 when the suite was there already. */
  readonly transactions: number;
  /** Gas of the whole deployment, also of the runs that this call resumed; 0 when the suite was there already. */
  readonly gasUsed: bigint;
  /** Where the record was written, or nothing for an in-process chain. */
  readonly file: string | undefined;
}

/**
 * Deploys the suite to a connected chain, resumes an interrupted deployment, or finds that there is nothing to do.
 *
 * @throws SystemError any of its names but SystemNotDeployed and SystemVerificationFailed
 */
export async function deploySystem(
  hre: HardhatRuntimeEnvironment,
  connection: SystemConnection,
  options: DeployOptions = {},
): Promise<DeployResult> {
  const { provider } = connection;
  const { chain, fork, directory, found, onProgress } = await prepare(hre, connection, options);
  if (found.state === "deployed") {
    onProgress("The suite is deployed already: nothing to do.");
    const file = directory && join(directory, "concord.json");
    return { record: found.record, transactions: 0, gasUsed: 0n, file };
  }
  const { deployer, parameters } = await resolveParameters(hre, connection, chain, options);
  if (found.state === "stale" && directory !== undefined) {
    onProgress(`Discarding a stale deployment: ${found.reason.message}`);
    await discard(directory);
  }
  onProgress(found.state === "interrupted" ? "Resuming the deployment …" : "Deploying …");

  const before = await nonceOf(provider, deployer);
  const deployed = await withJournal(directory, async (journal) => {
    await writeChain(journal, chain);
    return await runIgnition(hre, connection, journal, parameters, deployer, chain.embedded);
  });
  const contracts = await describeContracts(hre, provider, deployed.contracts);
  const record: DeploymentRecord = {
    format: DEPLOYMENT_RECORD_FORMAT,
    suiteVersion: suiteVersion(),
    network: connection.networkName,
    chainId: chain.chainId,
    genesisHash: chain.genesisHash,
    fork,
    startBlock: Math.min(...contractKeys.map((key) => contracts[key].startBlock)),
    parameters,
    contracts,
  };
  return {
    record,
    transactions: (await nonceOf(provider, deployer)) - before,
    gasUsed: deployed.gasUsed,
    file: directory && (await writeRecord(directory, record)),
  };
}

export interface RehearsalResult {
  readonly dryRun: true;
  /** Whether the suite is there already, and nothing would be sent. */
  readonly deployed: boolean;
  readonly parameters: DeploymentParameters;
  /** Transactions of a whole deployment; fewer are left to send when an interrupted one is resumed. */
  readonly transactions: number;
  /** Gas of a whole deployment, as an in-process chain used it. */
  readonly gas: bigint;
}

/**
 * Does everything that `deploySystem` does before it sends its first transaction, and measures the deployment on an
 * in-process chain. It sends and changes nothing.
 *
 * @throws SystemError what `deploySystem` throws
 */
export async function rehearseSystem(
  hre: HardhatRuntimeEnvironment,
  connection: SystemConnection,
  options: DeployOptions = {},
): Promise<RehearsalResult> {
  const { chain, found } = await prepare(hre, connection, options);
  if (found.state === "deployed") {
    return { dryRun: true, deployed: true, parameters: found.record.parameters, transactions: 0, gas: 0n };
  }
  const { parameters } = await resolveParameters(hre, connection, chain, options);
  const rehearsal = await hre.network.create("default");
  try {
    const { transactions, gasUsed: gas } = await deploySystem(hre, rehearsal, { parameters, build: false });
    return { dryRun: true, deployed: false, parameters, transactions, gas };
  } finally {
    await rehearsal.close();
  }
}

interface Prepared {
  readonly chain: Chain;
  readonly fork: Fork;
  readonly directory: string | undefined;
  readonly found: Found;
  readonly onProgress: (message: string) => void;
}

/** Builds, and looks at the chain and at what is there already. */
async function prepare(
  hre: HardhatRuntimeEnvironment,
  connection: SystemConnection,
  options: DeployOptions,
): Promise<Prepared> {
  const { build = true, onProgress = () => undefined } = options;
  if (build) await buildContracts(hre, onProgress);
  const { provider } = connection;
  const chain = await readChain(provider);
  const fork = await probeFork(provider);
  const directory = deploymentDirectory(hre, connection, options);
  const found = await findDeployment(provider, directory, chain);
  if (found.state !== "deployed" || directory === undefined) return { chain, fork, directory, found, onProgress };

  await checkUnchanged(hre, connection, found.record, options);
  const changed = await sourceMismatches(hre, provider, found.record);
  if (changed.length === 0) return { chain, fork, directory, found, onProgress };
  const reason = sourcesChanged(found.record, changed);
  const noted = await readNotedChain(directory);
  if (!chain.embedded || noted?.embedded !== true) throw reason;
  return { chain, fork, directory, found: { state: "stale", reason }, onProgress };
}

/**
 * Compiles what is not compiled yet. Hardhat's build prints an empty line even when it is to be quiet; stdout belongs to the
 * command's result.
 */
export async function buildContracts(
  hre: HardhatRuntimeEnvironment,
  onProgress: (message: string) => void = () => undefined,
): Promise<void> {
  onProgress("Building the contracts …");
  const { log } = console;
  console.log = console.error;
  try {
    await hre.tasks.getTask("build").run({ quiet: true, noTests: true });
  } finally {
    console.log = log;
  }
}

async function resolveParameters(
  hre: HardhatRuntimeEnvironment,
  { provider, networkName }: SystemConnection,
  { embedded }: Chain,
  options: DeployOptions,
): Promise<{ deployer: Address; parameters: DeploymentParameters }> {
  const [first, second] = (await provider.request({ method: "eth_accounts" })) as Address[];
  if (first === undefined) {
    throw new SystemError(
      "SystemDeployerMissing",
      `There is no account to deploy with on the network ${networkName}.`,
      { network: networkName },
      "Give the network's key: `hardhat keystore set CONCORD_KEY`, or the environment variable CONCORD_KEY.",
    );
  }
  const deployer = getAddress(first);
  const file = parametersFile(hre.config.paths.ignition, networkName);
  const given = await givenParameters(file, options);
  const standIn =
    embedded && second !== undefined ? { governance: getAddress(second), executionDelay: EMBEDDED_DELAY } : undefined;
  const parameters = given ?? standIn;
  if (parameters === undefined) throw parametersMissing(file, networkName);
  checkGovernance(parameters, deployer);
  return { deployer, parameters };
}

async function givenParameters(file: string, options: DeployOptions): Promise<DeploymentParameters | undefined> {
  return options.parameters === undefined
    ? await readParameters(file)
    : checkParameters(options.parameters, "the call");
}

/** Refuses parameters that are not those of the deployment that is there: from the handover on, governance changes them. */
async function checkUnchanged(
  hre: HardhatRuntimeEnvironment,
  { networkName }: SystemConnection,
  { parameters: recorded }: DeploymentRecord,
  options: DeployOptions,
): Promise<void> {
  const given = await givenParameters(parametersFile(hre.config.paths.ignition, networkName), options);
  if (given === undefined) return;
  const same = getAddress(recorded.governance) === given.governance && recorded.executionDelay === given.executionDelay;
  if (same) return;
  throw new SystemError(
    "SystemParametersChanged",
    "The suite is deployed with other parameters.",
    { recorded, given },
    "Give the recorded parameters again; what governance is now, governance itself changes through the AccessManager.",
  );
}

function sourcesChanged(record: DeploymentRecord, mismatches: readonly CodeMismatch[]): SystemError {
  const names = mismatches.map(({ contract }) => contractNames[contract]);
  return new SystemError(
    "SystemSourcesChanged",
    `The local build is not what was deployed: ${names.join(", ")} differ.`,
    { contracts: names, suiteVersion: record.suiteVersion },
    `Check out version ${record.suiteVersion}, or deploy the new version under a network name of its own in hardhat.config.ts.`,
  );
}

/** Ignition keeps its journal beside the record, or in a passing directory where nothing is kept. */
async function withJournal<T>(directory: string | undefined, run: (journal: string) => Promise<T>): Promise<T> {
  if (directory !== undefined) return await run(directory);
  const passing = await mkdtemp(join(tmpdir(), "concord-journal-"));
  try {
    return await run(passing);
  } finally {
    await rm(passing, { recursive: true, force: true });
  }
}

/** Completes the record's contracts with the code on chain, which must be what was built. */
async function describeContracts(
  hre: HardhatRuntimeEnvironment,
  provider: SystemConnection["provider"],
  created: Readonly<Record<ContractKey, CreatedContract>>,
): Promise<Record<ContractKey, DeployedContract>> {
  const described = await Promise.all(
    contractKeys.map(async (key): Promise<[ContractKey, DeployedContract]> => {
      const { address, startBlock, constructorArguments } = created[key];
      const [codeHash, expected] = await Promise.all([
        codeHashAt(provider, address),
        builtCodeHash(hre, provider, key, address, constructorArguments),
      ]);
      if (codeHash !== expected) {
        throw new SystemError(
          "SystemCodeMismatch",
          `${key} at ${address} has ${codeHash === undefined ? "no code" : "other code than was built"}.`,
          { contract: key, address, expected, found: codeHash },
          "Build again with `hardhat build --force`; if it stays, the node does not execute the contracts faithfully.",
        );
      }
      return [key, { name: contractNames[key], address, startBlock, codeHash, constructorArguments }];
    }),
  );
  return Object.fromEntries(described) as Record<ContractKey, DeployedContract>;
}

async function nonceOf(provider: SystemConnection["provider"], account: Address): Promise<number> {
  return hexToNumber(
    (await provider.request({ method: "eth_getTransactionCount", params: [account, "latest"] })) as Hex,
  );
}

function suiteVersion(): string {
  return (createRequire(import.meta.url)("../../package.json") as { version: string }).version;
}
