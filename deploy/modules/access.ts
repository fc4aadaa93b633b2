import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { encodeFunctionData } from "viem";

import { abis } from "../abis.ts";
import { roleAdmins, type RoleName, roles } from "../roles.ts";

/** The one AccessManager, administered by the deployer until the handover, with its roles' administrators. */
export default buildModule("Access", (m) => {
  const accessManager = m.contract("AccessManager", [m.getAccount(0)]);
  const calls = Object.entries(roleAdmins).map(([role, admin]) =>
    encodeFunctionData({
      abi: abis.accessManager,
      functionName: "setRoleAdmin",
      args: [roles[role as RoleName], roles[admin]],
    }),
  );
  m.call(accessManager, "multicall", [calls], { id: "roleAdmins" });
  return { accessManager };
});
