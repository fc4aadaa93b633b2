import {
  type ArgumentType,
  type ArtifactResolver,
  deploy,
  type DeploymentResult,
  DeploymentResultType,
  isAccountRuntimeValue,
  isContractFuture,
  isFuture,
  listTransactions,
  type SuccessfulDeploymentResult,
  TransactionStatus,
  wipe,
} from "@nomicfoundation/ignition-core";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { type Address, getAddress, type Hex, hexToBigInt, hexToNumber } from "viem";

import {
  type ConstructorArgument,
  type ContractKey,
  contractKeys,
  type DeploymentParameters,
} from "../../src/deployments/index.ts";
import handoverModule from "../modules/handover.ts";
import type { SystemConnection } from "./chain.ts";
import { SystemError } from "./errors.ts";
import { settleJournal } from "./recover.ts";

/** A development chain mines at once; a consortium's blocks are about a second apart. */
const EMBEDDED_POLLING_MS = 10;
const POLLING_MS = 250;

/** The functions that the modules call, all of them the AccessManager's; Ignition refuses a module that calls another. */
const CALLED: ReadonlySet<string> = new Set(["multicall", "setTargetFunctionRole", "grantRole", "renounceRole"]);

/** A contract as Ignition left it. */
export interface CreatedContract {
  readonly address: Address;
  readonly startBlock: number;
  readonly constructorArguments: readonly ConstructorArgument[];
}

/** What an Ignition run, with the runs that it resumed, has done. */
export interface IgnitionResult {
  readonly contracts: Readonly<Record<ContractKey, CreatedContract>>;
  /** Gas used by every transaction of the deployment, those of earlier runs included. */
  readonly gasUsed: bigint;
}

/**
 * Runs the modules, or resumes them from the journal in `directory`.
 *
 * @throws SystemError SystemJournalMismatch when the journal is of other modules or parameters, SystemDeploymentFailed
 */
export async function runIgnition(
  hre: HardhatRuntimeEnvironment,
  connection: SystemConnection,
  directory: string,
  parameters: DeploymentParameters,
  deployer: Address,
  embedded: boolean,
): Promise<IgnitionResult> {
  const { provider, networkConfig } = connection;
  const read = async (name: string): ReturnType<ArtifactResolver["loadArtifact"]> => {
    const artifact = await hre.artifacts.readArtifact(name);
    // Ignition parses the whole ABI at every step: what no module uses is left out, which halves its time.
    const abi = artifact.abi.filter(
      ({ type, name: item }) => type === "constructor" || type === "error" || (type === "function" && CALLED.has(item)),
    );
    return { ...artifact, abi };
  };
  // It also asks at every step for the artifact, whose file is large.
  const artifacts = new Map<string, ReturnType<typeof read>>();
  const artifactResolver: ArtifactResolver = {
    loadArtifact: async (name) => {
      const artifact = artifacts.get(name) ?? read(name);
      artifacts.set(name, artifact);
      return await artifact;
    },
    // The journal does without the megabytes of build information: `hardhat system verify` builds from the sources.
    getBuildInfo: async () => undefined,
  };
  const run = async (): Promise<DeploymentResult> =>
    await deploy({
      artifactResolver,
      provider,
      deploymentDir: directory,
      ignitionModule: handoverModule,
      deploymentParameters: { [handoverModule.id]: { ...parameters } },
      accounts: [deployer],
      defaultSender: deployer,
      config: {
        blockPollingInterval: embedded ? EMBEDDED_POLLING_MS : POLLING_MS,
        ...hre.config.ignition,
      },
      ...networkConfig.ignition,
    });

  let result: DeploymentResult;
  try {
    await settleJournal(provider, directory, artifactResolver, deployer);
    result = await run();
    if (result.type === DeploymentResultType.PREVIOUS_RUN_ERROR) {
      // What failed or timed out last time changed nothing that later steps rest on, so it is simply done again.
      for (const future of Object.keys(result.errors)) await wipe(directory, artifactResolver, future);
      result = await run();
    }
  } catch (cause) {
    throw cause instanceof SystemError ? cause : stopped(directory, String((cause as Error).message), {}, cause);
  }
  if (result.type === DeploymentResultType.SUCCESSFUL_DEPLOYMENT) {
    return await collect(connection, directory, artifactResolver, result, deployer);
  }
  throw failure(directory, result);
}

