import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import accessModule from "./access.ts";
import consentModule from "./consent.ts";
import identityModule from "./identity.ts";
import licenceModule from "./licence.ts";
import { restrict } from "./restrict.ts";

/** The log of accesses. */
export default buildModule("Audit", (m) => {
  const { accessManager } = m.useModule(accessModule);
  const { institutionRegistry } = m.useModule(identityModule);
  const { consentRegistry } = m.useModule(consentModule);
  const { licenceRegistry } = m.useModule(licenceModule);
  const auditLog = m.contract("AuditLog", [accessManager, institutionRegistry, licenceRegistry, consentRegistry]);
  restrict(m, accessManager, "auditLog", auditLog);
  return { auditLog };
});
