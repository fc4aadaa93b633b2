import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import type { InvalidInputError } from "../errors.ts";
import { read, type ReadErrorType } from "../internal/read.ts";
import { checkId } from "../internal/validate.ts";

export interface IsInstitutionUserParameters {
  readonly institutionId: Hex;
  /** The person's salted commitment; see commitTo. */
  readonly commitment: Hex;
}

export type IsInstitutionUserReturnType = boolean;

export type IsInstitutionUserErrorType = InvalidInputError | ReadErrorType;

/**
 * Whether a person is a user of an institution, whatever its standing.
 * @throws InvalidInputError
 */
export async function isInstitutionUser(
  client: ConcordClient,
  { institutionId, commitment }: IsInstitutionUserParameters,
): Promise<IsInstitutionUserReturnType> {
  checkId("institutionId", institutionId);
  checkId("commitment", commitment);
  const args = [institutionId, commitment] as const;
  return read(client, { contract: "institutionRegistry", functionName: "isUser", args });
}
