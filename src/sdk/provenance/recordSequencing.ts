import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { type Performance, recordedActivity, wirePerformance } from "../internal/provenance.ts";
import { checkId, checkNonEmptyList } from "../internal/validate.ts";
import { type DatasetRecord, wireDatasetRecord } from "../internal/wire.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

/** The times, agent and plan are those of the sequencing. */
export interface RecordSequencingParameters<dryRun extends boolean = boolean>
  extends Performance, WriteOptions<dryRun> {
  readonly sampleId: Hex;
  /** The datasets that came of it, as anchored; at most 16. */
  readonly outputs: readonly DatasetRecord[];
}

export type RecordSequencingReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  { readonly activity: number },
  dryRun
>;

export type RecordSequencingErrorType = WriteErrorType;

/**
 * Records that a sample was sequenced, after its data was anchored. For an account of the sample's keeper; the datasets
 * are its own, or those of the custodian that collected the specimen.
 * @throws InvalidInputError, ConcordContractError ProvenanceSampleUnknown, ProvenanceNotKeeper,
 * ProvenanceSampleDestroyed, ProvenanceSampleOffered, ProvenanceDatasetForeign, ProvenanceDatasetNotStanding,
 * ProvenanceDatasetGenerated, ProvenanceMadeTooLate, ProvenanceTooEarly, ProvenanceTimesInvalid, ProvenanceListTooLong,
 * AccessManagedUnauthorized
 */
export async function recordSequencing<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: RecordSequencingParameters<dryRun>,
): Promise<RecordSequencingReturnType<dryRun>> {
  const { sampleId, outputs } = parameters;
  checkId("sampleId", sampleId);
  checkNonEmptyList("outputs", outputs);
  const records = outputs.map((record, index) => wireDatasetRecord(`outputs[${index}]`, record));
  const args = [sampleId, records, wirePerformance(parameters)] as const;
  return write(client, parameters, { contract: "provenanceRegistry", functionName: "recordSequencing", args }, (logs) =>
    recordedActivity(client, logs),
  );
}
