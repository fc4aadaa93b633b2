import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { Address } from "viem";

import { type ContractKey, contractKeys, type DeploymentRecord, type Fork } from "../../src/deployments/index.ts";
import { type Chain, probeFork, readChain, type SystemConnection } from "./chain.ts";
import { codeMismatches } from "./code.ts";
import { SystemError } from "./errors.ts";
import { deploymentDirectory, findDeployment, type StoreOptions } from "./find.ts";
import { clientOf, readRoleHolders, type RoleHolder, type RoleHolders } from "./roleState.ts";
import { readRecord } from "./store.ts";

/**
 * `none`: nothing was deployed; `interrupted`: a deployment was begun and can be resumed; `mismatch`: what was recorded is
 * not what the chain has; `deployed`: all is there.
 */
export type SystemState = "none" | "interrupted" | "mismatch" | "deployed";

/** A contract of the record on this chain. */
export interface ContractStatus {
  readonly contract: ContractKey;
  readonly address: Address;
  readonly code: "present" | "absent" | "different";
}

export interface SystemStatus extends Chain {
  readonly network: string;
  readonly fork: Fork;
  readonly state: SystemState;
  /** Why the state is `mismatch`, and what to do. */
  readonly problem?: { readonly name: string; readonly message: string; readonly fix: string };
  readonly suiteVersion?: string;
  readonly contracts: readonly ContractStatus[];
  /** Who administers now; only where all is there. */
  readonly governance?: readonly RoleHolder[];
  readonly roles?: RoleHolders;
}

/**
 * How the suite stands on a connected chain. Nothing deployed and a record of another chain are answers, not errors.
 *
 * @throws SystemError SystemRecordCorrupt, SystemJournalCorrupt, SystemGenesisUnknown, SystemForkUnsupported
 */
export async function systemStatus(
  hre: HardhatRuntimeEnvironment,
  connection: SystemConnection,
  options: StoreOptions = {},
): Promise<SystemStatus> {
  const { provider, networkName: network } = connection;
  const directory = deploymentDirectory(hre, connection, options);
  const chain = await readChain(provider);
  const base = { network, ...chain, fork: await probeFork(provider) };
  const record = directory === undefined ? undefined : await readRecord(directory);
  const contracts = record === undefined ? [] : await contractStates(provider, record);
  let found;
  try {
    found = await findDeployment(provider, directory, chain);
  } catch (error) {
    if (!(error instanceof SystemError) || error.name === "SystemJournalCorrupt") throw error;
    found = { state: "stale", reason: error } as const;
  }
  if (found.state === "stale") {
    const { name, message, fix } = found.reason;
    return { ...base, state: "mismatch", problem: { name, message, fix }, contracts };
  }
  if (found.state !== "deployed") return { ...base, state: found.state, contracts };
  const roles = await readRoleHolders(clientOf(provider), found.record);
  const { suiteVersion } = found.record;
  return { ...base, state: "deployed", suiteVersion, contracts, governance: roles.ADMIN, roles };
}

async function contractStates(
  provider: SystemConnection["provider"],
  record: DeploymentRecord,
): Promise<ContractStatus[]> {
  const mismatches = new Map((await codeMismatches(provider, record)).map((mismatch) => [mismatch.contract, mismatch]));
  return contractKeys.map((contract) => {
    const mismatch = mismatches.get(contract);
    const { address } = record.contracts[contract];
    if (mismatch === undefined) return { contract, address, code: "present" };
    return { contract, address, code: mismatch.found === undefined ? "absent" : "different" };
  });
}
