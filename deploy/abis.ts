import type { Abi } from "viem";

import {
  accessManagerAbi,
  auditLogAbi,
  concordLensAbi,
  consentRegistryAbi,
  datasetRegistryAbi,
  decisionRegistryAbi,
  delegateRegistryAbi,
  erc7913P256VerifierAbi,
  erc7913WebAuthnVerifierAbi,
  factRegistryAbi,
  institutionRegistryAbi,
  licenceCardAbi,
  licenceDutiesAbi,
  licenceLayersAbi,
  licenceRegistryAbi,
  ontologyRegistryAbi,
  policyRegistryAbi,
  provenanceRegistryAbi,
  scopeIndexAbi,
  termsRegistryAbi,
} from "../src/bindings/abi.ts";
import type { ContractKey } from "../src/deployments/index.ts";

/** ABI of every contract of the suite. */
export const abis = {
  accessManager: accessManagerAbi,
  institutionRegistry: institutionRegistryAbi,
  p256Verifier: erc7913P256VerifierAbi,
  webAuthnVerifier: erc7913WebAuthnVerifierAbi,
  ontologyRegistry: ontologyRegistryAbi,
  datasetRegistry: datasetRegistryAbi,
  termsRegistry: termsRegistryAbi,
  delegateRegistry: delegateRegistryAbi,
  scopeIndex: scopeIndexAbi,
  consentRegistry: consentRegistryAbi,
  factRegistry: factRegistryAbi,
  decisionRegistry: decisionRegistryAbi,
  policyRegistry: policyRegistryAbi,
  licenceLayers: licenceLayersAbi,
  licenceCard: licenceCardAbi,
  licenceRegistry: licenceRegistryAbi,
  licenceDuties: licenceDutiesAbi,
  auditLog: auditLogAbi,
  provenanceRegistry: provenanceRegistryAbi,
  concordLens: concordLensAbi,
} as const satisfies Record<ContractKey, Abi>;
