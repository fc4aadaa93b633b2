import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import accessModule from "./access.ts";
import { restrict } from "./restrict.ts";

/** The register of institutions. */
export default buildModule("Identity", (m) => {
  const { accessManager } = m.useModule(accessModule);
  const institutionRegistry = m.contract("InstitutionRegistry", [accessManager]);
  restrict(m, accessManager, "institutionRegistry", institutionRegistry);
  return { institutionRegistry };
});
