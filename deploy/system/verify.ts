import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { type Abi, type AbiFunction, type Address, getAddress, type PublicClient, toFunctionSelector } from "viem";

import {
  type ConstructorArgument,
  type ContractKey,
  contractKeys,
  type DeploymentRecord,
} from "../../src/deployments/index.ts";
import { abis } from "../abis.ts";
import { functionRoles, roleAdmins, roleHolders, type RoleName, roles } from "../roles.ts";
import { permissions } from "../selectors.ts";
import { readChain, type SystemConnection } from "./chain.ts";
import { sourceMismatches } from "./code.ts";
import { buildContracts, type DeployOptions } from "./deploy.ts";
import { SystemError } from "./errors.ts";
import { loadSystem } from "./find.ts";
import { wiredArguments } from "./ignition.ts";
import { clientOf, readRoleHolders, type RoleHolders } from "./roleState.ts";

/** One thing that was checked. `problem` is nothing when it holds. */
export interface Check {
  readonly name: string;
  readonly problem?: string;
}

export interface Verification {
  readonly network: string;
  readonly chainId: number;
  readonly suiteVersion: string;
  readonly ok: boolean;
  readonly checks: readonly Check[];
}

export type VerifyOptions = Pick<DeployOptions, "build" | "deployments" | "onProgress">;

/**
 * Checks the deployment on a connected chain against the local sources and the tables of roles, the handover included.
 *
 * @throws SystemError what `loadSystem` throws
 */
export async function verifySystem(
  hre: HardhatRuntimeEnvironment,
  connection: SystemConnection,
  options: VerifyOptions = {},
): Promise<Verification> {
  if (options.build ?? true) await buildContracts(hre, options.onProgress);
  return await verifyRecord(hre, connection, await loadSystem(hre, connection, options));
}

/** Checks a deployment of which the record is at hand. */
export async function verifyRecord(
  hre: HardhatRuntimeEnvironment,
  connection: SystemConnection,
  record: DeploymentRecord,
): Promise<Verification> {
  const { provider } = connection;
  const client = clientOf(provider);
  const [chain, sources, holders, functions, admins, authorities] = await Promise.all([
    readChain(provider),
    sourceMismatches(hre, provider, record),
    readRoleHolders(client, record),
    functionRoleProblems(client, record),
    roleAdminProblems(client, record),
    authorityProblems(client, record),
  ]);
  const differing = sources.map(({ contract }) => contract);
  const checks = [
    check(
      "chain",
      chain.chainId === record.chainId && chain.genesisHash === record.genesisHash ? [] : ["another chain"],
    ),
    ...contractKeys.map((key) =>
      check(`code of ${key}`, differing.includes(key) ? ["the local build gives other code"] : []),
    ),
    check("wiring", wiringProblems(record)),
    check("authority", authorities),
    check("function roles", functions),
    check("role administrators", admins),
    check("role holders", holderProblems(record, holders)),
    check("handover", handoverProblems(record, holders)),
  ];
  return {
    network: record.network,
    chainId: record.chainId,
    suiteVersion: record.suiteVersion,
    ok: checks.every(({ problem }) => problem === undefined),
    checks,
  };
}

/** @throws SystemError SystemVerificationFailed unless every check holds */
export function assertVerified({ ok, checks }: Verification): void {
  if (ok) return;
  const failed = checks.filter(({ problem }) => problem !== undefined);
  throw new SystemError(
    "SystemVerificationFailed",
    `${failed.length} of ${checks.length} checks failed: ${failed.map(({ name, problem }) => `${name} (${problem})`).join("; ")}.`,
    { checks },
    "Check out the version that the record names and verify again; if it still fails, do not use this deployment.",
  );
}

function check(name: string, problems: readonly string[]): Check {
  return problems.length === 0 ? { name } : { name, problem: problems.join(", ") };
}

function addressesOf(record: DeploymentRecord): Record<ContractKey, Address> {
  const entries = contractKeys.map((key) => [key, getAddress(record.contracts[key].address)]);
  return Object.fromEntries(entries) as Record<ContractKey, Address>;
}

/** The account that deployed: the AccessManager's first administrator. */
function deployerOf(record: DeploymentRecord): Address {
  return record.contracts.accessManager.constructorArguments[0] as Address;
}

