import type { Hex } from "viem";

import { MAX_PREFERENCES, NO_EXPIRY, WithdrawalExtent } from "../../model/index.ts";
import { InvalidInputError } from "../errors.ts";
import { checkBigUint, checkId, checkUint, refuse } from "./validate.ts";

/** What a participant agrees to. */
export interface GrantTerms {
  readonly scopeId: Hex;
  /** Digest of terms that the scope's custodian or committee has published. */
  readonly termsDigest: Hex;
  /** Bits of the data dictionary's categories and elements (uint64). */
  readonly elements: bigint;
  /** Bits of PREFERENCES and one of AFTER_DEATH; 0 unless told, which allows least. */
  readonly preferences?: number | undefined;
  /** First second at which the consent no longer holds (Unix seconds, uint32); NO_EXPIRY unless told. */
  readonly until?: number | undefined;
}

/** What is agreed to, with nothing left out. */
export interface CompleteGrant {
  readonly scopeId: Hex;
  readonly termsDigest: Hex;
  readonly elements: bigint;
  readonly preferences: number;
  readonly until: number;
}

/**
 * The grant with nothing left out, checked, preferences included: nothing is signed that the registry always refuses.
 * `place` stands before the fields' names in errors.
 */
export function completeGrant(grant: GrantTerms, place = ""): CompleteGrant {
  const { scopeId, termsDigest, elements, preferences = 0, until = NO_EXPIRY } = grant;
  const complete = checkedGrant(place, { scopeId, termsDigest, elements, preferences, until });
  if (preferences > MAX_PREFERENCES) {
    throw new InvalidInputError(
      `${place}preferences`,
      `${place}preferences is ${preferences}, which has a bit that means nothing.`,
      "Use bits of PREFERENCES, and one of AFTER_DEATH.",
      { name: "ConsentPreferencesInvalid" },
    );
  }
  return complete;
}

/** The grant itself, once its fields are what the registry can decode. */
export function checkedGrant(place: string, grant: CompleteGrant): CompleteGrant {
  const { scopeId, termsDigest, elements, preferences, until } = grant;
  checkId(`${place}scopeId`, scopeId);
  checkId(`${place}termsDigest`, termsDigest);
  checkBigUint(`${place}elements`, elements, 64);
  checkUint(`${place}preferences`, preferences, 8);
  checkUint(`${place}until`, until, 32);
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

/** What an extension says: when the consent ends from now on, and under which terms it stands. */
export interface Extension {
  readonly scopeId: Hex;
  /** Digest of the terms that stand: an extension changes nothing but the end. */
  readonly termsDigest: Hex;
  /**
   * First second at which the consent no longer holds (Unix seconds, uint32), later than before; NO_EXPIRY unless told.
   */
  readonly until?: number | undefined;
}

/** The extension with nothing left out, checked. */
export function completeExtension({ scopeId, termsDigest, until = NO_EXPIRY }: Extension): Required<Extension> & {
  readonly until: number;
} {
  checkId("scopeId", scopeId);
  checkId("termsDigest", termsDigest);
  checkUint("until", until, 32);
  return { scopeId, termsDigest, until };
}
