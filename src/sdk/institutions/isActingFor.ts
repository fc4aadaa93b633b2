import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import type { InvalidInputError } from "../errors.ts";
import { read, type ReadErrorType } from "../internal/read.ts";
import { checkId } from "../internal/validate.ts";

export interface IsActingForParameters {
  /** The institution that wants to act. */
  readonly caller: Hex;
  /** The institution whose matter it is. */
  readonly institutionId: Hex;
}

export type IsActingForReturnType = boolean;

export type IsActingForErrorType = InvalidInputError | ReadErrorType;

/**
 * Whether an institution has the say in another's matters: it is the same one, or was reached from it by successions. Says
 * nothing of standing.
 * @throws InvalidInputError
 */
export async function isActingFor(
  client: ConcordClient,
  { caller, institutionId }: IsActingForParameters,
): Promise<IsActingForReturnType> {
  checkId("caller", caller);
  checkId("institutionId", institutionId);
  const args = [caller, institutionId] as const;
  return read(client, { contract: "institutionRegistry", functionName: "isActingFor", args });
}
