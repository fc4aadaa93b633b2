import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { DELIVERY_MODES, type DeliveryMode } from "../internal/enums.ts";
import { eventIn } from "../internal/events.ts";
import { checkLicenceId } from "../internal/licences.ts";
import { checkBigUint, checkBytes32, checkObject, checkUint, numberOf } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

/** What a committee makes of a request: never more than was asked for. */
export interface LicenceConditions {
  /** First second at which the licence no longer holds (Unix seconds, uint32). */
  readonly until: number;
  readonly delivery: DeliveryMode;
  /** Bits of the categories and elements (uint64); 0n only where none in particular was asked for. */
  readonly elements: bigint;
}

export interface ApproveLicenceWithParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly licenceId: bigint;
  readonly conditions: LicenceConditions;
  /** Digest of the committee's reasons in words. */
  readonly explanation: Hex;
}

export type ApproveLicenceWithReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  {
    readonly licenceId: bigint;
    /** The institution that has voted. */
    readonly committee: Hex;
    readonly conditions: LicenceConditions;
  },
  dryRun
>;

export type ApproveLicenceWithErrorType = WriteErrorType;

/**
 * The committee's vote for a request, on conditions that narrow it. For whoever may cast it with voteLicence.
 * @throws InvalidInputError, ConcordContractError LicenceConditionsWiden, LicenceUntilPassed, LicenceVoteUnexplained,
 * LicenceConflictOfInterest, LicenceUnknown, LicenceStepNotOpen, LicenceNotResponsible, AccessManagedUnauthorized
 */
export async function approveLicenceWith<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: ApproveLicenceWithParameters<dryRun>,
): Promise<ApproveLicenceWithReturnType<dryRun>> {
  const { licenceId, conditions, explanation } = parameters;
  checkLicenceId(licenceId);
  checkObject("conditions", conditions);
  const { until, delivery, elements } = conditions;
  checkUint("conditions.until", until, 32);
  checkBigUint("conditions.elements", elements, 64);
  checkBytes32("explanation", explanation);
  const wire = { until, delivery: numberOf("conditions.delivery", DELIVERY_MODES, delivery), elements };
  const args = [licenceId, wire, explanation] as const;
  return write(client, parameters, { contract: "licenceRegistry", functionName: "approveWith", args }, (logs) => ({
    licenceId,
    committee: eventIn(client, logs, "licenceRegistry", "LicenceVoted").committee,
    conditions,
  }));
}
