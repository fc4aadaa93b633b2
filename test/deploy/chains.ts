import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import hre, { network } from "hardhat";
import { after } from "mocha";
import { getAddress } from "viem";

import { type DeployOptions, type DeployResult, deploySystem, type SystemConnection } from "../../deploy/system.ts";
import type { DeploymentRecord } from "../../src/deployments/index.ts";
import { accountsOf, asForeignChain, withDirectory } from "./support.ts";

// To make a chain, and to deploy to it, takes longer than most tests. So these stay for all tests of a run, and each test
// finds them as they were at first: the chain by a snapshot, the directory as a copy.

/** Two chains of one second apart have different genesis blocks. */
export const FIRST = "2026-01-01T00:00:00Z";
export const SECOND = "2026-01-01T00:00:01Z";

export interface Scene {
  readonly connection: Connection;
  readonly options: DeployOptions & { readonly deployments: string };
  /** The directory of a network's deployment. */
  readonly place: (networkName?: string) => string;
}

type Connection = Awaited<ReturnType<typeof network.create>>;

function lastingChain<Prepared>(initialDate: string, prepare: (connection: Connection) => Promise<Prepared>) {
  let opened: { connection: Connection; prepared: Prepared; restore: () => Promise<void> } | undefined;
  after(async () => await opened?.connection.close());
  return async () => {
    if (opened === undefined) {
      const connection = await network.create({ override: { initialDate } });
      const prepared = await prepare(connection);
      const { restore } = await connection.networkHelpers.takeSnapshot();
      opened = { connection, prepared, restore };
    }
    await opened.restore();
    return opened;
  };
}

const emptyChains = {
  [FIRST]: lastingChain(FIRST, () => Promise.resolve()),
  [SECOND]: lastingChain(SECOND, () => Promise.resolve()),
};

const kept = mkdtempSync(join(tmpdir(), "concord-deploy-"));
after(() => rmSync(kept, { recursive: true, force: true }));

/** The suite on the chain that began at `FIRST`: as an embedded one, and as the foreign one called `elsewhere`. */
const suites = {
  embedded: lastingChain(FIRST, async (connection) => {
    const deployments = join(kept, "embedded");
    return { deployments, deployed: await deploySystem(hre, connection, { deployments, build: false }) };
  }),
  foreign: lastingChain(FIRST, async (connection) => {
    const deployments = join(kept, "foreign");
    const options = { deployments, build: false, parameters: await governed(connection) };
    return { deployments, deployed: await deploySystem(hre, asForeignChain(connection), options) };
  }),
};

/** Parameters for a chain that is not embedded. */
export async function governed(connection: SystemConnection) {
  const [, governance] = await accountsOf(connection);
  return { governance: getAddress(governance!), executionDelay: 3_600 };
}

/** Runs on an empty chain, with records in a directory of its own unless one is given. */
export async function onChain(
  run: (scene: Scene) => Promise<void>,
  initialDate: keyof typeof emptyChains = FIRST,
  deployments?: string,
): Promise<void> {
  if (deployments === undefined) return await withDirectory(async (own) => await onChain(run, initialDate, own));
  const { connection } = await emptyChains[initialDate]();
  await run(sceneOf(connection, deployments));
}

/** Runs on a chain with the suite, and with a directory of its own that holds what the deployment has written. */
export async function onSuite(
  kind: keyof typeof suites,
  run: (scene: Scene & { readonly deployed: DeployResult }) => Promise<void>,
): Promise<void> {
  const { connection, prepared } = await suites[kind]();
  await withDirectory(async (deployments) => {
    cpSync(prepared.deployments, deployments, { recursive: true });
    await run({ ...sceneOf(connection, deployments), deployed: prepared.deployed });
  });
}

/** Runs with a directory that holds what a deployment has written, and without its chain. */
export async function onLeftovers(
  kind: keyof typeof suites,
  run: (deployments: string, record: DeploymentRecord) => Promise<void>,
): Promise<void> {
  await onSuite(kind, async ({ options, deployed }) => await run(options.deployments, deployed.record));
}

function sceneOf(connection: Connection, deployments: string): Scene {
  const place = (networkName = connection.networkName): string => join(deployments, networkName);
  return { connection, options: { deployments, build: false }, place };
}
