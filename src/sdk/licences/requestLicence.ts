import type { Hex, Log } from "viem";

import type { Purpose } from "../../model/index.ts";
import type { ConcordClient } from "../client.ts";
import { eventIn } from "../internal/events.ts";
import { type LicenceAsk, wireAsk } from "../internal/licences.ts";
import { checkBytes, checkObject, checkUint } from "../internal/validate.ts";
import { type DatasetRecord, wireDatasetRecord, wirePurpose } from "../internal/wire.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";
import type { OfficialSignature } from "./signLicenceRequest.ts";

export interface RequestLicenceParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun>, LicenceAsk {
  /** The dataset's record, as anchored. */
  readonly dataset: DatasetRecord;
  /** What the data is asked for; frozen with the request. */
  readonly purpose: Purpose;
  /** By whom the request is signed, where the sender is no signing official itself: see signLicenceRequest. */
  readonly signed?: OfficialSignature | undefined;
}

export type RequestLicenceReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  {
    /** From 1; the ERC-721 token id once it is issued. */
    readonly licenceId: bigint;
    readonly datasetId: Hex;
    /** The asking institution. */
    readonly licensee: Hex;
    readonly purposeDigest: Hex;
  },
  dryRun
>;

export type RequestLicenceErrorType = WriteErrorType;

/**
 * Asks for a licence on a dataset. For an account of a researcher institution, which the licence will be bound to: a
 * signing official, or with the signature of one.
 * @throws InvalidInputError, ConcordContractError LicenceSignatureInvalid, LicenceSignatureUsed, LicenceDeadlinePassed,
 * LicenceUntilPassed, LicenceDatasetNotStanding, LicenceDatasetTermsUnknown, LicenceRenewalMismatch,
 * LicenceInstitutionBarred, FactRegionUnstated, FactInstitutionUnstated, FactUserUnknown, InstitutionNotInStanding,
 * AccessManagedUnauthorized
 */
export async function requestLicence<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: RequestLicenceParameters<dryRun>,
): Promise<RequestLicenceReturnType<dryRun>> {
  const { dataset, purpose, signed } = parameters;
  const wire = { dataset: wireDatasetRecord("dataset", dataset), purpose: wirePurpose("purpose", purpose) };
  const args = [wire.dataset, wire.purpose, wireAsk(parameters)] as const;
  const asked = (logs: readonly Log[]) => {
    const event = eventIn(client, logs, "licenceRegistry", "LicenceRequested");
    const { licenceId, datasetId, licensee, purposeDigest } = event;
    return { licenceId, datasetId, licensee, purposeDigest };
  };
  if (signed === undefined) {
    return write(client, parameters, { contract: "licenceRegistry", functionName: "request", args }, asked);
  }
  checkObject("signed", signed);
  checkUint("signed.deadline", signed.deadline, 32);
  checkBytes("signed.signature", signed.signature, 1);
  const bySignature = [...args, signed.deadline, signed.signature] as const;
  return write(
    client,
    parameters,
    { contract: "licenceRegistry", functionName: "requestBySig", args: bySignature },
    asked,
  );
}
