import { join } from "node:path";

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { DeploymentRecord } from "../../src/deployments/index.ts";
import { type Chain, readChain, type SystemConnection } from "./chain.ts";
import { codeHashAt, codeMismatches } from "./code.ts";
import { SystemError } from "./errors.ts";
import { readJournal, readNotedChain, readRecord } from "./store.ts";

/** What there is of a deployment to a network. */
export type Found =
  | { readonly state: "none" }
  /** The record, and the chain agrees with it. */
  | { readonly state: "deployed"; readonly record: DeploymentRecord }
  /** A journal without a record, and the chain agrees with it: an interrupted deployment. */
  | { readonly state: "interrupted" }
  /** What is there belongs to an embedded chain that has ended, and may be discarded. */
  | { readonly state: "stale"; readonly reason: SystemError };

/** Where the records of networks lie, unless told otherwise. */
export interface StoreOptions {
  /** Directory with one directory a network; by default deploy/deployments. */
  readonly deployments?: string | undefined;
}

/**
 * The directory of a network's deployment; nothing for an in-process chain, which ends with the process, unless a place
 * is given.
 */
export function deploymentDirectory(
  hre: HardhatRuntimeEnvironment,
  { networkConfig, networkName }: SystemConnection,
  { deployments }: StoreOptions,
): string | undefined {
  if (deployments === undefined && networkConfig.type === "edr-simulated") return undefined;
  return join(deployments ?? join(hre.config.paths.ignition, "deployments"), networkName);
}

/**
 * Looks for a deployment and holds it against the chain: genesis hash and the code at every recorded address.
 *
 * @throws SystemError SystemRecordCorrupt, SystemJournalCorrupt, SystemJournalUnknown, SystemGenesisMismatch,
 * SystemCodeMismatch, all of them only where the deployment is not one of an embedded chain
 */
export async function findDeployment(
  provider: SystemConnection["provider"],
  directory: string | undefined,
  chain: Chain,
): Promise<Found> {
  if (directory === undefined) return { state: "none" };
  try {
    const record = await readRecord(directory);
    if (record !== undefined) {
      checkGenesis(directory, record, chain);
      await checkCode(provider, directory, record);
      return { state: "deployed", record };
    }
    return (await checkJournal(provider, directory, chain)) ? { state: "interrupted" } : { state: "none" };
  } catch (reason) {
    const noted = await readNotedChain(directory);
    // Only what is known to come from an embedded chain is worthless on another: a consortium's record never is.
    if (reason instanceof SystemError && chain.embedded && noted?.embedded === true) return { state: "stale", reason };
    throw reason;
  }
}

/**
 * The record of the suite on a connected chain, held against it.
 *
 * @throws SystemError SystemNotDeployed, and what `findDeployment` throws
 */
export async function loadSystem(
  hre: HardhatRuntimeEnvironment,
  connection: SystemConnection,
  options: StoreOptions = {},
): Promise<DeploymentRecord> {
  const directory = deploymentDirectory(hre, connection, options);
  const chain = await readChain(connection.provider);
  const found = await findDeployment(connection.provider, directory, chain);
  switch (found.state) {
    case "deployed":
      return found.record;
    case "stale":
      throw found.reason;
    case "none":
    case "interrupted": {
      const network = connection.networkName;
      const inProcess = directory === undefined;
      throw new SystemError(
        "SystemNotDeployed",
        `The suite is not ${found.state === "none" ? "" : "wholly "}deployed on the network ${network}.`,
        { network },
        inProcess
          ? "Name a network that outlives the command: start one with `npm start`, then add `--network localhost`."
          : `Run \`hardhat system deploy --network ${network}\`.`,
      );
    }
  }
}

function checkGenesis(directory: string, recorded: Pick<Chain, "chainId" | "genesisHash">, chain: Chain): void {
  const { chainId, genesisHash } = recorded;
  if (chainId === chain.chainId && genesisHash === chain.genesisHash) return;
  throw new SystemError(
    "SystemGenesisMismatch",
    `What is deployed according to ${directory} is on another chain: chain ${chainId} with genesis ${genesisHash}, while the network's is chain ${chain.chainId} with genesis ${chain.genesisHash}.`,
    {
      directory,
      expected: { chainId, genesisHash },
      found: { chainId: chain.chainId, genesisHash: chain.genesisHash },
    },
    `Check the network's URL. If the chain was begun anew on purpose, move ${directory} away and deploy again.`,
  );
}

async function checkCode(
  provider: SystemConnection["provider"],
  directory: string,
  record: DeploymentRecord,
): Promise<void> {
  const [first, ...others] = await codeMismatches(provider, record);
  if (first === undefined) return;
  const more = others.length === 0 ? "" : `, and ${others.length} more contracts differ`;
  throw new SystemError(
    "SystemCodeMismatch",
    `${first.contract} at ${first.address} has ${first.found === undefined ? "no code" : "other code than recorded"}${more}.`,
    { directory, mismatches: [first, ...others] },
    `Check the network's URL, and that the record was not edited. If the chain was begun anew on purpose, move ${directory} away and deploy again.`,
  );
}

/** Holds a journal without a record against the chain: Ignition itself would believe the journal of another chain. */
async function checkJournal(provider: SystemConnection["provider"], directory: string, chain: Chain): Promise<boolean> {
  const addresses = await readJournal(directory);
  if (addresses === undefined) return false;
  const noted = await readNotedChain(directory);
  if (noted === undefined) {
    throw new SystemError(
      "SystemJournalUnknown",
      `${directory} holds a journal, but not the note of which chain it belongs to.`,
      { directory },
      "Restore chain.json beside the journal, or move the directory away and deploy again.",
    );
  }
  checkGenesis(directory, noted, chain);
  const hashes = await Promise.all(addresses.map((address) => codeHashAt(provider, address)));
  const missing = addresses.find((_, index) => hashes[index] === undefined);
  if (missing === undefined) return true;
  throw new SystemError(
    "SystemCodeMismatch",
    `The journal in ${directory} says that there is a contract at ${missing}, but there is no code.`,
    { directory, address: missing },
    `Check the network's URL. If the chain was begun anew on purpose, move ${directory} away and deploy again.`,
  );
}
