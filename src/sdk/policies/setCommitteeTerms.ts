import { type Hex, zeroHash } from "viem";

import type { ConcordClient } from "../client.ts";
import { eventIn } from "../internal/events.ts";
import { checkId } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface SetCommitteeTermsParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly scopeId: Hex;
  /** Digest of the conditions, published as terms of the scope; undefined for none any more. */
  readonly termsDigest: Hex | undefined;
}

export type SetCommitteeTermsReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  { readonly scopeId: Hex; readonly termsDigest: Hex | undefined; readonly committee: Hex },
  dryRun
>;

export type SetCommitteeTermsErrorType = WriteErrorType;

/**
 * Sets the committee's conditions of every use in a scope. For an account of the scope's committee.
 * @throws InvalidInputError, ConcordContractError PolicyNotResponsible, PolicyTermsUnknown, ScopeUnknown,
 * AccessManagedUnauthorized
 */
export async function setCommitteeTerms<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: SetCommitteeTermsParameters<dryRun>,
): Promise<SetCommitteeTermsReturnType<dryRun>> {
  const { scopeId, termsDigest } = parameters;
  checkId("scopeId", scopeId);
  if (termsDigest !== undefined) checkId("termsDigest", termsDigest);
  const args = [scopeId, termsDigest ?? zeroHash] as const;
  return write(client, parameters, { contract: "policyRegistry", functionName: "setCommitteeTerms", args }, (logs) => ({
    scopeId,
    termsDigest,
    committee: eventIn(client, logs, "policyRegistry", "CommitteeTermsSet").committee,
  }));
}
