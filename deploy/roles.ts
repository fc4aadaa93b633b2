import type { ContractKey } from "../src/deployments/index.ts";

/** Role numbers of contracts/access/Roles.sol; ADMIN is the AccessManager's own administrator. */
export const roles = {
  ADMIN: 0n,
  REGISTRAR: 1n,
  CURATOR: 2n,
  INSTITUTION_ADMIN: 3n,
  MEMBER: 4n,
  DUTY_KEEPER: 5n,
  CUSTODIAN: 16n,
  PROCESSOR: 17n,
  RESEARCHER: 18n,
  COMMITTEE: 19n,
  AUDITOR: 20n,
} as const;

export type RoleName = keyof typeof roles;

/** Every restricted function of the suite, under the one role that may call it. */
export const functionRoles = {
  institutionRegistry: {
    REGISTRAR: [
      ...["admit", "addAccount", "removeAccount", "addOfficial", "removeOfficial"],
      ...["suspend", "reinstate", "expel", "succeed", "liftConflict"],
    ],
    MEMBER: ["addUser", "removeUser", "declareConflict"],
  },
  ontologyRegistry: { CURATOR: ["publish"] },
  datasetRegistry: {
    CUSTODIAN: ["anchor", "anchorVersion", "anchorDerived", "anchorDerivedVersion", "retract", "claim", "offerCopy"],
    MEMBER: ["attestMirror", "withdrawMirror"],
  },
  termsRegistry: { CUSTODIAN: ["createScope"], MEMBER: ["claimScope", "publish", "registerNarrower"] },
  factRegistry: { COMMITTEE: ["approveEthics"] },
  policyRegistry: {
    REGISTRAR: ["setJurisdictionTerms", "setReviewCommittee"],
    MEMBER: ["setCoConsent"],
    COMMITTEE: ["setCommitteeTerms"],
  },
  licenceRegistry: {
    CUSTODIAN: ["issue"],
    MEMBER: ["appeal", "suspend", "terminate"],
    RESEARCHER: ["request", "requestBySig", "subLicense"],
    COMMITTEE: ["approveWith", "reinstate", "reopen", "resolve", "vote"],
    DUTY_KEEPER: ["keepDuties"],
  },
  licenceDuties: {
    CUSTODIAN: ["accept", "defer", "impose", "reject"],
    MEMBER: ["declareBreach"],
    RESEARCHER: ["discharge"],
    COMMITTEE: ["cure"],
  },
  auditLog: { CUSTODIAN: ["log"] },
  provenanceRegistry: {
    CUSTODIAN: ["registerSpecimen"],
    MEMBER: ["registerAliquots", "offerCustody", "cancelOffer", "acceptCustody", "recordSequencing", "destroy"],
    RESEARCHER: ["recordAnalysis", "attestCopiesDestroyed"],
  },
} as const satisfies Partial<Record<ContractKey, Partial<Record<RoleName, readonly string[]>>>>;

export type RestrictedKey = keyof typeof functionRoles;

/** Who may grant and revoke a role; ADMIN for every role that is not named here. */
export const roleAdmins = {
  MEMBER: "INSTITUTION_ADMIN",
  CUSTODIAN: "INSTITUTION_ADMIN",
  PROCESSOR: "INSTITUTION_ADMIN",
  RESEARCHER: "INSTITUTION_ADMIN",
  COMMITTEE: "INSTITUTION_ADMIN",
  AUDITOR: "INSTITUTION_ADMIN",
} as const satisfies Partial<Record<RoleName, RoleName>>;

/** Who holds a role when the deployment is done; institutions' roles are granted as institutions are admitted. */
export const roleHolders = {
  ADMIN: "governance",
  REGISTRAR: "governance",
  CURATOR: "governance",
  INSTITUTION_ADMIN: "institutionRegistry",
  DUTY_KEEPER: "licenceDuties",
} as const satisfies Partial<Record<RoleName, ContractKey | "governance">>;
