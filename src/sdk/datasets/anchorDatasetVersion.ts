import type { ConcordClient } from "../client.ts";
import { type AnchoredDataset, anchoredDataset } from "../internal/datasets.ts";
import { checkObject } from "../internal/validate.ts";
import { type DatasetRecord, wireDatasetRecord } from "../internal/wire.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";
import type { NewDatasetRecord } from "./anchorDataset.ts";
import { datasetIdOf } from "./datasetIdOf.ts";

export interface AnchorDatasetVersionParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly record: NewDatasetRecord;
  /** The record of the version that it replaces, as anchored. */
  readonly previous: DatasetRecord;
}

export type AnchorDatasetVersionReturnType<dryRun extends boolean = boolean> = WriteReturnType<AnchoredDataset, dryRun>;

export type AnchorDatasetVersionErrorType = WriteErrorType;

/**
 * Anchors a new version of a dataset of the same custodian and scope; licences on the old one are untouched. For an
 * account of its custodian.
 * @throws InvalidInputError, ConcordContractError DatasetNotAnchored, DatasetIsRetracted, DatasetAlreadyAnchored,
 * DatasetNotCustodian, DatasetScopeMismatch, AccessManagedUnauthorized
 */
export async function anchorDatasetVersion<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: AnchorDatasetVersionParameters<dryRun>,
): Promise<AnchorDatasetVersionReturnType<dryRun>> {
  checkObject("record", parameters.record);
  const previous = wireDatasetRecord("previous", parameters.previous);
  const previousId = datasetIdOf(parameters.previous);
  const record = wireDatasetRecord("record", { ...parameters.record, previous: previousId });
  return write(
    client,
    parameters,
    { contract: "datasetRegistry", functionName: "anchorVersion", args: [record, previous] },
    (logs) => anchoredDataset(client, logs),
  );
}
