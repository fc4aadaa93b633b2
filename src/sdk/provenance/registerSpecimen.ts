import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { eventIn } from "../internal/events.ts";
import {
  checkSpecimen,
  type Performance,
  recordedActivity,
  type SpecimenRecord,
  wirePerformance,
} from "../internal/provenance.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

/** The times, agent and plan are those of the collection. */
export interface RegisterSpecimenParameters<dryRun extends boolean = boolean>
  extends Performance, WriteOptions<dryRun> {
  readonly record: SpecimenRecord;
}

export type RegisterSpecimenReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  { readonly sampleId: Hex; readonly activity: number },
  dryRun
>;

export type RegisterSpecimenErrorType = WriteErrorType;

/**
 * Registers a specimen with its collection. For an account of the custodian that collected it.
 * @throws InvalidInputError, ConcordContractError ProvenanceSampleTaken, ProvenanceNotKeeper, ProvenanceTimesInvalid,
 * AccessManagedUnauthorized
 */
export async function registerSpecimen<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: RegisterSpecimenParameters<dryRun>,
): Promise<RegisterSpecimenReturnType<dryRun>> {
  const args = [checkSpecimen(parameters.record), wirePerformance(parameters)] as const;
  return write(
    client,
    parameters,
    { contract: "provenanceRegistry", functionName: "registerSpecimen", args },
    (logs) => ({
      sampleId: eventIn(client, logs, "provenanceRegistry", "SpecimenRegistered").sampleId,
      ...recordedActivity(client, logs),
    }),
  );
}
