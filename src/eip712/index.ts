/** What a grant and an update say. */
const agreed = [
  { name: "participantId", type: "bytes32" },
  { name: "scopeId", type: "bytes32" },
  { name: "termsDigest", type: "bytes32" },
  { name: "elements", type: "uint64" },
  { name: "preferences", type: "uint8" },
  { name: "until", type: "uint32" },
  { name: "version", type: "uint16" },
  { name: "signedAt", type: "uint32" },
  { name: "deadline", type: "uint32" },
] as const;

/** What a suspension, a decline and an annulment say. */
const closing = [
  { name: "participantId", type: "bytes32" },
  { name: "scopeId", type: "bytes32" },
  { name: "minVersion", type: "uint16" },
  { name: "signedAt", type: "uint32" },
  { name: "deadline", type: "uint32" },
] as const;

/**
 * What a participant or their delegate signs about a consent, as EIP-712 data: the types of
 * contracts/libraries/ConsentTypedData.sol, field for field. viem takes them whole, with the primary type by name;
 * ethers takes the one struct alone: `{ Grant: consentTypes.Grant }`.
 */
export const consentTypes = {
  /** An opening: the participant agrees to registered terms. */
  Grant: agreed,
  /** An opening: a standing consent is changed in what it agrees to. */
  Update: agreed,
  /** An opening: a standing consent ends later, under its own terms. */
  Extend: [
    { name: "participantId", type: "bytes32" },
    { name: "scopeId", type: "bytes32" },
    { name: "termsDigest", type: "bytes32" },
    { name: "until", type: "uint32" },
    { name: "version", type: "uint16" },
    { name: "signedAt", type: "uint32" },
    { name: "deadline", type: "uint32" },
  ],
  /** An opening: a suspended consent goes on under its own terms. */
  Resume: [
    { name: "participantId", type: "bytes32" },
    { name: "scopeId", type: "bytes32" },
    { name: "version", type: "uint16" },
    { name: "signedAt", type: "uint32" },
    { name: "deadline", type: "uint32" },
  ],
  /** A closing: the consent rests until it is resumed. */
  Suspend: closing,
  /** A closing: the participant says no to what they are asked. */
  Decline: closing,
  /** A closing: the consent ends; only a new grant opens again. */
  Withdraw: [
    { name: "participantId", type: "bytes32" },
    { name: "scopeId", type: "bytes32" },
    { name: "extent", type: "uint8" },
    { name: "minVersion", type: "uint16" },
    { name: "signedAt", type: "uint32" },
    { name: "deadline", type: "uint32" },
  ],
  /** A closing: the consent was entered in error. */
  Annul: closing,
  /** An opening: what a custodian or guardian has kept moves to the participant's own key. */
  TakeOver: [
    { name: "participantId", type: "bytes32" },
    { name: "scopeId", type: "bytes32" },
    { name: "attestedId", type: "bytes32" },
    { name: "signedAt", type: "uint32" },
    { name: "deadline", type: "uint32" },
  ],
  /** The participant's no to the move of their consent to another key. */
  Veto: [
    { name: "participantId", type: "bytes32" },
    { name: "scopeId", type: "bytes32" },
    { name: "newParticipantId", type: "bytes32" },
    { name: "signedAt", type: "uint32" },
    { name: "deadline", type: "uint32" },
  ],
} as const;

/** The struct that is signed about a consent. */
export type ConsentPrimaryType = keyof typeof consentTypes;

/**
 * What a participant signs about their proxies, as EIP-712 data: the types of
 * contracts/libraries/DelegateTypedData.sol, field for field.
 */
export const delegateTypes = {
  /** The participant makes someone their proxy. */
  Appoint: [
    { name: "participantId", type: "bytes32" },
    { name: "scopeId", type: "bytes32" },
    { name: "delegateId", type: "bytes32" },
    { name: "verbs", type: "uint8" },
    { name: "until", type: "uint32" },
    { name: "signedAt", type: "uint32" },
    { name: "deadline", type: "uint32" },
  ],
  /** The participant takes a mandate back. */
  Dismiss: [
    { name: "participantId", type: "bytes32" },
    { name: "scopeId", type: "bytes32" },
    { name: "delegateId", type: "bytes32" },
    { name: "signedAt", type: "uint32" },
    { name: "deadline", type: "uint32" },
  ],
} as const;

/** The struct that is signed about a proxy. */
export type DelegatePrimaryType = keyof typeof delegateTypes;

/**
 * What an official of a licensee signs about facts, as EIP-712 data: the type of contracts/licence/FactRegistry.sol,
 * field for field.
 */
export const factTypes = {
  /** The licensee answers for facts of a purpose. */
  Statement: [
    { name: "licensee", type: "bytes32" },
    { name: "purposeDigest", type: "bytes32" },
    { name: "facts", type: "uint32" },
    { name: "document", type: "bytes32" },
    { name: "number", type: "uint32" },
    { name: "deadline", type: "uint32" },
  ],
} as const;

/**
 * What an official of a licensee signs for the account that asks for a licence, as EIP-712 data: the type of
 * contracts/licence/LicenceRegistry.sol, field for field.
 */
export const licenceTypes = {
  /** The licensee asks for a licence. */
  SignedRequest: [
    { name: "holder", type: "address" },
    { name: "datasetId", type: "bytes32" },
    { name: "purposeDigest", type: "bytes32" },
    { name: "until", type: "uint32" },
    { name: "delivery", type: "uint8" },
    { name: "renews", type: "uint256" },
    { name: "deadline", type: "uint32" },
  ],
} as const;

/** An EIP-712 domain: signatures count on one contract of one chain. */
interface Domain<name extends string> {
  readonly name: name;
  readonly version: "1";
  readonly chainId: number;
  readonly verifyingContract: `0x${string}`;
}

/** The domain of what is signed about consents. */
export type ConsentDomain = Domain<"Concord Consent">;

/** The domain of what is signed about proxies. */
export type DelegateDomain = Domain<"Concord Delegates">;

/** The domain of what is signed about facts. */
export type FactDomain = Domain<"Concord FactRegistry">;

/** The domain of what is signed about licences. */
export type LicenceDomain = Domain<"Concord LicenceRegistry">;

/**
 * The domain of a ConsentRegistry.
 * @param chainId the chain's EIP-155 id
 * @param registryAddress the registry's address on that chain, in hex with 0x
 */
export function consentDomain(chainId: number, registryAddress: `0x${string}`): ConsentDomain {
  return { name: "Concord Consent", version: "1", chainId, verifyingContract: registryAddress };
}

/**
 * The domain of a DelegateRegistry.
 * @param chainId the chain's EIP-155 id
 * @param registryAddress the registry's address on that chain, in hex with 0x
 */
export function delegateDomain(chainId: number, registryAddress: `0x${string}`): DelegateDomain {
  return { name: "Concord Delegates", version: "1", chainId, verifyingContract: registryAddress };
}

/**
 * The domain of a FactRegistry.
 * @param chainId the chain's EIP-155 id
 * @param registryAddress the registry's address on that chain, in hex with 0x
 */
export function factDomain(chainId: number, registryAddress: `0x${string}`): FactDomain {
  return { name: "Concord FactRegistry", version: "1", chainId, verifyingContract: registryAddress };
}

/**
 * The domain of a LicenceRegistry.
 * @param chainId the chain's EIP-155 id
 * @param registryAddress the registry's address on that chain, in hex with 0x
 */
export function licenceDomain(chainId: number, registryAddress: `0x${string}`): LicenceDomain {
  return { name: "Concord LicenceRegistry", version: "1", chainId, verifyingContract: registryAddress };
}
