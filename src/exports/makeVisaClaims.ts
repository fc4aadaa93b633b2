import { type ConcordClient, getBlock, InvalidInputError, institutionIdOf } from "../sdk/index.ts";
import { checkText, checkUint } from "../sdk/internal/validate.ts";
import { buildVisaClaims, type VisaClaims, type VisaTold } from "./build/visa.ts";
import { claimsAt } from "./claims.ts";
import { LicenceNotEffectiveError } from "./errors.ts";
import { type LicencePicture, readLicence } from "./read/licences.ts";
import { type ChainNumber, type MakeErrorType, readNumber } from "./read/reading.ts";

export interface MakeVisaClaimsParameters {
  readonly licenceId: ChainNumber;
  /** Who will sign the visa, by an https URL. */
  readonly issuer: string;
  /** Public identifier of the licence's committee or custodian, an https URL: its hash is the institution's id. */
  readonly source: string;
  /** The researcher's id at the issuer; the account that holds the licence unless told. */
  readonly subject?: string | undefined;
  /** The dataset's https URL at the gateway; below the issuer unless told. */
  readonly value?: string | undefined;
  /** Seconds that the visa is good for at the most; an hour unless told. */
  readonly lifetime?: number | undefined;
  /** The block to read at; the latest unless told. */
  readonly blockNumber?: bigint | undefined;
}

export type MakeVisaClaimsReturnType = VisaClaims;

export type MakeVisaClaimsErrorType = LicenceNotEffectiveError | MakeErrorType;

const HOUR = 3_600;

/**
 * Claims of a GA4GH Passport v1.2 visa (ControlledAccessGrants) for the holder of an Effective licence. They are not signed:
 * who signs them must ask the chain again when the visa is used.
 * @throws InvalidInputError, LicenceNotEffectiveError, NotFoundError, ConcordContractError LicenceUnknown
 */
export async function makeVisaClaims(
  client: ConcordClient,
  parameters: MakeVisaClaimsParameters,
): Promise<MakeVisaClaimsReturnType> {
  const licenceId = readNumber("licenceId", parameters.licenceId);
  const block = await getBlock(client, { blockNumber: parameters.blockNumber });
  const licence = await readLicence({ client, block }, licenceId);
  if (licence.status !== "Effective") throw new LicenceNotEffectiveError(licenceId, licence.status);
  const told = checkTold(parameters, licence);
  return buildVisaClaims(licence, told, claimsAt(client, "visa", block, { licenceId, ...told }));
}

function checkTold(parameters: MakeVisaClaimsParameters, { subject: asked, progress }: LicencePicture): VisaTold {
  const { issuer, source, lifetime = HOUR } = parameters;
  checkUrl("issuer", issuer);
  checkUrl("source", source);
  const { subject = progress.holder, value = new URL(`datasets/${asked.datasetId}`, `${issuer}/`).href } = parameters;
  checkText("subject", subject);
  checkUrl("value", value);
  checkUint("lifetime", lifetime, 32, 1);
  if (![asked.committee, asked.custodian].includes(institutionIdOf(source))) {
    const told = `source is ${source}, which is neither the licence's committee nor its custodian.`;
    throw new InvalidInputError("source", told, "Give the public identifier that either was admitted by.");
  }
  return { issuer, subject, source, value, lifetime };
}

function checkUrl(input: string, value: unknown): asserts value is string {
  if (typeof value === "string" && /^https:\/\/[^\s]+$/.test(value) && URL.canParse(value)) return;
  throw new InvalidInputError(input, `${input} is no https URL.`, `Give ${input} as an https URL.`);
}
