import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import accessModule from "./access.ts";
import identityModule from "./identity.ts";
import { restrict } from "./restrict.ts";

/** Ontology releases and anchors of datasets. */
export default buildModule("Dataset", (m) => {
  const { accessManager } = m.useModule(accessModule);
  const { institutionRegistry } = m.useModule(identityModule);
  const ontologyRegistry = m.contract("OntologyRegistry", [accessManager]);
  const datasetRegistry = m.contract("DatasetRegistry", [accessManager, institutionRegistry]);
  restrict(m, accessManager, "ontologyRegistry", ontologyRegistry);
  restrict(m, accessManager, "datasetRegistry", datasetRegistry);
  return { ontologyRegistry, datasetRegistry };
});
