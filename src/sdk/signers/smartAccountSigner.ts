import type { Address } from "viem";

import type { InvalidInputError } from "../errors.ts";
import { type ParticipantSigner, resolveSigner, type SignerAdapter } from "../internal/signers.ts";
import { checkAddress } from "../internal/validate.ts";

export interface SmartAccountSignerParameters {
  /** The smart account: whose consent it is. */
  readonly address: Address;
  /** Whoever may sign for it. */
  readonly owner: ParticipantSigner;
}

export type SmartAccountSignerReturnType = SignerAdapter;

export type SmartAccountSignerErrorType = InvalidInputError;

/**
 * A smart account (ERC-1271) as a signer, where the account takes its owner's signature of the very digest. A wallet
 * that wraps digests or signatures needs an adapter of its own: its address as `signer`, and its way to sign.
 * @throws InvalidInputError
 */
export function smartAccountSigner({ address, owner }: SmartAccountSignerParameters): SmartAccountSignerReturnType {
  checkAddress("address", address);
  return {
    signer: address,
    sign: async ({ typedData }) => (await resolveSigner(owner, "owner")).sign(typedData),
  };
}
