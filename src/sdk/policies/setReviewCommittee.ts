import { type Hex, zeroHash } from "viem";

import type { ConcordClient } from "../client.ts";
import { checkId } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface SetReviewCommitteeParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly scopeId: Hex;
  /** A member with the role committee; undefined for none any more. */
  readonly committee: Hex | undefined;
}

export type SetReviewCommitteeReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  { readonly scopeId: Hex; readonly committee: Hex | undefined },
  dryRun
>;

export type SetReviewCommitteeErrorType = WriteErrorType;

/**
 * Names who hears appeals in a scope, and votes where its committee has a conflict of interest. For the registrar.
 * @throws InvalidInputError, ConcordContractError PolicyNotCommittee, PolicyReviewsItself, ScopeUnknown,
 * AccessManagedUnauthorized
 */
export async function setReviewCommittee<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: SetReviewCommitteeParameters<dryRun>,
): Promise<SetReviewCommitteeReturnType<dryRun>> {
  const { scopeId, committee } = parameters;
  checkId("scopeId", scopeId);
  if (committee !== undefined) checkId("committee", committee);
  const args = [scopeId, committee ?? zeroHash] as const;
  return write(client, parameters, { contract: "policyRegistry", functionName: "setReviewCommittee", args }, () => ({
    scopeId,
    committee,
  }));
}
