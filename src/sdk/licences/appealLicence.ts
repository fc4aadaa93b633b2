import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { checkLicenceId } from "../internal/licences.ts";
import { checkBytes32 } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface AppealLicenceParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly licenceId: bigint;
  /** Digest of the grounds. */
  readonly document: Hex;
}

export type AppealLicenceReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  { readonly licenceId: bigint; readonly document: Hex },
  dryRun
>;

export type AppealLicenceErrorType = WriteErrorType;

/**
 * Appeals once against a refusal, within 30 days. For an account of the licensee.
 * @throws InvalidInputError, ConcordContractError LicenceUnknown, LicenceStepNotOpen, LicenceAppealClosed,
 * LicenceNotResponsible, AccessManagedUnauthorized
 */
export async function appealLicence<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: AppealLicenceParameters<dryRun>,
): Promise<AppealLicenceReturnType<dryRun>> {
  const { licenceId, document } = parameters;
  checkLicenceId(licenceId);
  checkBytes32("document", document);
  return write(
    client,
    parameters,
    { contract: "licenceRegistry", functionName: "appeal", args: [licenceId, document] },
    () => ({ licenceId, document }),
  );
}
