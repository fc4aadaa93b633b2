import { type Hex, zeroHash } from "viem";

import {
  type Fact,
  FACTS,
  type Kind,
  KINDS,
  maskOf,
  ModelError,
  type Modifier,
  MODIFIERS,
  namesOf,
  NO_EXPIRY,
  type Permission,
  PERMISSIONS,
  type Purpose,
  type Terms,
} from "../model/index.ts";
import { InvalidInputError } from "./errors.ts";

/** Terms with their codes by name. */
export interface TermsCodes {
  /** DUO permissions, for instance "DS". */
  readonly permissions: readonly string[];
  /** DUO modifiers, for instance "NPU"; none unless told. */
  readonly modifiers?: readonly string[] | undefined;
  /** Mondo terms (seven digits as a number), ascending; none unless told. */
  readonly diseases?: readonly number[] | undefined;
  /** Root of the ontology release, with DS; zero unless told. */
  readonly ontologyRelease?: Hex | undefined;
  /** First second at which the terms hold (Unix seconds); at once unless told. */
  readonly from?: number | undefined;
  /** First second at which consents under the terms count as expired (Unix seconds); never unless told. */
  readonly reConsentBy?: number | undefined;
  /** Digest of the form and the information sheets; zero unless told. */
  readonly documents?: Hex | undefined;
}

export type TermsFromCodesErrorType = InvalidInputError;

/**
 * Terms from the names of their codes. Whether they go together is checked where the terms are used.
 * @throws InvalidInputError DataUseUnknownBits when a code is none of this version
 */
export function termsFromCodes(codes: TermsCodes): Terms {
  const { permissions, modifiers = [], diseases = [], ontologyRelease = zeroHash } = codes;
  const { from = 0, reConsentBy = NO_EXPIRY, documents = zeroHash } = codes;
  return {
    permissions: mask("permissions", PERMISSIONS, permissions),
    modifiers: mask("modifiers", MODIFIERS, modifiers),
    diseases,
    ontologyRelease,
    from,
    reConsentBy,
    documents,
  };
}

/** The names of terms' codes, in the order of their bits. */
export function codesOfTerms({ permissions, modifiers }: Pick<Terms, "permissions" | "modifiers">): {
  permissions: Permission[];
  modifiers: Modifier[];
} {
  return { permissions: namesOf(PERMISSIONS, permissions), modifiers: namesOf(MODIFIERS, modifiers) };
}

/** A purpose with its codes by name. */
export interface PurposeCodes {
  /** Kinds of use, for instance "DS". */
  readonly kinds: readonly string[];
  /** Mondo terms (seven digits as a number), ascending; none unless told. */
  readonly diseases?: readonly number[] | undefined;
  /** Facts that no record attests yet, for instance "notForProfit"; none unless told. */
  readonly unattested?: readonly string[] | undefined;
}

export type PurposeFromCodesErrorType = InvalidInputError;

/**
 * A purpose from the names of its codes. Whether it is well formed is checked where it is used.
 * @throws InvalidInputError DataUseUnknownBits when a code is none of this version
 */
export function purposeFromCodes({ kinds, diseases = [], unattested = [] }: PurposeCodes): Purpose {
  return { kinds: mask("kinds", KINDS, kinds), diseases, unattested: mask("unattested", FACTS, unattested) };
}

/** The names of a purpose's codes, in the order of their bits. */
export function codesOfPurpose({ kinds, unattested }: Pick<Purpose, "kinds" | "unattested">): {
  kinds: Kind[];
  unattested: Fact[];
} {
  return { kinds: namesOf(KINDS, kinds), unattested: namesOf(FACTS, unattested) };
}

function mask(input: string, table: Readonly<Record<string, number>>, names: readonly string[]): number {
  try {
    return maskOf(table, names);
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    const fix = `Give ${input} out of ${Object.keys(table).join(", ")}.`;
    throw new InvalidInputError(input, `${input}: ${error.message}.`, fix, { name: error.name, cause: error });
  }
}
