import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import accessModule from "./access.ts";
import datasetModule from "./dataset.ts";
import identityModule from "./identity.ts";
import { restrict } from "./restrict.ts";

/** Scopes with their terms, and the consents, on which nobody holds a role. */
export default buildModule("Consent", (m) => {
  const { accessManager } = m.useModule(accessModule);
  const { institutionRegistry } = m.useModule(identityModule);
  const { ontologyRegistry } = m.useModule(datasetModule);
  const termsRegistry = m.contract("TermsRegistry", [accessManager, institutionRegistry, ontologyRegistry]);
  const consentRegistry = m.contract("ConsentRegistry", [termsRegistry]);
  restrict(m, accessManager, "termsRegistry", termsRegistry);
  return { termsRegistry, consentRegistry };
});
