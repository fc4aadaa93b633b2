import { type ConcordClient, getBlock } from "../sdk/index.ts";
import { buildFhirConsent, type FhirConsent } from "./build/fhir.ts";
import { claimsAt } from "./claims.ts";
import { type OneConsentArguments, readOneConsent } from "./read/oneConsent.ts";
import type { MakeErrorType } from "./read/reading.ts";

export type MakeFhirConsentParameters = OneConsentArguments;

export type MakeFhirConsentReturnType = FhirConsent;

export type MakeFhirConsentErrorType = MakeErrorType;

/**
 * One consent as an HL7 FHIR R5 Consent.
 * @throws InvalidInputError, HistoryIncompleteError, ConcordContractError ScopeUnknown; NotFoundError for who never acted
 */
export async function makeFhirConsent(
  client: ConcordClient,
  parameters: MakeFhirConsentParameters,
): Promise<MakeFhirConsentReturnType> {
  const block = await getBlock(client, { blockNumber: parameters.blockNumber });
  const { picture, institutions, given } = await readOneConsent({ client, block }, parameters);
  return buildFhirConsent(picture, institutions, claimsAt(client, "fhir", block, given));
}
