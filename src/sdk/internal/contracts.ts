import type { Address } from "viem";

import {
  auditLogAbi,
  concordLensAbi,
  consentRegistryAbi,
  datasetRegistryAbi,
  decisionRegistryAbi,
  delegateRegistryAbi,
  factRegistryAbi,
  institutionRegistryAbi,
  licenceDutiesAbi,
  licenceRegistryAbi,
  ontologyRegistryAbi,
  policyRegistryAbi,
  provenanceRegistryAbi,
  scopeIndexAbi,
  termsRegistryAbi,
} from "../../bindings/abi.ts";
import type { ConcordClient } from "../client.ts";

/** The contracts that the actions call, by their key in the deployment record. */
export const abis = {
  auditLog: auditLogAbi,
  concordLens: concordLensAbi,
  consentRegistry: consentRegistryAbi,
  datasetRegistry: datasetRegistryAbi,
  decisionRegistry: decisionRegistryAbi,
  delegateRegistry: delegateRegistryAbi,
  factRegistry: factRegistryAbi,
  institutionRegistry: institutionRegistryAbi,
  licenceDuties: licenceDutiesAbi,
  licenceRegistry: licenceRegistryAbi,
  ontologyRegistry: ontologyRegistryAbi,
  policyRegistry: policyRegistryAbi,
  provenanceRegistry: provenanceRegistryAbi,
  scopeIndex: scopeIndexAbi,
  termsRegistry: termsRegistryAbi,
} as const;

export type Abis = typeof abis;
export type ContractName = keyof Abis;

export function addressOf(client: ConcordClient, contract: ContractName): Address {
  return client.deployment.contracts[contract].address;
}
