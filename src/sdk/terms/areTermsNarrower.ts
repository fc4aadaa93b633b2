import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import type { InvalidInputError } from "../errors.ts";
import { read, type ReadErrorType } from "../internal/read.ts";
import { checkId, checkUint } from "../internal/validate.ts";

export interface AreTermsNarrowerParameters {
  readonly scopeId: Hex;
  /** The number of terms in the scope (uint16, from 1). */
  readonly narrower: number;
  /** The number of terms in the scope (uint16, from 1). */
  readonly broader: number;
}

export type AreTermsNarrowerReturnType = boolean;

export type AreTermsNarrowerErrorType = InvalidInputError | ReadErrorType;

/**
 * Whether terms are registered as allowing no more than others. The same terms are no such pair, and no pair follows
 * from two others.
 * @throws InvalidInputError
 */
export async function areTermsNarrower(
  client: ConcordClient,
  { scopeId, narrower, broader }: AreTermsNarrowerParameters,
): Promise<AreTermsNarrowerReturnType> {
  checkId("scopeId", scopeId);
  checkUint("narrower", narrower, 16, 1);
  checkUint("broader", broader, 16, 1);
  const args = [scopeId, narrower, broader] as const;
  return read(client, { contract: "termsRegistry", functionName: "isNarrower", args });
}
