import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { checkLicenceId } from "../internal/licences.ts";
import { checkIds, type Performance, recordedActivity, wirePerformance } from "../internal/provenance.ts";
import { checkId, checkList } from "../internal/validate.ts";
import { type DatasetRecord, wireDatasetRecord } from "../internal/wire.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface RecordAnalysisParameters<dryRun extends boolean = boolean>
  extends Omit<Performance, "plan">, WriteOptions<dryRun> {
  /** The licence that it was done under, in force from its start to its end. */
  readonly licenceId: bigint;
  /** Digest of the workflow. */
  readonly workflow: Hex;
  /** Digest that names the workflow's version. */
  readonly version: Hex;
  /** Ids of the datasets that it read, the licensed one among them; at most 16, in any order. */
  readonly inputs: readonly Hex[];
  /** Datasets that it made, anchored as derived from the licensed one: the licensee's own, or of its custodian. */
  readonly outputs?: readonly DatasetRecord[] | undefined;
  /** Digests of results that are not anchored; at most 16 with the outputs. */
  readonly results?: readonly Hex[] | undefined;
}

export type RecordAnalysisReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  { readonly activity: number },
  dryRun
>;

export type RecordAnalysisErrorType = WriteErrorType;

/**
 * Records an analysis under a licence. For an account of the licensee.
 * @throws InvalidInputError, ConcordContractError LicenceUnknown, ProvenanceNotLicensee, ProvenanceLicenceNotInForce,
 * ProvenanceLicensedDatasetUnused, ProvenanceInputsNotAscending where one is named twice, ProvenanceDatasetNotStanding,
 * ProvenanceDatasetForeign, ProvenanceDatasetGenerated, ProvenanceMadeTooLate, ProvenanceNotDerived, ProvenanceTooEarly,
 * ProvenanceTimesInvalid, ProvenanceListTooLong, AccessManagedUnauthorized
 */
export async function recordAnalysis<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: RecordAnalysisParameters<dryRun>,
): Promise<RecordAnalysisReturnType<dryRun>> {
  const { licenceId, workflow, version, inputs, outputs = [], results = [] } = parameters;
  checkLicenceId(licenceId);
  checkId("workflow", workflow);
  checkId("version", version);
  checkIds("inputs", inputs);
  checkList("outputs", outputs);
  checkList("results", results);
  results.forEach((digest, index) => checkId(`results[${index}]`, digest));
  const analysis = {
    licenceId,
    version,
    inputs: inputs.map((id) => id.toLowerCase() as Hex).sort(),
    outputs: outputs.map((record, index) => wireDatasetRecord(`outputs[${index}]`, record)),
    results,
  };
  const args = [analysis, wirePerformance({ ...parameters, plan: workflow })] as const;
  return write(client, parameters, { contract: "provenanceRegistry", functionName: "recordAnalysis", args }, (logs) =>
    recordedActivity(client, logs),
  );
}
