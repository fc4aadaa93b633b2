import type { Hex } from "viem";

import type { Purpose } from "../../model/index.ts";
import type { ConcordClient } from "../client.ts";
import { eventIn } from "../internal/events.ts";
import { checkUint } from "../internal/validate.ts";
import { type DatasetRecord, wireDatasetRecord, wirePurpose } from "../internal/wire.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface RequestLicenceParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  /** The dataset's record, as anchored. */
  readonly dataset: DatasetRecord;
  /** What the data is asked for; frozen with the request. */
  readonly purpose: Purpose;
  /** First second at which the licence no longer holds (Unix seconds, uint32). */
  readonly until: number;
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
 * Asks for a licence on a dataset. For an account of a researcher institution; the licence will be bound to it.
 * @throws InvalidInputError, ConcordContractError LicenceUntilPassed, LicenceDatasetNotStanding,
 * LicenceDatasetTermsUnknown, InstitutionNotInStanding, AccessManagedUnauthorized
 */
export async function requestLicence<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: RequestLicenceParameters<dryRun>,
): Promise<RequestLicenceReturnType<dryRun>> {
  const { dataset, purpose, until } = parameters;
  const wire = { dataset: wireDatasetRecord("dataset", dataset), purpose: wirePurpose("purpose", purpose) };
  checkUint("until", until, 32);
  return write(
    client,
    parameters,
    { contract: "licenceRegistry", functionName: "request", args: [wire.dataset, wire.purpose, until] },
    (logs) => {
      const { licenceId, datasetId, licensee, purposeDigest } = eventIn(
        client,
        logs,
        "licenceRegistry",
        "LicenceRequested",
      );
      return { licenceId, datasetId, licensee, purposeDigest };
    },
  );
}
