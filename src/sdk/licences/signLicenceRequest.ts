import type { Address, Hex, TypedDataDefinition } from "viem";

import { licenceDomain, licenceTypes } from "../../eip712/index.ts";
import type { Purpose } from "../../model/index.ts";
import type { ConcordClient } from "../client.ts";
import { purposeDigest } from "../dataUse/digests.ts";
import { addressOf } from "../internal/contracts.ts";
import { type LicenceAsk, wireAsk } from "../internal/licences.ts";
import { officialSignerOf, type SignatureOptions, type SigningErrorType } from "../internal/signing.ts";
import { checkAddress, checkId } from "../internal/validate.ts";

/** What an official has signed for the account that asks. Plain JSON: it may be stored and sent as it is. */
export interface OfficialSignature {
  /** The last second at which the signature may be used (Unix seconds). */
  readonly deadline: number;
  readonly signature: Hex;
}

export interface SignLicenceRequestParameters extends Omit<SignatureOptions, "signedAt">, LicenceAsk {
  /** The account that will ask, and hold the licence. */
  readonly holder: Address;
  readonly datasetId: Hex;
  /** What the data is asked for. */
  readonly purpose: Purpose;
}

export type SignLicenceRequestReturnType = OfficialSignature;

export type SignLicenceRequestErrorType = SigningErrorType;

/**
 * Signs, as an official of an institution, the request that another of its accounts will send. Sends nothing.
 * @returns plain JSON, for requestLicence in this process or another; it counts once
 * @throws InvalidInputError
 */
export async function signLicenceRequest(
  client: ConcordClient,
  parameters: SignLicenceRequestParameters,
): Promise<SignLicenceRequestReturnType> {
  const { holder, datasetId, purpose } = parameters;
  checkAddress("holder", holder);
  checkId("datasetId", datasetId);
  const fix = "Have an account that is a signing official sign.";
  const { deadline, sign } = await officialSignerOf(client, parameters, fix);
  const typedData: TypedDataDefinition<typeof licenceTypes, "SignedRequest"> = {
    domain: licenceDomain(client.deployment.chainId, addressOf(client, "licenceRegistry")),
    types: licenceTypes,
    primaryType: "SignedRequest",
    message: { holder, datasetId, purposeDigest: purposeDigest(purpose), ...wireAsk(parameters), deadline },
  };
  return { deadline, signature: await sign(typedData) };
}
