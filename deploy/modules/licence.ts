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
  const institutionFacts = m.contract("InstitutionFacts", [institutionRegistry]);
  const decisionRegistry = m.contract("DecisionRegistry", [ontologyRegistry, institutionFacts]);
  const consentLayer = m.contract("ConsentLayer", [consentRegistry, termsRegistry, decisionRegistry]);
  const datasetLayer = m.contract("DatasetLayer", [termsRegistry, decisionRegistry]);
  const licenceRegistry = m.contract("LicenceRegistry", [
    accessManager,
    institutionRegistry,
    datasetRegistry,
    termsRegistry,
    consentLayer,
    [datasetLayer],
  ]);
  restrict(m, accessManager, "licenceRegistry", licenceRegistry);
  return { institutionFacts, decisionRegistry, consentLayer, datasetLayer, licenceRegistry };
});
