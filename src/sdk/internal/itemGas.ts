import { type Hex, size } from "viem";

import type { ChangeAuthorisation } from "./authorisation.ts";
import { groupEntriesOf } from "./groups.ts";
import { isAccount, isGroup } from "./signerBytes.ts";

/**
 * The most gas that one change of a batch needs, its calldata included: by an account's own ECDSA signature, or an
 * import.
 */
export const CHANGE_GAS = 120_000n;
/** What the registry gives foreign code to check one signature, and what it takes to copy the signature there. */
const FOREIGN_CHECK_GAS = 410_000n;
/** Calldata and its copies in memory, a byte (EIP-2028, EIP-7623). */
const BYTE_GAS = 40n;
/** Bytes of a plain signature, which CHANGE_GAS covers. */
const PLAIN_BYTES = 85;

/** The most gas that a signed change needs in a batch. An account with code takes more: the registry then says so. */
export function signedChangeGas({ signer, signature }: ChangeAuthorisation): bigint {
  const bytes = Math.max(0, size(signer) + size(signature) - PLAIN_BYTES);
  return CHANGE_GAS + BigInt(bytes) * BYTE_GAS + BigInt(foreignChecks(signer, signature)) * FOREIGN_CHECK_GAS;
}

function foreignChecks(signer: Hex, signature: Hex): number {
  if (isGroup(signer)) {
    const entries = groupEntriesOf(signature) ?? [];
    return entries.reduce((sum, entry) => sum + foreignChecks(entry.signer, entry.signature), 0);
  }
  return isAccount(signer) ? 0 : 1;
}
