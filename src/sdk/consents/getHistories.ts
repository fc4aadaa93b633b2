import type { Hex } from "viem";

import { type ConsentWord, decodeWord } from "../../model/index.ts";
import type { ConcordClient } from "../client.ts";
import type { InvalidInputError } from "../errors.ts";
import { type PageOptions, readPages } from "../internal/pages.ts";
import { latestBlockNumber, read, type ReadErrorType } from "../internal/read.ts";
import { checkBytes32, checkId, checkList, checkObject, checkUint } from "../internal/validate.ts";

/** Whose answer, and for what. */
export interface ConsentKey {
  readonly scopeId: Hex;
  readonly participantId: Hex;
}

export interface GetHistoriesParameters extends PageOptions {
  /** The answers come in this order. */
  readonly keys: readonly ConsentKey[];
  /** The first time of signing to give words of (Unix seconds, uint32); the beginning unless told. */
  readonly from?: number | undefined;
  /** The last (Unix seconds, uint32); the end unless told. */
  readonly to?: number | undefined;
  /** The block to read at; the latest unless told. */
  readonly blockNumber?: bigint | undefined;
}

export interface GetHistoriesReturnType {
  /** All answers are of this block. */
  readonly blockNumber: bigint;
  /** Of each key its words by ordinal: each as it was when an opening replaced it, and the last as it stands. */
  readonly histories: readonly (readonly ConsentWord[])[];
}

export type GetHistoriesErrorType = InvalidInputError | ReadErrorType;

/**
 * All words of many consents at once, for instance of one participant's in all scopes, page by page, all of one block.
 * It is the history of the very ids: see getForward for where a consent has moved, and getConsentHistory for who did
 * what.
 * @throws InvalidInputError
 */
export async function getHistories(
  client: ConcordClient,
  parameters: GetHistoriesParameters,
): Promise<GetHistoriesReturnType> {
  const { keys, from = 0, to = 2 ** 32 - 1 } = parameters;
  checkList("keys", keys);
  keys.forEach((key, index) => {
    checkObject(`keys[${index}]`, key);
    checkId(`keys[${index}].scopeId`, key.scopeId);
    checkBytes32(`keys[${index}].participantId`, key.participantId);
  });
  checkUint("from", from, 32);
  checkUint("to", to, 32);
  const blockNumber = parameters.blockNumber ?? (await latestBlockNumber(client));
  const histories = await readPages(keys, parameters, async (page) => {
    const args = [page, BigInt(from), BigInt(to)] as const;
    const words = await read(client, {
      contract: "consentRegistry",
      functionName: "wordsSignedBetween",
      args,
      blockNumber,
    });
    return words.map((history) => history.map(decodeWord));
  });
  return { blockNumber, histories };
}
