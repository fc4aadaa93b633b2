import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { eventsIn } from "../internal/events.ts";
import { checkIds, type Performance, recordedActivity, wirePerformance } from "../internal/provenance.ts";
import { checkId } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

/** The times, agent and plan are those of the aliquoting. */
export interface RegisterAliquotsParameters<dryRun extends boolean = boolean>
  extends Performance, WriteOptions<dryRun> {
  /** The specimen or aliquot that they are parts of. */
  readonly source: Hex;
  /** Digests of the keeper's labels, one for each aliquot. */
  readonly labels: readonly Hex[];
}

export type RegisterAliquotsReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  {
    /** In the order of the labels. */
    readonly sampleIds: readonly Hex[];
    readonly activity: number;
  },
  dryRun
>;

export type RegisterAliquotsErrorType = WriteErrorType;

/**
 * Registers aliquots, all taken of one sample in one activity. For an account of the sample's keeper.
 * @throws InvalidInputError, ConcordContractError ProvenanceSampleUnknown, ProvenanceNotKeeper,
 * ProvenanceSampleDestroyed, ProvenanceSampleOffered, ProvenanceSampleTaken, ProvenanceTooEarly,
 * ProvenanceTimesInvalid, AccessManagedUnauthorized
 */
export async function registerAliquots<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: RegisterAliquotsParameters<dryRun>,
): Promise<RegisterAliquotsReturnType<dryRun>> {
  const { source, labels } = parameters;
  checkId("source", source);
  checkIds("labels", labels);
  const args = [source, labels, wirePerformance(parameters)] as const;
  return write(
    client,
    parameters,
    { contract: "provenanceRegistry", functionName: "registerAliquots", args },
    (logs) => ({
      sampleIds: eventsIn(client, logs, "provenanceRegistry", ["AliquotRegistered"]).map(({ args }) => args.sampleId),
      ...recordedActivity(client, logs),
    }),
  );
}
