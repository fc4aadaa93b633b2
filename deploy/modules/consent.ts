import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";

import accessModule from "./access.ts";
import datasetModule from "./dataset.ts";
import identityModule from "./identity.ts";
import { restrict } from "./restrict.ts";

/** Scopes with their terms; delegates, index and consents, on which nobody holds a role. */
export default buildModule("Consent", (m) => {
  const { accessManager } = m.useModule(accessModule);
  const { institutionRegistry, p256Verifier, webAuthnVerifier } = m.useModule(identityModule);
  const { ontologyRegistry } = m.useModule(datasetModule);
  const termsRegistry = m.contract("TermsRegistry", [accessManager, institutionRegistry, ontologyRegistry]);
  const verifiers = [p256Verifier, webAuthnVerifier];
  const delegateRegistry = m.contract("DelegateRegistry", [institutionRegistry, termsRegistry, verifiers]);
  const scopeIndex = m.contract("ScopeIndex");
  const consentRegistry = m.contract("ConsentRegistry", [
    termsRegistry,
    institutionRegistry,
    delegateRegistry,
    scopeIndex,
    verifiers,
  ]);
  restrict(m, accessManager, "termsRegistry", termsRegistry);
  return { termsRegistry, delegateRegistry, scopeIndex, consentRegistry };
});
