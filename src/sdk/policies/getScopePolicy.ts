import type { Hex } from "viem";

import { isZero } from "../../model/index.ts";
import type { ConcordClient } from "../client.ts";
import type { InvalidInputError } from "../errors.ts";
import { read, type ReadErrorType } from "../internal/read.ts";
import { checkId } from "../internal/validate.ts";

export interface GetScopePolicyParameters {
  readonly scopeId: Hex;
  /** The block to read at; the latest unless told. */
  readonly blockNumber?: bigint | undefined;
}

/** Who has a say in a scope besides the participant and the dataset. */
export interface GetScopePolicyReturnType {
  /** Participant id of the group whose co-consent is asked for. */
  readonly group: Hex | undefined;
  /** Digest of the committee's conditions. */
  readonly committeeTerms: Hex | undefined;
  /** Digest of the jurisdiction's rules. */
  readonly jurisdictionTerms: Hex | undefined;
  /** Who hears appeals, and votes where the scope's committee has a conflict of interest. */
  readonly reviewCommittee: Hex | undefined;
}

export type GetScopePolicyErrorType = InvalidInputError | ReadErrorType;

/**
 * What a scope asks for besides; all undefined for a scope that asks for nothing, or that there is none of.
 * @throws InvalidInputError
 */
export async function getScopePolicy(
  client: ConcordClient,
  { scopeId, blockNumber }: GetScopePolicyParameters,
): Promise<GetScopePolicyReturnType> {
  checkId("scopeId", scopeId);
  const request = { contract: "policyRegistry", args: [scopeId], blockNumber } as const;
  const [policy, reviewCommittee] = await Promise.all([
    read(client, { ...request, functionName: "policyOf" }),
    read(client, { ...request, functionName: "reviewCommitteeOf" }),
  ]);
  const orNone = (id: Hex) => (isZero(id) ? undefined : id);
  return {
    group: orNone(policy.group),
    committeeTerms: orNone(policy.committeeTerms),
    jurisdictionTerms: orNone(policy.jurisdictionTerms),
    reviewCommittee: orNone(reviewCommittee),
  };
}
