import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { eventIn } from "../internal/events.ts";
import { checkLicenceId } from "../internal/licences.ts";
import { checkBytes32, checkId, checkNonEmptyList } from "../internal/validate.ts";
import { decisionOf, manualMaskOf } from "../internal/verdict.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface ResolveLicenceReasonsParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly licenceId: bigint;
  /** The terms that the reasons follow from. */
  readonly termsDigest: Hex;
  /** MANUAL reasons as decisions give them, at least one: "dataset:CTRL_NEEDS_REVIEW". */
  readonly reasons: readonly string[];
  /** Digest of the committee's reasons in words. */
  readonly explanation: Hex;
}

export type ResolveLicenceReasonsReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  {
    readonly licenceId: bigint;
    readonly termsDigest: Hex;
    /** What is resolved by this, sorted. */
    readonly reasons: readonly string[];
  },
  dryRun
>;

export type ResolveLicenceReasonsErrorType = WriteErrorType;

/**
 * Resolves MANUAL reasons of a licence for one terms digest. For an account of the scope's committee. No vote resolves
 * a DENY.
 * @throws InvalidInputError, ConcordContractError LicenceUnknown, LicenceStepNotOpen, LicenceNotResponsible,
 * LicenceConflictOfInterest, AccessManagedUnauthorized
 */
export async function resolveLicenceReasons<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: ResolveLicenceReasonsParameters<dryRun>,
): Promise<ResolveLicenceReasonsReturnType<dryRun>> {
  const { licenceId, termsDigest, reasons, explanation } = parameters;
  checkLicenceId(licenceId);
  checkId("termsDigest", termsDigest);
  checkNonEmptyList("reasons", reasons);
  checkBytes32("explanation", explanation);
  const args = [licenceId, termsDigest, manualMaskOf("reasons", reasons), explanation] as const;
  return write(client, parameters, { contract: "licenceRegistry", functionName: "resolve", args }, (logs) => {
    const { termsDigest, manual } = eventIn(client, logs, "licenceRegistry", "LicenceReasonsResolved");
    return { licenceId, termsDigest, reasons: decisionOf({ deny: 0n, manual }).reasons };
  });
}
