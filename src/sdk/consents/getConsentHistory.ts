import type { Hex } from "viem";

import { type ConsentWord, decodeWord } from "../../model/index.ts";
import type { ConcordClient } from "../client.ts";
import type { InvalidInputError } from "../errors.ts";
import { latestBlockNumber, read, type ReadErrorType } from "../internal/read.ts";
import { checkBytes32, checkId, checkUint } from "../internal/validate.ts";

export interface GetConsentHistoryParameters {
  readonly scopeId: Hex;
  readonly participantId: Hex;
  /** The ordinal of the first word to read (uint16); 0 unless told. */
  readonly offset?: number | undefined;
  /** How many words to read at the most; 100 unless told. */
  readonly limit?: number | undefined;
  /** The block to read at; the latest unless told. Name the same one for each page. */
  readonly blockNumber?: bigint | undefined;
}

export interface GetConsentHistoryReturnType {
  readonly blockNumber: bigint;
  /** By ordinal, from `offset` on; the last of all is the standing word. */
  readonly words: readonly ConsentWord[];
  /** How many words there are in all; 0 for who never acted. */
  readonly total: number;
}

export type GetConsentHistoryErrorType = InvalidInputError | ReadErrorType;

/**
 * Every word of a participant in a scope, as it was when an opening replaced it, page by page.
 * @throws InvalidInputError
 */
export async function getConsentHistory(
  client: ConcordClient,
  parameters: GetConsentHistoryParameters,
): Promise<GetConsentHistoryReturnType> {
  const { scopeId, participantId, offset = 0, limit = 100 } = parameters;
  checkId("scopeId", scopeId);
  checkBytes32("participantId", participantId);
  checkUint("offset", offset, 16);
  checkUint("limit", limit, 16, 1);
  const blockNumber = parameters.blockNumber ?? (await latestBlockNumber(client));
  const standing = decodeWord(
    await read(client, {
      contract: "consentRegistry",
      functionName: "wordOf",
      args: [scopeId, participantId],
      blockNumber,
    }),
  );
  const total = standing.version === 0 ? 0 : standing.ordinal + 1;
  const ordinals = Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, index) => offset + index);
  const words = await Promise.all(
    ordinals.map(async (ordinal) => {
      const args = [scopeId, participantId, ordinal] as const;
      return decodeWord(await read(client, { contract: "consentRegistry", functionName: "wordAt", args, blockNumber }));
    }),
  );
  return { blockNumber, words, total };
}
