/** Every contract of the suite by its key in a deployment record, with the name of its source. */
export const contractNames = {
  accessManager: "AccessManager",
  institutionRegistry: "InstitutionRegistry",
  p256Verifier: "ERC7913P256Verifier",
  webAuthnVerifier: "ERC7913WebAuthnVerifier",
  ontologyRegistry: "OntologyRegistry",
  datasetRegistry: "DatasetRegistry",
  termsRegistry: "TermsRegistry",
  delegateRegistry: "DelegateRegistry",
  scopeIndex: "ScopeIndex",
  consentRegistry: "ConsentRegistry",
  factRegistry: "FactRegistry",
  decisionRegistry: "DecisionRegistry",
  policyRegistry: "PolicyRegistry",
  licenceLayers: "LicenceLayers",
  licenceCard: "LicenceCard",
  licenceRegistry: "LicenceRegistry",
  licenceDuties: "LicenceDuties",
  auditLog: "AuditLog",
  provenanceRegistry: "ProvenanceRegistry",
  concordLens: "ConcordLens",
} as const;

export type ContractKey = keyof typeof contractNames;

export const contractKeys = Object.keys(contractNames) as readonly ContractKey[];
