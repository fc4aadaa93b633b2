import type {
  ContractFuture,
  IgnitionModuleBuilder,
  NamedArtifactContractDeploymentFuture,
} from "@nomicfoundation/ignition-core";

import { roles, type RestrictedKey } from "../roles.ts";
import { permissions } from "../selectors.ts";

/** Gives every restricted function of a contract its role, in one transaction. */
export function restrict(
  m: IgnitionModuleBuilder,
  accessManager: NamedArtifactContractDeploymentFuture<string>,
  key: RestrictedKey,
  contract: ContractFuture<string>,
): void {
  const calls = permissions()
    .filter((permission) => permission.contract === key)
    .map(({ role, selectors }) =>
      m.encodeFunctionCall(accessManager, "setTargetFunctionRole", [contract, [...selectors], roles[role]], {
        id: `${key}_${role}`,
      }),
    );
  m.call(accessManager, "multicall", [calls], { id: `${key}_functionRoles` });
}
