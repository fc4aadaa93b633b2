import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { eventIn } from "../internal/events.ts";
import { checkBigUint, checkId } from "../internal/validate.ts";
import { type DatasetRecord, wireDatasetRecord } from "../internal/wire.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface OfferDatasetCopyParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  /** As anchored. */
  readonly record: DatasetRecord;
  /** SHA-256 of the encrypted copy. */
  readonly copyDigest: Hex;
  /** Bytes of the encrypted copy, from 1. */
  readonly size: bigint;
}

export type OfferDatasetCopyReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  {
    readonly datasetId: Hex;
    /** Number of the dataset's offers, from 1. */
    readonly offer: number;
  },
  dryRun
>;

export type OfferDatasetCopyErrorType = WriteErrorType;

/**
 * Offers an encrypted copy of a dataset to other institutions. What was attested of an earlier copy counts no more. Where
 * the copy is, and its key, go their own way, never over the chain. For an account of the custodian.
 * @throws InvalidInputError, ConcordContractError DatasetNotAnchored, DatasetNotCustodian, AccessManagedUnauthorized
 */
export async function offerDatasetCopy<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: OfferDatasetCopyParameters<dryRun>,
): Promise<OfferDatasetCopyReturnType<dryRun>> {
  const { copyDigest, size } = parameters;
  const record = wireDatasetRecord("record", parameters.record);
  checkId("copyDigest", copyDigest);
  checkBigUint("size", size, 64, 1n);
  return write(
    client,
    parameters,
    { contract: "datasetRegistry", functionName: "offerCopy", args: [record, copyDigest, size] },
    (logs) => {
      const { datasetId, offer } = eventIn(client, logs, "datasetRegistry", "DatasetCopyOffered");
      return { datasetId, offer };
    },
  );
}
