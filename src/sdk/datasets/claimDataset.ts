import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { eventIn } from "../internal/events.ts";
import { type DatasetRecord, wireDatasetRecord } from "../internal/wire.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface ClaimDatasetParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  /** As anchored. */
  readonly record: DatasetRecord;
}

export type ClaimDatasetReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  {
    readonly datasetId: Hex;
    /** Who has custody now. */
    readonly custodian: Hex;
    readonly previousCustodian: Hex;
  },
  dryRun
>;

export type ClaimDatasetErrorType = WriteErrorType;

/**
 * Takes custody of a dataset over. For an account of the successor that its record names, once the custodian is expelled,
 * or of the institution that succeeds the custodian by the registrar's act.
 * @throws InvalidInputError, ConcordContractError DatasetNotAnchored, DatasetNotSuccessor, AccessManagedUnauthorized
 */
export async function claimDataset<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: ClaimDatasetParameters<dryRun>,
): Promise<ClaimDatasetReturnType<dryRun>> {
  const record = wireDatasetRecord("record", parameters.record);
  return write(client, parameters, { contract: "datasetRegistry", functionName: "claim", args: [record] }, (logs) => {
    const { datasetId, custodian, previousCustodian } = eventIn(client, logs, "datasetRegistry", "DatasetClaimed");
    return { datasetId, custodian, previousCustodian };
  });
}
