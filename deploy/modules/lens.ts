import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import consentModule from "./consent.ts";
import licenceModule from "./licence.ts";

/** Read-only views over several registries. */
export default buildModule("Lens", (m) => {
  const { consentRegistry, scopeIndex } = m.useModule(consentModule);
  const { licenceRegistry } = m.useModule(licenceModule);
  return { concordLens: m.contract("ConcordLens", [consentRegistry, licenceRegistry, scopeIndex]) };
});
