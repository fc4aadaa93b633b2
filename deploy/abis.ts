import type { Abi } from "viem";

import {
  accessManagerAbi,
  auditLogAbi,
  concordLensAbi,
  consentLayerAbi,
  consentRegistryAbi,
  datasetLayerAbi,
  datasetRegistryAbi,
  decisionRegistryAbi,
  institutionFactsAbi,
  institutionRegistryAbi,
  licenceRegistryAbi,
  ontologyRegistryAbi,
  termsRegistryAbi,
} from "../src/bindings/abi.ts";
import type { ContractKey } from "../src/deployments/index.ts";

/** ABI of every contract of the suite. */
export const abis = {
  accessManager: accessManagerAbi,
  institutionRegistry: institutionRegistryAbi,
  ontologyRegistry: ontologyRegistryAbi,
  datasetRegistry: datasetRegistryAbi,
  termsRegistry: termsRegistryAbi,
  consentRegistry: consentRegistryAbi,
  institutionFacts: institutionFactsAbi,
  decisionRegistry: decisionRegistryAbi,
  consentLayer: consentLayerAbi,
  datasetLayer: datasetLayerAbi,
  licenceRegistry: licenceRegistryAbi,
  auditLog: auditLogAbi,
  concordLens: concordLensAbi,
} as const satisfies Record<ContractKey, Abi>;
