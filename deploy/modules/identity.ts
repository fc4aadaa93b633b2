import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import accessModule from "./access.ts";
import { restrict } from "./restrict.ts";

/** The register of institutions, and the verifiers of keys that are no accounts. */
export default buildModule("Identity", (m) => {
  const { accessManager } = m.useModule(accessModule);
  const institutionRegistry = m.contract("InstitutionRegistry", [accessManager]);
  restrict(m, accessManager, "institutionRegistry", institutionRegistry);
  const p256Verifier = m.contract("ERC7913P256Verifier");
  const webAuthnVerifier = m.contract("ERC7913WebAuthnVerifier");
  return { institutionRegistry, p256Verifier, webAuthnVerifier };
});
