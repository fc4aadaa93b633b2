import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import type { InvalidInputError } from "../errors.ts";
import { read, type ReadErrorType } from "../internal/read.ts";
import { checkId } from "../internal/validate.ts";

export interface GetScopeParameters {
  readonly scopeId: Hex;
  /** The block to read at; the latest unless told. */
  readonly blockNumber?: bigint | undefined;
}

export interface GetScopeReturnType {
  readonly scopeId: Hex;
  /** Institution that created it and holds its data. */
  readonly custodian: Hex;
  /** Institution that decides on requests. */
  readonly committee: Hex;
  /** How many terms it has: their numbers are 1 to that. */
  readonly termsCount: number;
}

export type GetScopeErrorType = InvalidInputError | ReadErrorType;

/**
 * Who is responsible for a scope.
 * @throws InvalidInputError, ConcordContractError ScopeUnknown
 */
export async function getScope(
  client: ConcordClient,
  { scopeId, blockNumber }: GetScopeParameters,
): Promise<GetScopeReturnType> {
  checkId("scopeId", scopeId);
  const request = { contract: "termsRegistry", args: [scopeId], blockNumber } as const;
  const [[custodian, committee], termsCount] = await Promise.all([
    read(client, { ...request, functionName: "scope" }),
    read(client, { ...request, functionName: "termsCount" }),
  ]);
  return { scopeId, custodian, committee, termsCount };
}
