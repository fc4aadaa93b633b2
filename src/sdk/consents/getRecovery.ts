import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import type { InvalidInputError } from "../errors.ts";
import { read, type ReadErrorType } from "../internal/read.ts";
import { checkBytes32, checkId } from "../internal/validate.ts";

export interface GetRecoveryParameters {
  readonly scopeId: Hex;
  /** The id whose key is said to be lost. */
  readonly participantId: Hex;
  /** The block to read at; the latest unless told. */
  readonly blockNumber?: bigint | undefined;
}

/** The move of a consent to a new key, while it is pending. */
export interface PendingRecovery {
  readonly newParticipantId: Hex;
  /** When the custodian asked for it (Unix seconds): no veto signed before counts. */
  readonly proposedAt: number;
  /** From when it may be completed (Unix seconds); undefined until a second institution has confirmed it. */
  readonly readyAt: number | undefined;
}

export interface GetRecoveryReturnType {
  readonly pending: PendingRecovery | undefined;
  /** When the participant last vetoed one (Unix seconds); undefined when never. */
  readonly vetoedAt: number | undefined;
}

export type GetRecoveryErrorType = InvalidInputError | ReadErrorType;

/**
 * Whether a participant's consent is about to move to a new key, and since when.
 * @throws InvalidInputError
 */
export async function getRecovery(
  client: ConcordClient,
  { scopeId, participantId, blockNumber }: GetRecoveryParameters,
): Promise<GetRecoveryReturnType> {
  checkId("scopeId", scopeId);
  checkBytes32("participantId", participantId);
  const args = [scopeId, participantId] as const;
  const { newParticipantId, proposedAt, readyAt, vetoedAt } = await read(client, {
    contract: "consentRegistry",
    functionName: "recoveryOf",
    args,
    blockNumber,
  });
  const isPending = BigInt(newParticipantId) !== 0n;
  return {
    pending: isPending ? { newParticipantId, proposedAt, readyAt: timeOf(readyAt) } : undefined,
    vetoedAt: timeOf(vetoedAt),
  };
}

/** The contract says 0 where something has not happened. */
function timeOf(seconds: number): number | undefined {
  return seconds === 0 ? undefined : seconds;
}
