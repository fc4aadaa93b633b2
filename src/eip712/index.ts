/**
 * What a participant signs, as EIP-712 data: the types of contracts/libraries/ConsentTypedData.sol, field for field. viem
 * takes them whole, with the primary type by name; ethers takes the one struct alone: `{ Grant: consentTypes.Grant }`.
 */
export const consentTypes = {
  /** An opening: the participant agrees to registered terms. */
  Grant: [
    { name: "participantId", type: "bytes32" },
    { name: "scopeId", type: "bytes32" },
    { name: "termsDigest", type: "bytes32" },
    { name: "elements", type: "uint64" },
    { name: "preferences", type: "uint8" },
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
  Suspend: [
    { name: "participantId", type: "bytes32" },
    { name: "scopeId", type: "bytes32" },
    { name: "minVersion", type: "uint16" },
    { name: "signedAt", type: "uint32" },
    { name: "deadline", type: "uint32" },
  ],
  /** A closing: the consent ends; only a new grant opens again. */
  Withdraw: [
    { name: "participantId", type: "bytes32" },
    { name: "scopeId", type: "bytes32" },
    { name: "extent", type: "uint8" },
    { name: "minVersion", type: "uint16" },
    { name: "signedAt", type: "uint32" },
    { name: "deadline", type: "uint32" },
  ],
} as const;

/** The struct that is signed: one of the four changes. */
export type ConsentPrimaryType = keyof typeof consentTypes;

/** The EIP-712 domain: signatures count on one contract of one chain. */
export interface ConsentDomain {
  readonly name: "Concord Consent";
  readonly version: "1";
  readonly chainId: number;
  readonly verifyingContract: `0x${string}`;
}

/**
 * The domain of a ConsentRegistry.
 * @param chainId the chain's EIP-155 id
 * @param registryAddress the registry's address on that chain, in hex with 0x
 */
export function consentDomain(chainId: number, registryAddress: `0x${string}`): ConsentDomain {
  return { name: "Concord Consent", version: "1", chainId, verifyingContract: registryAddress };
}
