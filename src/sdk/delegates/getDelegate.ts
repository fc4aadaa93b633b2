import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import type { InvalidInputError } from "../errors.ts";
import { type Mandate, mandateOf } from "../internal/mandates.ts";
import { read, type ReadErrorType } from "../internal/read.ts";
import { checkBytes32, checkId } from "../internal/validate.ts";

export interface GetDelegateParameters {
  readonly scopeId: Hex;
  readonly participantId: Hex;
  readonly delegateId: Hex;
  /** The block to read at; the latest unless told. */
  readonly blockNumber?: bigint | undefined;
}

export type GetDelegateReturnType = Mandate;

export type GetDelegateErrorType = InvalidInputError | ReadErrorType;

/**
 * What someone may do for a participant in a scope, whether or not its end has passed; the kind None when nothing.
 * @throws InvalidInputError
 */
export async function getDelegate(
  client: ConcordClient,
  { scopeId, participantId, delegateId, blockNumber }: GetDelegateParameters,
): Promise<GetDelegateReturnType> {
  checkId("scopeId", scopeId);
  checkBytes32("participantId", participantId);
  checkBytes32("delegateId", delegateId);
  const args = [scopeId, participantId, delegateId] as const;
  return mandateOf(await read(client, { contract: "delegateRegistry", functionName: "mandateOf", args, blockNumber }));
}
