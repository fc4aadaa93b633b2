import { type Address, createPublicClient, custom, getAddress, parseEventLogs, type PublicClient } from "viem";

import type { DeploymentRecord } from "../../src/deployments/index.ts";
import { abis } from "../abis.ts";
import { type RoleName, roles } from "../roles.ts";
import type { SystemConnection } from "./chain.ts";

/** An account that holds a role now. */
export interface RoleHolder {
  readonly account: Address;
  /** Seconds between its scheduling and executing of a call under this role. */
  readonly executionDelay: number;
}

export type RoleHolders = Readonly<Record<RoleName, readonly RoleHolder[]>>;

export function clientOf(provider: SystemConnection["provider"]): PublicClient {
  return createPublicClient({ transport: custom(provider) });
}

/** Who holds each role now: whoever was ever granted it, by the AccessManager's events, and still has it. */
export async function readRoleHolders(client: PublicClient, record: DeploymentRecord): Promise<RoleHolders> {
  const { address, startBlock } = record.contracts.accessManager;
  const abi = abis.accessManager;
  const logs = await client.getLogs({ address, fromBlock: BigInt(startBlock), toBlock: "latest" });
  const grants = parseEventLogs({ abi, logs, eventName: "RoleGranted" });
  const byRole = await Promise.all(
    Object.entries(roles).map(async ([role, roleId]) => {
      const granted = grants.filter(({ args }) => args.roleId === roleId).map(({ args }) => getAddress(args.account));
      const holders = await Promise.all(
        [...new Set(granted)].map(async (account): Promise<RoleHolder[]> => {
          const args = [roleId, account] as const;
          const [isMember, executionDelay] = await client.readContract({ abi, address, functionName: "hasRole", args });
          return isMember ? [{ account, executionDelay }] : [];
        }),
      );
      return [role, holders.flat()] as const;
    }),
  );
  return Object.fromEntries(byRole) as unknown as RoleHolders;
}
