import type { Hex } from "viem";

import { NO_EXPIRY, WithdrawalExtent } from "../../model/index.ts";
import { checkBigUint, checkId, checkUint, refuse } from "./validate.ts";

/** What a participant agrees to. */
export interface GrantTerms {
  readonly scopeId: Hex;
  /** Digest of terms that the scope's custodian or committee has published. */
  readonly termsDigest: Hex;
  /** Bits of the data dictionary's categories and elements (uint64). */
  readonly elements: bigint;
  /** Preferences byte (uint8); 0 unless told. */
  readonly preferences?: number | undefined;
  /** First second at which the consent no longer holds (Unix seconds, uint32); NO_EXPIRY unless told. */
  readonly until?: number | undefined;
}

/** The grant with nothing left out, checked. */
export function completeGrant(grant: GrantTerms): {
  scopeId: Hex;
  termsDigest: Hex;
  elements: bigint;
  preferences: number;
  until: number;
} {
  const { scopeId, termsDigest, elements, preferences = 0, until = NO_EXPIRY } = grant;
  checkId("scopeId", scopeId);
  checkId("termsDigest", termsDigest);
  checkBigUint("elements", elements, 64);
  checkUint("preferences", preferences, 8);
  checkUint("until", until, 32);
  return { scopeId, termsDigest, elements, preferences, until };
}

/** Throws unless a withdrawal can have the extent. */
export function checkExtent(input: string, extent: unknown): asserts extent is 1 | 2 | 3 {
  const { NoFurtherContact, NoFurtherAccess, NoFurtherUse } = WithdrawalExtent;
  if (![NoFurtherContact, NoFurtherAccess, NoFurtherUse].some((known) => known === extent)) {
    const fix = `Give ${input} as 1 (no further contact), 2 (no further access) or 3 (no further use).`;
    throw refuse(input, extent, "no extent of a withdrawal", fix);
  }
}
