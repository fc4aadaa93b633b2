import { type ConcordClient, getBlock } from "../sdk/index.ts";
import { buildConsentReceipt, type ConsentReceipt } from "./build/receipt.ts";
import { claimsAt } from "./claims.ts";
import { type OneConsentArguments, readOneConsent } from "./read/oneConsent.ts";
import type { MakeErrorType } from "./read/reading.ts";

export type MakeConsentReceiptParameters = OneConsentArguments;

export type MakeConsentReceiptReturnType = ConsentReceipt;

export type MakeConsentReceiptErrorType = MakeErrorType;

/**
 * A receipt of one consent after ISO/IEC TS 27560:2023, in JSON-LD with the Data Privacy Vocabulary.
 * @throws InvalidInputError, HistoryIncompleteError, ConcordContractError ScopeUnknown; NotFoundError for who never acted
 */
export async function makeConsentReceipt(
  client: ConcordClient,
  parameters: MakeConsentReceiptParameters,
): Promise<MakeConsentReceiptReturnType> {
  const block = await getBlock(client, { blockNumber: parameters.blockNumber });
  const { picture, institutions, given } = await readOneConsent({ client, block }, parameters);
  return buildConsentReceipt(picture, institutions, claimsAt(client, "receipt", block, given));
}