/** The recorded constructor arguments, which the code check relies on, must be those of the modules. */
function wiringProblems(record: DeploymentRecord): string[] {
  const addresses = addressesOf(record);
  const plain = (values: readonly ConstructorArgument[]): string => JSON.stringify(values).toLowerCase();
  return contractKeys
    .filter((key) => {
      const expected = wiredArguments(key, addresses, deployerOf(record));
      return plain(expected) !== plain(record.contracts[key].constructorArguments);
    })
    .map((key) => `${key} was built with other constructor arguments`);
}

async function authorityProblems(client: PublicClient, { contracts }: DeploymentRecord): Promise<string[]> {
  const manager = getAddress(contracts.accessManager.address);
  const problems = await Promise.all(
    (Object.keys(functionRoles) as (keyof typeof functionRoles)[]).map(async (key) => {
      const { address } = contracts[key];
      const authority = await client.readContract({ abi: abis[key] as Abi, address, functionName: "authority" });
      const closed = await client.readContract({
        abi: abis.accessManager,
        address: manager,
        functionName: "isTargetClosed",
        args: [address],
      });
      if (authority !== manager) return [`${key} obeys ${String(authority)}`];
      return closed ? [`${key} is closed`] : [];
    }),
  );
  return problems.flat();
}

/** Holds every state-changing function of every contract against the table; what it does not name is governance's. */
async function functionRoleProblems(client: PublicClient, { contracts }: DeploymentRecord): Promise<string[]> {
  const expected = new Map(
    permissions().flatMap(({ contract, role, selectors }) =>
      selectors.map((selector): [string, RoleName] => [`${contract} ${selector}`, role]),
    ),
  );
  const problems = await Promise.all(
    contractKeys.flatMap((key) =>
      writingFunctions(key).map(async (item) => {
        const selector = toFunctionSelector(item);
        const role = expected.get(`${key} ${selector}`) ?? "ADMIN";
        const found = await client.readContract({
          abi: abis.accessManager,
          address: contracts.accessManager.address,
          functionName: "getTargetFunctionRole",
          args: [contracts[key].address, selector],
        });
        return found === roles[role] ? [] : [`${key}.${item.name} has role ${found}, not ${roles[role]}`];
      }),
    ),
  );
  return problems.flat();
}

function writingFunctions(key: ContractKey): AbiFunction[] {
  const abi: Abi = abis[key];
  return abi.filter(
    (item): item is AbiFunction =>
      item.type === "function" && item.stateMutability !== "view" && item.stateMutability !== "pure",
  );
}

async function roleAdminProblems(client: PublicClient, { contracts }: DeploymentRecord): Promise<string[]> {
  const expected: Readonly<Partial<Record<RoleName, RoleName>>> = roleAdmins;
  const problems = await Promise.all(
    (Object.keys(roles) as RoleName[]).map(async (role) => {
      const admin = roles[expected[role] ?? "ADMIN"];
      const found = await client.readContract({
        abi: abis.accessManager,
        address: contracts.accessManager.address,
        functionName: "getRoleAdmin",
        args: [roles[role]],
      });
      return found === admin ? [] : [`${role} is administered by role ${found}, not ${admin}`];
    }),
  );
  return problems.flat();
}

/**
 * The offices are held by whom the table names; governance may have appointed others beside itself, but not to ADMIN, nor
 * to what a contract alone holds.
 */
function holderProblems(record: DeploymentRecord, holders: RoleHolders): string[] {
  const named = { governance: record.parameters.governance, ...addressesOf(record) };
  return Object.entries(roleHolders).flatMap(([role, holder]) => {
    const account = getAddress(named[holder]);
    const found = holders[role as RoleName].map((held) => held.account);
    if (!found.includes(account)) return [`${holder} does not hold ${role}`];
    const closed = role === "ADMIN" || holder !== "governance";
    return closed && found.length > 1 ? [`${found.length} accounts hold ${role}`] : [];
  });
}

function handoverProblems(record: DeploymentRecord, holders: RoleHolders): string[] {
  const deployer = getAddress(deployerOf(record));
  const kept = Object.entries(holders)
    .filter(([, accounts]) => accounts.some(({ account }) => account === deployer))
    .map(([role]) => `the deployer still holds ${role}`);
  const { governance, executionDelay } = record.parameters;
  const admin = holders.ADMIN.find(({ account }) => account === getAddress(governance));
  const hasty = admin !== undefined && admin.executionDelay < executionDelay;
  return hasty ? [...kept, `governance waits ${admin.executionDelay} s, not ${executionDelay} s`] : kept;
}
