import type { Address, Hex } from "viem";

import type { Purpose } from "../../model/index.ts";
import type { ConcordClient } from "../client.ts";
import { eventIn } from "../internal/events.ts";
import { checkLicenceId } from "../internal/licences.ts";
import { checkAddress, checkBytes32, checkUint } from "../internal/validate.ts";
import { wirePurpose } from "../internal/wire.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface SubLicenseParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  /** The effective licence that the new one derives from. */
  readonly licenceId: bigint;
  /** An account of the processor, to which the token is issued. */
  readonly holder: Address;
  /** First second at which it no longer holds (Unix seconds, uint32); not later than the other's. */
  readonly until: number;
  /** Digest of the agreement with the processor (GDPR Art. 28(3)). */
  readonly agreementDigest: Hex;
  /** The frozen purpose, as getLicence has it. */
  readonly purpose: Purpose;
}

export type SubLicenseReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  {
    /** The new licence. */
    readonly licenceId: bigint;
    readonly parent: bigint;
    /** The institution of the holder. */
    readonly processor: Hex;
  },
  dryRun
>;

export type SubLicenseErrorType = WriteErrorType;

/**
 * Lets a processor work under an effective licence: it never outlives that one. For an account of the licensee.
 * @throws InvalidInputError, ConcordContractError LicenceNotSubLicensable, LicencePurposeMismatch, LicenceUntilPassed,
 * LicenceStepNotOpen, LicenceNotResponsible, LicenceUnknown, FactRegionUnstated, AccessManagedUnauthorized
 */
export async function subLicense<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: SubLicenseParameters<dryRun>,
): Promise<SubLicenseReturnType<dryRun>> {
  const { licenceId, holder, until, agreementDigest, purpose } = parameters;
  checkLicenceId(licenceId);
  checkAddress("holder", holder);
  checkUint("until", until, 32);
  checkBytes32("agreementDigest", agreementDigest);
  const args = [licenceId, holder, until, agreementDigest, wirePurpose("purpose", purpose)] as const;
  return write(client, parameters, { contract: "licenceRegistry", functionName: "subLicense", args }, (logs) => {
    const event = eventIn(client, logs, "licenceRegistry", "LicenceSubLicensed");
    return { licenceId: event.licenceId, parent: event.parent, processor: event.processor };
  });
}
