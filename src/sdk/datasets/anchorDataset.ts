import { zeroHash } from "viem";

import type { ConcordClient } from "../client.ts";
import { type AnchoredDataset, anchoredDataset, type NewDatasetRecord, wireNewDataset } from "../internal/datasets.ts";
import type { DatasetRecord } from "../internal/wire.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface AnchorDatasetParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly record: NewDatasetRecord;
  /** Records of the datasets that it is derived from, as anchored, at most 8; none unless told. */
  readonly parents?: readonly DatasetRecord[] | undefined;
}

export type AnchorDatasetReturnType<dryRun extends boolean = boolean> = WriteReturnType<AnchoredDataset, dryRun>;

export type AnchorDatasetErrorType = WriteErrorType;

/**
 * Anchors a dataset's first version. For an account of its custodian. Keep the record: it is the witness that later
 * calls take. A derived dataset stands only while all that it descends from does.
 * @throws InvalidInputError, ConcordContractError DatasetAlreadyAnchored, DatasetNotCustodian,
 * DatasetMinimumCellInvalid, DatasetDeidentificationInvalid, DatasetSuccessorInvalid, AccessManagedUnauthorized; with
 * parents also DatasetNotAnchored, DatasetIsRetracted, DatasetParentCountInvalid, DatasetParentRepeated,
 * DatasetLineageTooDeep, DatasetLineageTooWide, DatasetLevelInvalid, DatasetScopeMismatch, DatasetParticipantsUnexpected
 */
export async function anchorDataset<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: AnchorDatasetParameters<dryRun>,
): Promise<AnchorDatasetReturnType<dryRun>> {
  const { record, parents } = wireNewDataset(parameters.record, zeroHash, parameters.parents ?? []);
  const contract = "datasetRegistry";
  return parents.length === 0
    ? write(client, parameters, { contract, functionName: "anchor", args: [record] }, (logs) =>
        anchoredDataset(client, logs),
      )
    : write(client, parameters, { contract, functionName: "anchorDerived", args: [record, parents] }, (logs) =>
        anchoredDataset(client, logs),
      );
}
