import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { NewTaskActionFunction } from "hardhat/types/tasks";
import { getAddress } from "viem";

import { deploySystem } from "../../deploy/system.ts";
import type { DeploymentRecord } from "../../src/deployments/index.ts";
import { type JobResult, runJob } from "../../src/job/index.ts";
import { printResult, progress } from "../support/output.ts";
import { runTask } from "../support/runTask.ts";
import { StartError } from "./errors.ts";
import { startNode, untilStopped } from "./node.ts";
import { progressPrinter } from "./progress.ts";
import { report } from "./report.ts";

interface Arguments {
  readonly vcf: string;
  readonly ontology: string;
  readonly port: number;
  readonly deployments: string | undefined;
  readonly report: string | undefined;
  readonly scan: boolean;
  readonly once: boolean;
  readonly json: boolean;
}

type Runtime = Parameters<NewTaskActionFunction<Arguments>>[1];
type Connection = Awaited<ReturnType<Runtime["network"]["create"]>>;

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    if (hre.globalOptions.network !== undefined) await runOnNetwork(hre, given);
    else if (given.once) await withTemporaryDirectory((deployments) => runOnNode(hre, { ...given, deployments }));
    else await runOnNode(hre, given);
  });

/** Runs the job on the chain that the user has named, and leaves its node alone. */
async function runOnNetwork(hre: Runtime, given: Arguments): Promise<void> {
  const connection = await hre.network.create();
  try {
    const { result } = await deployAndRun(hre, connection, given);
    printResult(given.json, result, report);
  } finally {
    await connection.close();
  }
}

/** Runs the job on a node of its own, and keeps that up until it is stopped unless the job is to run once. */
async function runOnNode(hre: Runtime, given: Arguments): Promise<void> {
  const node = await startNode(hre, given.port);
  let stopped: Promise<void> | undefined;
  try {
    const connection = await hre.network.create({ network: "localhost", override: { url: node.url } });
    try {
      const { record, result } = await deployAndRun(hre, connection, given);
      printResult(given.json, result, report);
      if (!given.once) {
        stopped = untilStopped();
        progress(`\n${standing(node.url, record)}`);
      }
    } finally {
      await connection.close();
    }
    await stopped;
  } finally {
    await node.close();
  }
}

/** A chain that ends with the command needs no record that outlives it. */
async function withTemporaryDirectory(run: (directory: string) => Promise<void>): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), "concord-start-"));
  try {
    await run(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** Deploys the suite unless it is there, and runs the job on it. */
async function deployAndRun(
  hre: Runtime,
  connection: Connection,
  { vcf, ontology, deployments, report: directory, scan }: Arguments,
): Promise<{ record: DeploymentRecord; result: JobResult }> {
  const { record } = await deploySystem(hre, connection, { deployments, onProgress: progress });
  const publicClient = await connection.viem.getPublicClient();
  const wallets = await connection.viem.getWalletClients();
  const governance = getAddress(record.parameters.governance);
  const registrar = wallets.find(({ account }) => getAddress(account.address) === governance);
  if (registrar === undefined) {
    throw new StartError(
      "StartGovernanceKeyMissing",
      `The job admits institutions as ${governance}, whose key the network ${connection.networkName} does not have.`,
      { governance, network: connection.networkName },
      "Run it with governance's key: the setting CONCORD_KEY in the Hardhat keystore or the environment.",
    );
  }
  const result = await runJob({
    deployment: record,
    publicClient,
    registrar,
    vcf,
    ontology,
    report: directory,
    scan,
    // On somebody's own chain every institution of the job stays.
    loseCustodian: hre.globalOptions.network === undefined,
    onProgress: progressPrinter(),
  });
  return { record, result };
}

function standing(url: string, record: DeploymentRecord): string {
  const contracts = Object.values(record.contracts).map(({ address, name }) => `  ${address}  ${name}`);
  return [`The node is up at ${url} (chain ${record.chainId}). Ctrl-C ends it.`, ...contracts].join("\n");
}

export default action;
