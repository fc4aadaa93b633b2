import { type Hex, zeroHash } from "viem";

import type { ConcordClient } from "../client.ts";
import { checkIds, type Performance, recordedActivities } from "../internal/provenance.ts";
import { checkBytes32, checkUint } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface AcceptCustodyParameters<dryRun extends boolean = boolean>
  extends Pick<Performance, "agent" | "plan">, WriteOptions<dryRun> {
  readonly sampleIds: readonly Hex[];
  /** When they arrived (Unix seconds), not before they left. */
  readonly arrivedAt: number;
}

export type AcceptCustodyReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  {
    readonly sampleIds: readonly Hex[];
    /** One for each sample, in their order. */
    readonly activities: readonly number[];
  },
  dryRun
>;

export type AcceptCustodyErrorType = WriteErrorType;

/**
 * Takes custody of samples. For an account of the institution that it is offered to.
 * @throws InvalidInputError, ConcordContractError ProvenanceNotOffered, ProvenanceTimesInvalid,
 * AccessManagedUnauthorized
 */
export async function acceptCustody<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: AcceptCustodyParameters<dryRun>,
): Promise<AcceptCustodyReturnType<dryRun>> {
  const { sampleIds, arrivedAt, agent = zeroHash, plan = zeroHash } = parameters;
  checkIds("sampleIds", sampleIds);
  checkUint("arrivedAt", arrivedAt, 32, 1);
  checkBytes32("agent", agent);
  checkBytes32("plan", plan);
  const args = [sampleIds, arrivedAt, agent, plan] as const;
  return write(client, parameters, { contract: "provenanceRegistry", functionName: "acceptCustody", args }, (logs) => ({
    sampleIds,
    activities: recordedActivities(client, logs),
  }));
}
