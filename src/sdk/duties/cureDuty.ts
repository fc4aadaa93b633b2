import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { DUTY_KINDS, type DutyKind } from "../internal/enums.ts";
import { checkLicenceId } from "../internal/licences.ts";
import { checkBytes32, numberOf } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface CureDutyParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly licenceId: bigint;
  readonly kind: DutyKind;
  /** Digest of the reasons in words. */
  readonly explanation: Hex;
}

export type CureDutyReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  { readonly licenceId: bigint; readonly kind: DutyKind },
  dryRun
>;

export type CureDutyErrorType = WriteErrorType;

/**
 * Takes a breach as made good. For an account of the committee that decides on the licence.
 * @throws InvalidInputError, ConcordContractError DutyStepNotOpen, LicenceNotResponsible, LicenceConflictOfInterest,
 * LicenceUnknown, AccessManagedUnauthorized
 */
export async function cureDuty<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: CureDutyParameters<dryRun>,
): Promise<CureDutyReturnType<dryRun>> {
  const { licenceId, kind, explanation } = parameters;
  checkLicenceId(licenceId);
  const number = numberOf("kind", DUTY_KINDS, kind);
  checkBytes32("explanation", explanation);
  return write(
    client,
    parameters,
    { contract: "licenceDuties", functionName: "cure", args: [licenceId, number, explanation] },
    () => ({ licenceId, kind }),
  );
}
