import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { eventIn } from "../internal/events.ts";
import { checkLicenceId } from "../internal/licences.ts";
import { checkBytes32 } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface ReinstateLicenceParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly licenceId: bigint;
  /** Digest of the reasons in words. */
  readonly explanation: Hex;
}

export type ReinstateLicenceReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  {
    readonly licenceId: bigint;
    /** The institution that has done it. */
    readonly by: Hex;
  },
  dryRun
>;

export type ReinstateLicenceErrorType = WriteErrorType;

/**
 * Ends a suspension by suspendLicence. For an account of the committee.
 * @throws InvalidInputError, ConcordContractError LicenceUnknown, LicenceStepNotOpen, LicenceNotResponsible,
 * LicenceConflictOfInterest, AccessManagedUnauthorized
 */
export async function reinstateLicence<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: ReinstateLicenceParameters<dryRun>,
): Promise<ReinstateLicenceReturnType<dryRun>> {
  const { licenceId, explanation } = parameters;
  checkLicenceId(licenceId);
  checkBytes32("explanation", explanation);
  return write(
    client,
    parameters,
    { contract: "licenceRegistry", functionName: "reinstate", args: [licenceId, explanation] },
    (logs) => ({ licenceId, by: eventIn(client, logs, "licenceRegistry", "LicenceReinstated").by }),
  );
}
