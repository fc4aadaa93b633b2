import { type Hex, zeroHash } from "viem";

import type { ConcordClient } from "../client.ts";
import { checkId } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface SetJurisdictionTermsParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly scopeId: Hex;
  /** Digest of the rules, published as terms of the scope; undefined for none any more. */
  readonly termsDigest: Hex | undefined;
}

export type SetJurisdictionTermsReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  { readonly scopeId: Hex; readonly termsDigest: Hex | undefined },
  dryRun
>;

export type SetJurisdictionTermsErrorType = WriteErrorType;

/**
 * Sets the rules of the jurisdiction that a scope is under. For the registrar.
 * @throws InvalidInputError, ConcordContractError PolicyTermsUnknown, AccessManagedUnauthorized
 */
export async function setJurisdictionTerms<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: SetJurisdictionTermsParameters<dryRun>,
): Promise<SetJurisdictionTermsReturnType<dryRun>> {
  const { scopeId, termsDigest } = parameters;
  checkId("scopeId", scopeId);
  if (termsDigest !== undefined) checkId("termsDigest", termsDigest);
  const args = [scopeId, termsDigest ?? zeroHash] as const;
  return write(client, parameters, { contract: "policyRegistry", functionName: "setJurisdictionTerms", args }, () => ({
    scopeId,
    termsDigest,
  }));
}
