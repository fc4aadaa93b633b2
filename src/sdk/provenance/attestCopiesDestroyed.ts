import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { checkLicenceId } from "../internal/licences.ts";
import { type Performance, recordedActivity, wirePerformance } from "../internal/provenance.ts";
import { checkId } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

/** The times, agent and plan are those of the destruction. */
export interface AttestCopiesDestroyedParameters<dryRun extends boolean = boolean>
  extends Performance, WriteOptions<dryRun> {
  /** The licence that the copies were delivered under. */
  readonly licenceId: bigint;
  /** Digest of what proves it, and says which copies. */
  readonly evidence: Hex;
}

export type AttestCopiesDestroyedReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  { readonly activity: number },
  dryRun
>;

export type AttestCopiesDestroyedErrorType = WriteErrorType;

/**
 * Attests that copies of licensed data were destroyed, for instance after a withdrawal from further use. For an account
 * of the licensee.
 * @throws InvalidInputError, ConcordContractError LicenceUnknown, ProvenanceNotLicensee, ProvenanceLicenceNotInForce
 * before the licence was issued, ProvenanceTimesInvalid, AccessManagedUnauthorized
 */
export async function attestCopiesDestroyed<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: AttestCopiesDestroyedParameters<dryRun>,
): Promise<AttestCopiesDestroyedReturnType<dryRun>> {
  const { licenceId, evidence } = parameters;
  checkLicenceId(licenceId);
  checkId("evidence", evidence);
  const args = [licenceId, wirePerformance(parameters), evidence] as const;
  return write(
    client,
    parameters,
    { contract: "provenanceRegistry", functionName: "attestCopiesDestroyed", args },
    (logs) => recordedActivity(client, logs),
  );
}
