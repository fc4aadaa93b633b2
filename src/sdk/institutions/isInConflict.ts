import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import type { InvalidInputError } from "../errors.ts";
import { read, type ReadErrorType } from "../internal/read.ts";
import { checkId } from "../internal/validate.ts";

export interface IsInConflictParameters {
  readonly institutionId: Hex;
  readonly other: Hex;
}

export type IsInConflictReturnType = boolean;

export type IsInConflictErrorType = InvalidInputError | ReadErrorType;

/**
 * Whether two institutions are in conflict of interest, in either order; an institution is with itself.
 * @throws InvalidInputError
 */
export async function isInConflict(
  client: ConcordClient,
  { institutionId, other }: IsInConflictParameters,
): Promise<IsInConflictReturnType> {
  checkId("institutionId", institutionId);
  checkId("other", other);
  const args = [institutionId, other] as const;
  return read(client, { contract: "institutionRegistry", functionName: "isInConflict", args });
}
