import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { eventIn } from "../internal/events.ts";
import { type DatasetRecord, wireDatasetRecord } from "../internal/wire.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface RetractDatasetParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  /** As anchored. */
  readonly record: DatasetRecord;
}

export type RetractDatasetReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  { readonly datasetId: Hex },
  dryRun
>;

export type RetractDatasetErrorType = WriteErrorType;

/**
 * Takes a dataset back for ever: licences on it end. Its anchor and history stay readable. For an account of its
 * custodian.
 * @throws InvalidInputError, ConcordContractError DatasetNotAnchored, DatasetIsRetracted, DatasetNotCustodian,
 * AccessManagedUnauthorized
 */
export async function retractDataset<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: RetractDatasetParameters<dryRun>,
): Promise<RetractDatasetReturnType<dryRun>> {
  const record = wireDatasetRecord("record", parameters.record);
  return write(
    client,
    parameters,
    { contract: "datasetRegistry", functionName: "retract", args: [record] },
    (logs) => ({
      datasetId: eventIn(client, logs, "datasetRegistry", "DatasetRetracted").datasetId,
    }),
  );
}
