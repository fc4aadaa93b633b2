import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import accessModule from "./access.ts";
import consentModule from "./consent.ts";
import datasetModule from "./dataset.ts";
import identityModule from "./identity.ts";
import { restrict } from "./restrict.ts";

/** Decisions, the layers that make them, and the licences. */
export default buildModule("Licence", (m) => {
  const { accessManager } = m.useModule(accessModule);
  const { institutionRegistry } = m.useModule(identityModule);
  const { ontologyRegistry, datasetRegistry } = m.useModule(datasetModule);
  const { termsRegistry, consentRegistry } = m.useModule(consentModule);
  const factRegistry = m.contract("FactRegistry", [accessManager, institutionRegistry]);
  const decisionRegistry = m.contract("DecisionRegistry", [ontologyRegistry, factRegistry]);
  const policyRegistry = m.contract("PolicyRegistry", [accessManager, institutionRegistry, termsRegistry]);
  const licenceLayers = m.contract("LicenceLayers", [consentRegistry, termsRegistry, decisionRegistry, policyRegistry]);
  const licenceCard = m.contract("LicenceCard");
  const licenceRegistry = m.contract("LicenceRegistry", [
    accessManager,
    institutionRegistry,
    datasetRegistry,
    termsRegistry,
    factRegistry,
    policyRegistry,
    licenceLayers,
    licenceCard,
  ]);
  const licenceDuties = m.contract("LicenceDuties", [accessManager, institutionRegistry, licenceRegistry]);
  restrict(m, accessManager, "factRegistry", factRegistry);
  restrict(m, accessManager, "policyRegistry", policyRegistry);
  restrict(m, accessManager, "licenceRegistry", licenceRegistry);
  restrict(m, accessManager, "licenceDuties", licenceDuties);
  return {
    factRegistry,
    decisionRegistry,
    policyRegistry,
    licenceLayers,
    licenceCard,
    licenceRegistry,
    licenceDuties,
  };
});
