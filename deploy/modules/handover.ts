import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import { type RoleName, roleHolders, roles } from "../roles.ts";
import accessModule from "./access.ts";
import auditModule from "./audit.ts";
import consentModule from "./consent.ts";
import datasetModule from "./dataset.ts";
import identityModule from "./identity.ts";
import lensModule from "./lens.ts";
import licenceModule from "./licence.ts";
import systemModule from "./system.ts";

// Ignition waits for a module's own futures, not for those of the modules that it uses: each is named.
const everything = [accessModule, identityModule, datasetModule, consentModule, licenceModule, auditModule, lensModule];

/**
 * The last step: everyone gets their roles and the deployer gives up its own, in one transaction, so that no state is
 * ever seen in which neither or both administer. Parameters: `governance`, `executionDelay`.
 */
export default buildModule("Handover", (m) => {
  const contracts = m.useModule(systemModule);
  const { accessManager } = contracts;
  const governance = m.getParameter<string>("governance");
  const executionDelay = m.getParameter<number>("executionDelay");

  const grants = Object.entries(roleHolders).map(([role, holder]) => {
    const number = roles[role as RoleName];
    // Only the administrator waits: a registrar admits and suspends at once.
    const args = [
      number,
      holder === "governance" ? governance : contracts[holder],
      role === "ADMIN" ? executionDelay : 0,
    ];
    return m.encodeFunctionCall(accessManager, "grantRole", args, { id: `grant_${role}` });
  });
  const renounce = m.encodeFunctionCall(accessManager, "renounceRole", [roles.ADMIN, m.getAccount(0)]);
  m.call(accessManager, "multicall", [[...grants, renounce]], { id: "handover", after: everything });
  return contracts;
});
