import type { Hex } from "viem";

import type { Permitted } from "../../model/index.ts";
import type { ConcordClient } from "../client.ts";
import type { InvalidInputError } from "../errors.ts";
import { read, type ReadErrorType } from "../internal/read.ts";
import { checkBytes32, checkId, checkUint } from "../internal/validate.ts";

export interface GetPermittedAtParameters {
  readonly scopeId: Hex;
  readonly participantId: Hex;
  /** Unix seconds (uint32), not after the latest block's time. */
  readonly time: number;
}

export type GetPermittedAtReturnType = Permitted;

export type GetPermittedAtErrorType = InvalidInputError | ReadErrorType;

/**
 * Whether a participant permitted use at a time, and by which version. Exact for every time before the latest block's;
 * within the latest second a closing may still come.
 * @throws InvalidInputError, ConcordContractError ConsentTimeInFuture
 */
export async function getPermittedAt(
  client: ConcordClient,
  { scopeId, participantId, time }: GetPermittedAtParameters,
): Promise<GetPermittedAtReturnType> {
  checkId("scopeId", scopeId);
  checkBytes32("participantId", participantId);
  checkUint("time", time, 32);
  const args = [scopeId, participantId, BigInt(time)] as const;
  const [permitted, version] = await read(client, { contract: "consentRegistry", functionName: "permittedAt", args });
  return { permitted, version };
}