function failure(directory: string, result: Exclude<DeploymentResult, SuccessfulDeploymentResult>): SystemError {
  if (result.type === DeploymentResultType.RECONCILIATION_ERROR) {
    return new SystemError(
      "SystemJournalMismatch",
      `The interrupted deployment in ${directory} was begun with other contracts or parameters: ${describe(result.errors)}`,
      { directory, errors: result.errors },
      `Go back to the version and the parameters that it was begun with, or move ${directory} away and deploy anew.`,
    );
  }
  const errors =
    result.type === DeploymentResultType.EXECUTION_ERROR
      ? Object.fromEntries([
          ...result.failed.map(({ futureId, error }) => [futureId, [error]]),
          ...result.timedOut.map(({ futureId }) => [futureId, ["no block included it in time"]]),
        ])
      : result.errors;
  return stopped(directory, describe(errors), errors);
}

function stopped(directory: string, reason: string, errors: object, cause?: unknown): SystemError {
  return new SystemError(
    "SystemDeploymentFailed",
    `The deployment stopped: ${reason}`,
    { directory, errors },
    "Check the deployer's balance and the network, then run the same command again: it goes on where it stopped.",
    { cause },
  );
}

function describe(errors: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(errors)
    .map(([future, reasons]) => `${future}: ${reasons.join(", ")}`)
    .join("; ");
}

async function collect(
  { provider }: SystemConnection,
  directory: string,
  artifactResolver: ArtifactResolver,
  { contracts }: SuccessfulDeploymentResult,
  deployer: Address,
): Promise<IgnitionResult> {
  const transactions = (await listTransactions(directory, artifactResolver)).filter(
    ({ status }) => status === TransactionStatus.SUCCESS,
  );
  const receipts = await Promise.all(
    transactions.map(
      async ({ txHash }) =>
        (await provider.request({ method: "eth_getTransactionReceipt", params: [txHash] })) as {
          blockNumber: Hex;
          contractAddress: Hex | null;
          gasUsed: Hex;
        },
    ),
  );
  const blocks = new Map(
    receipts.flatMap(({ blockNumber, contractAddress }): [Address, number][] =>
      contractAddress === null ? [] : [[getAddress(contractAddress), hexToNumber(blockNumber)]],
    ),
  );
  const addressOf = (future: string): Address => getAddress((contracts[future] as { address: string }).address);
  const created = contractKeys.map((key): [ContractKey, CreatedContract] => {
    const future = handoverModule.results[key];
    const address = addressOf(future.id);
    const constructorArguments = future.constructorArgs.map((value) => resolveArgument(value, addressOf, deployer));
    return [key, { address, startBlock: blocks.get(address) as number, constructorArguments }];
  });
  return {
    contracts: Object.fromEntries(created) as Record<ContractKey, CreatedContract>,
    gasUsed: receipts.reduce((sum, { gasUsed }) => sum + hexToBigInt(gasUsed), 0n),
  };
}

/** The constructor arguments that the modules name, given the contracts' addresses and the deployer. */
export function wiredArguments(
  key: ContractKey,
  addresses: Readonly<Record<ContractKey, Address>>,
  deployer: Address,
): ConstructorArgument[] {
  const keyOf = new Map(contractKeys.map((other) => [handoverModule.results[other].id, other]));
  const addressOf = (future: string): Address => addresses[keyOf.get(future) as ContractKey];
  return handoverModule.results[key].constructorArgs.map((value) => resolveArgument(value, addressOf, deployer));
}

function resolveArgument(
  value: ArgumentType,
  addressOf: (future: string) => Address,
  deployer: Address,
): ConstructorArgument {
  if (Array.isArray(value)) return value.map((item) => resolveArgument(item, addressOf, deployer));
  if (isAccountRuntimeValue(value)) return deployer;
  if (isFuture(value) && isContractFuture(value)) return addressOf(value.id);
  throw new TypeError("The modules give constructors contracts, the deployer, and lists of these only.");
}
