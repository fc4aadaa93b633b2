import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { eventIn } from "../internal/events.ts";
import { checkLicenceId } from "../internal/licences.ts";
import { checkBytes32, checkId, checkNonEmptyList } from "../internal/validate.ts";
import { decisionOf, manualMaskOf } from "../internal/verdict.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface ReopenLicenceReasonsParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly licenceId: bigint;
  /** The terms that the reasons follow from. */
  readonly termsDigest: Hex;
  /** MANUAL reasons that were resolved, at least one: "dataset:CTRL_NEEDS_REVIEW". */
  readonly reasons: readonly string[];
  /** Digest of the committee's reasons in words. */
  readonly explanation: Hex;
}

export type ReopenLicenceReasonsReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  {
    readonly licenceId: bigint;
    readonly termsDigest: Hex;
    /** What is open again by this, sorted. */
    readonly reasons: readonly string[];
  },
  dryRun
>;

export type ReopenLicenceReasonsErrorType = WriteErrorType;

/**
 * Takes back that MANUAL reasons of a licence are resolved for one terms digest: from then on they stand against it
 * again. For an account of the scope's committee.
 * @throws InvalidInputError, ConcordContractError LicenceUnknown, LicenceStepNotOpen, LicenceNotResponsible,
 * LicenceConflictOfInterest, AccessManagedUnauthorized
 */
export async function reopenLicenceReasons<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: ReopenLicenceReasonsParameters<dryRun>,
): Promise<ReopenLicenceReasonsReturnType<dryRun>> {
  const { licenceId, termsDigest, reasons, explanation } = parameters;
  checkLicenceId(licenceId);
  checkId("termsDigest", termsDigest);
  checkNonEmptyList("reasons", reasons);
  checkBytes32("explanation", explanation);
  const args = [licenceId, termsDigest, manualMaskOf("reasons", reasons), explanation] as const;
  return write(client, parameters, { contract: "licenceRegistry", functionName: "reopen", args }, (logs) => {
    const { termsDigest, manual } = eventIn(client, logs, "licenceRegistry", "LicenceReasonsReopened");
    return { licenceId, termsDigest, reasons: decisionOf({ deny: 0n, manual }).reasons };
  });
}
