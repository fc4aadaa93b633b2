import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import accessModule from "./access.ts";
import auditModule from "./audit.ts";
import consentModule from "./consent.ts";
import datasetModule from "./dataset.ts";
import identityModule from "./identity.ts";
import lensModule from "./lens.ts";
import licenceModule from "./licence.ts";

/** Every contract of the suite, wired, still administered by the deployer. Its results are a deployment record's keys. */
export default buildModule("System", (m) => ({
  ...m.useModule(accessModule),
  ...m.useModule(identityModule),
  ...m.useModule(datasetModule),
  ...m.useModule(consentModule),
  ...m.useModule(licenceModule),
  ...m.useModule(auditModule),
  ...m.useModule(lensModule),
}));
