import type { Hex } from "viem";

import { CONSENT_STATUSES, type ConsentStatus, type ConsentWord, decodeWord } from "../../model/index.ts";
import type { ConcordClient } from "../client.ts";
import type { InvalidInputError } from "../errors.ts";
import { nameOf } from "../internal/enums.ts";
import { type PageOptions, readPages, zip } from "../internal/pages.ts";
import { latestBlockNumber, read, type ReadErrorType } from "../internal/read.ts";
import { checkBytes32, checkId, checkList } from "../internal/validate.ts";

export interface GetConsentsParameters extends PageOptions {
  readonly scopeId: Hex;
  /** Whose; the answers come in this order. */
  readonly participantIds: readonly Hex[];
  /** The block to read at; the latest unless told. */
  readonly blockNumber?: bigint | undefined;
}

/** A participant's standing answer. */
export interface StandingConsent {
  readonly participantId: Hex;
  readonly word: ConsentWord;
  /** Computed at the block's time. */
  readonly status: ConsentStatus;
}

export interface GetConsentsReturnType {
  /** All answers are of this block. */
  readonly blockNumber: bigint;
  readonly consents: readonly StandingConsent[];
}

export type GetConsentsErrorType = InvalidInputError | ReadErrorType;

/**
 * The standing consents of many participants in a scope, page by page, all of one block. Where an id's consent has moved to
 * another, that one's.
 * @throws InvalidInputError
 */
export async function getConsents(
  client: ConcordClient,
  parameters: GetConsentsParameters,
): Promise<GetConsentsReturnType> {
  const { scopeId, participantIds } = parameters;
  checkId("scopeId", scopeId);
  checkList("participantIds", participantIds);
  participantIds.forEach((id, index) => {
    checkBytes32(`participantIds[${index}]`, id);
  });
  const blockNumber = parameters.blockNumber ?? (await latestBlockNumber(client));
  const consents = await readPages(participantIds, parameters, async (page) => {
    const args = [scopeId, page] as const;
    const standings = await read(client, { contract: "concordLens", functionName: "standings", args, blockNumber });
    return zip(page, standings).map(([participantId, { word, status }]): StandingConsent => {
      return { participantId, word: decodeWord(word), status: nameOf(CONSENT_STATUSES, status) };
    });
  });
  return { blockNumber, consents };
}
