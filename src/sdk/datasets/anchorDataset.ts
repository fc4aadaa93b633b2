import { type Hex, zeroHash } from "viem";

import type { ConcordClient } from "../client.ts";
import { type AnchoredDataset, anchoredDataset } from "../internal/datasets.ts";
import { checkObject } from "../internal/validate.ts";
import { type DatasetRecord, wireDatasetRecord } from "../internal/wire.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

/** A dataset's record but for the version that it replaces, which the action fills in. */
export type NewDatasetRecord = Omit<DatasetRecord, "previous">;

export interface AnchorDatasetParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly record: NewDatasetRecord;
}

export type AnchorDatasetReturnType<dryRun extends boolean = boolean> = WriteReturnType<AnchoredDataset, dryRun>;

export type AnchorDatasetErrorType = WriteErrorType;

/** A first version replaces none. */
const NO_DATASET: Hex = zeroHash;

/**
 * Anchors a dataset's first version. For an account of its custodian. Keep the record: it is the witness that later
 * calls take.
 * @throws InvalidInputError, ConcordContractError DatasetAlreadyAnchored, DatasetNotCustodian, AccessManagedUnauthorized
 */
export async function anchorDataset<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: AnchorDatasetParameters<dryRun>,
): Promise<AnchorDatasetReturnType<dryRun>> {
  checkObject("record", parameters.record);
  const record = wireDatasetRecord("record", { ...parameters.record, previous: NO_DATASET });
  return write(client, parameters, { contract: "datasetRegistry", functionName: "anchor", args: [record] }, (logs) =>
    anchoredDataset(client, logs),
  );
}
