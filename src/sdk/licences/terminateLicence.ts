import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { eventIn } from "../internal/events.ts";
import { checkLicenceId } from "../internal/licences.ts";
import { checkBytes32 } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface TerminateLicenceParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly licenceId: bigint;
  /** Digest of the reasons in words. */
  readonly explanation: Hex;
}

export type TerminateLicenceReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  {
    readonly licenceId: bigint;
    /** The institution that has ended it. */
    readonly by: Hex;
  },
  dryRun
>;

export type TerminateLicenceErrorType = WriteErrorType;

/**
 * Ends a request or licence for ever. For an account of the custodian, the committee or the licensee.
 * @throws InvalidInputError, ConcordContractError LicenceUnknown, LicenceStepNotOpen, LicenceNotResponsible,
 * AccessManagedUnauthorized
 */
export async function terminateLicence<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: TerminateLicenceParameters<dryRun>,
): Promise<TerminateLicenceReturnType<dryRun>> {
  const { licenceId, explanation } = parameters;
  checkLicenceId(licenceId);
  checkBytes32("explanation", explanation);
  return write(
    client,
    parameters,
    { contract: "licenceRegistry", functionName: "terminate", args: [licenceId, explanation] },
    (logs) => ({ licenceId, by: eventIn(client, logs, "licenceRegistry", "LicenceTerminated").by }),
  );
}
