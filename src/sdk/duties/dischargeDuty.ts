import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { DUTY_KINDS, type DutyKind } from "../internal/enums.ts";
import { checkLicenceId } from "../internal/licences.ts";
import { checkBytes32, numberOf } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface DischargeDutyParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly licenceId: bigint;
  readonly kind: DutyKind;
  /** Digest of the evidence. */
  readonly evidence: Hex;
}

export type DischargeDutyReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  { readonly licenceId: bigint; readonly kind: DutyKind },
  dryRun
>;

export type DischargeDutyErrorType = WriteErrorType;

/**
 * Shows evidence that an open duty is done, overdue ones too. For an account of the licensee.
 * @throws InvalidInputError, ConcordContractError DutyEvidenceEmpty, DutyStepNotOpen, DutyNotResponsible, LicenceUnknown,
 * AccessManagedUnauthorized
 */
export async function dischargeDuty<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: DischargeDutyParameters<dryRun>,
): Promise<DischargeDutyReturnType<dryRun>> {
  const { licenceId, kind, evidence } = parameters;
  checkLicenceId(licenceId);
  const number = numberOf("kind", DUTY_KINDS, kind);
  checkBytes32("evidence", evidence);
  return write(
    client,
    parameters,
    { contract: "licenceDuties", functionName: "discharge", args: [licenceId, number, evidence] },
    () => ({ licenceId, kind }),
  );
}
