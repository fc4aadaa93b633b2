import type { ConcordClient } from "../client.ts";
import { type AnchoredDataset, anchoredDataset, type NewDatasetRecord, wireNewDataset } from "../internal/datasets.ts";
import { type DatasetRecord, wireDatasetRecord } from "../internal/wire.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";
import { datasetIdOf } from "./datasetIdOf.ts";

export interface AnchorDatasetVersionParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly record: NewDatasetRecord;
  /** The record of the version that it replaces, as anchored. */
  readonly previous: DatasetRecord;
  /** Records of the datasets that the new version is derived from, as anchored, at most 8; none unless told. */
  readonly parents?: readonly DatasetRecord[] | undefined;
}

export type AnchorDatasetVersionReturnType<dryRun extends boolean = boolean> = WriteReturnType<AnchoredDataset, dryRun>;

export type AnchorDatasetVersionErrorType = WriteErrorType;

/**
 * Anchors a new version of a dataset of the same custodian and scope; licences on the old one are untouched. The new
 * version has parents of its own, and does not fall with the old one. For an account of its custodian, who may have
 * claimed the old one.
 * @throws InvalidInputError, ConcordContractError DatasetNotAnchored, DatasetIsRetracted, DatasetAlreadyAnchored,
 * DatasetNotCustodian, DatasetScopeMismatch, AccessManagedUnauthorized, and what anchorDataset throws
 */
export async function anchorDatasetVersion<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: AnchorDatasetVersionParameters<dryRun>,
): Promise<AnchorDatasetVersionReturnType<dryRun>> {
  const previous = wireDatasetRecord("previous", parameters.previous);
  const previousId = datasetIdOf(parameters.previous);
  const { record, parents } = wireNewDataset(parameters.record, previousId, parameters.parents ?? []);
  const contract = "datasetRegistry";
  return parents.length === 0
    ? write(client, parameters, { contract, functionName: "anchorVersion", args: [record, previous] }, (logs) =>
        anchoredDataset(client, logs),
      )
    : write(
        client,
        parameters,
        { contract, functionName: "anchorDerivedVersion", args: [record, previous, parents] },
        (logs) => anchoredDataset(client, logs),
      );
}
