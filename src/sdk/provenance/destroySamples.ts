import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { checkIds, type Performance, recordedActivity, wirePerformance } from "../internal/provenance.ts";
import { checkId } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

/** The times, agent and plan are those of the destruction. */
export interface DestroySamplesParameters<dryRun extends boolean = boolean> extends Performance, WriteOptions<dryRun> {
  readonly sampleIds: readonly Hex[];
  /** Digest of what proves it. */
  readonly evidence: Hex;
}

export type DestroySamplesReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  { readonly sampleIds: readonly Hex[]; readonly activity: number },
  dryRun
>;

export type DestroySamplesErrorType = WriteErrorType;

/**
 * Records that samples were destroyed, or used up, for ever. Aliquots taken of them stand for themselves. For an account
 * of their keeper.
 * @throws InvalidInputError, ConcordContractError ProvenanceSampleUnknown, ProvenanceNotKeeper,
 * ProvenanceSampleDestroyed, ProvenanceSampleOffered, ProvenanceTooEarly, ProvenanceTimesInvalid,
 * AccessManagedUnauthorized
 */
export async function destroySamples<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: DestroySamplesParameters<dryRun>,
): Promise<DestroySamplesReturnType<dryRun>> {
  const { sampleIds, evidence } = parameters;
  checkIds("sampleIds", sampleIds);
  checkId("evidence", evidence);
  const args = [sampleIds, wirePerformance(parameters), evidence] as const;
  return write(client, parameters, { contract: "provenanceRegistry", functionName: "destroy", args }, (logs) => ({
    sampleIds,
    ...recordedActivity(client, logs),
  }));
}
