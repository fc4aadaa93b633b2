import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import accessModule from "./access.ts";
import consentModule from "./consent.ts";
import datasetModule from "./dataset.ts";
import identityModule from "./identity.ts";
import licenceModule from "./licence.ts";
import { restrict } from "./restrict.ts";

/** The log of accesses, and what came from what. */
export default buildModule("Audit", (m) => {
  const { accessManager } = m.useModule(accessModule);
  const { institutionRegistry } = m.useModule(identityModule);
  const { datasetRegistry } = m.useModule(datasetModule);
  const { consentRegistry } = m.useModule(consentModule);
  const { licenceRegistry } = m.useModule(licenceModule);
  const auditLog = m.contract("AuditLog", [accessManager, institutionRegistry, licenceRegistry, consentRegistry]);
  const provenanceRegistry = m.contract("ProvenanceRegistry", [
    accessManager,
    institutionRegistry,
    datasetRegistry,
    licenceRegistry,
  ]);
  restrict(m, accessManager, "auditLog", auditLog);
  restrict(m, accessManager, "provenanceRegistry", provenanceRegistry);
  return { auditLog, provenanceRegistry };
});
