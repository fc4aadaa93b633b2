import type { Address, Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { eventIn } from "../internal/events.ts";
import { checkLicenceId } from "../internal/licences.ts";
import { checkBytes32 } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface IssueLicenceParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly licenceId: bigint;
  /** Digest of the data use agreement. */
  readonly agreementDigest: Hex;
}

export type IssueLicenceReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  {
    readonly licenceId: bigint;
    /** The account that asked, which the token is bound to. */
    readonly holder: Address;
    /** First second at which it no longer holds (Unix seconds). */
    readonly until: number;
  },
  dryRun
>;

export type IssueLicenceErrorType = WriteErrorType;

/**
 * Issues an approved licence as a non-transferable token to its holder. For an account of the dataset's custodian.
 * @throws InvalidInputError, ConcordContractError LicenceUnknown, LicenceStepNotOpen, LicenceNotApproved,
 * LicenceDutiesMissing, LicenceInstitutionBarred, LicenceMonthsUsedUp, LicenceNotResponsible, AccessManagedUnauthorized
 */
export async function issueLicence<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: IssueLicenceParameters<dryRun>,
): Promise<IssueLicenceReturnType<dryRun>> {
  const { licenceId, agreementDigest } = parameters;
  checkLicenceId(licenceId);
  checkBytes32("agreementDigest", agreementDigest);
  return write(
    client,
    parameters,
    { contract: "licenceRegistry", functionName: "issue", args: [licenceId, agreementDigest] },
    (logs) => {
      const { holder, until } = eventIn(client, logs, "licenceRegistry", "LicenceIssued");
      return { licenceId, holder, until };
    },
  );
}
