import type { Hex } from "viem";

import { CONSENT_STATUSES, decodeWord } from "../../model/index.ts";
import type { ConcordClient } from "../client.ts";
import type { InvalidInputError } from "../errors.ts";
import { nameOf } from "../internal/enums.ts";
import { latestBlockNumber, read, type ReadErrorType } from "../internal/read.ts";
import { checkBytes32, checkId } from "../internal/validate.ts";
import type { StandingConsent } from "./getConsents.ts";

export interface GetConsentParameters {
  readonly scopeId: Hex;
  readonly participantId: Hex;
  /** The block to read at; the latest unless told. */
  readonly blockNumber?: bigint | undefined;
}

export type GetConsentReturnType = StandingConsent;

export type GetConsentErrorType = InvalidInputError | ReadErrorType;

/**
 * A participant's standing consent in a scope, or that of the id to which theirs has moved. Who never acted has the empty word
 * and the status None.
 * @throws InvalidInputError
 */
export async function getConsent(
  client: ConcordClient,
  parameters: GetConsentParameters,
): Promise<GetConsentReturnType> {
  const { scopeId, participantId } = parameters;
  checkId("scopeId", scopeId);
  checkBytes32("participantId", participantId);
  const blockNumber = parameters.blockNumber ?? (await latestBlockNumber(client));
  const args = [scopeId, participantId] as const;
  const [word, status] = await Promise.all([
    read(client, { contract: "consentRegistry", functionName: "wordOf", args, blockNumber }),
    read(client, { contract: "consentRegistry", functionName: "statusOf", args, blockNumber }),
  ]);
  return { participantId, word: decodeWord(word), status: nameOf(CONSENT_STATUSES, status) };
}
