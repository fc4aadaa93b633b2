import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import type { InvalidInputError } from "../errors.ts";
import { addressOf } from "../internal/contracts.ts";
import { read, type ReadErrorType } from "../internal/read.ts";
import { checkBytes32, checkId } from "../internal/validate.ts";

export interface IsInScopeIndexParameters {
  readonly scopeId: Hex;
  readonly participantId: Hex;
}

export type IsInScopeIndexReturnType = boolean;

export type IsInScopeIndexErrorType = InvalidInputError | ReadErrorType;

/**
 * Whether a participant stands in a scope's index.
 * @throws InvalidInputError
 */
export async function isInScopeIndex(
  client: ConcordClient,
  { scopeId, participantId }: IsInScopeIndexParameters,
): Promise<IsInScopeIndexReturnType> {
  checkId("scopeId", scopeId);
  checkBytes32("participantId", participantId);
  const args = [addressOf(client, "consentRegistry"), scopeId, participantId] as const;
  return read(client, { contract: "scopeIndex", functionName: "isIndexed", args });
}
