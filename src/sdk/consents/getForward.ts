import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import type { InvalidInputError } from "../errors.ts";
import { read, type ReadErrorType } from "../internal/read.ts";
import { checkBytes32, checkId } from "../internal/validate.ts";

export interface GetForwardParameters {
  readonly scopeId: Hex;
  readonly participantId: Hex;
  /** The block to read at; the latest unless told. */
  readonly blockNumber?: bigint | undefined;
}

export interface GetForwardReturnType {
  /** The id under which the consent goes on: the one asked for, unless it forwards to another. */
  readonly participantId: Hex;
  readonly isForwarded: boolean;
}

export type GetForwardErrorType = InvalidInputError | ReadErrorType;

/**
 * Where a participant's consent goes on, after a takeover or a recovery.
 * @throws InvalidInputError
 */
export async function getForward(
  client: ConcordClient,
  { scopeId, participantId, blockNumber }: GetForwardParameters,
): Promise<GetForwardReturnType> {
  checkId("scopeId", scopeId);
  checkBytes32("participantId", participantId);
  const args = [scopeId, participantId] as const;
  const forward = await read(client, { contract: "consentRegistry", functionName: "forwardOf", args, blockNumber });
  return { participantId: forward, isForwarded: forward.toLowerCase() !== participantId.toLowerCase() };
}
