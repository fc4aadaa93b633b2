import { type Hex, size, slice } from "viem";

import { checkBytes, refuse } from "./validate.ts";

// The kinds of signer bytes that contracts/libraries/SignerLib.sol knows, and their limits.

/** Bytes of an account's address; the first bytes of every other signer name a verifier. */
export const ACCOUNT_BYTES = 20;
/** Twenty zero bytes, the members' root, and k in one byte. */
const GROUP_BYTES = ACCOUNT_BYTES + 32 + 1;
export const LONGEST_SIGNER = 1_024;

/** Whether signer bytes are an account's address. */
export function isAccount(signer: Hex): boolean {
  return size(signer) === ACCOUNT_BYTES;
}

/** Whether signer bytes are a group's: no verifier has the address zero. */
export function isGroup(signer: Hex): boolean {
  return size(signer) === GROUP_BYTES && hasNoVerifier(signer);
}

/** Throws unless the value is the bytes of a signer that the contracts can check. */
export function checkSigner(input: string, value: unknown): asserts value is Hex {
  checkBytes(input, value, ACCOUNT_BYTES, LONGEST_SIGNER);
  if (isAccount(value)) return;
  if (isGroup(value)) {
    if (slice(value, GROUP_BYTES - 1) !== "0x00") return;
    throw refuse(input, value, "a group that nobody can sign for", "Give a group whose last byte, k, is at least 1.");
  }
  if (hasNoVerifier(value)) {
    const fix = "Give the 20 bytes of an account, a verifier's address and a key, or a group's 53 bytes.";
    throw refuse(input, value, "no kind of signer", fix);
  }
}

function hasNoVerifier(signer: Hex): boolean {
  return BigInt(slice(signer, 0, ACCOUNT_BYTES)) === 0n;
}
