import type { ConcordClient } from "../client.ts";
import { DUTY_KINDS, type DutyKind } from "../internal/enums.ts";
import { checkLicenceId } from "../internal/licences.ts";
import { checkUint, numberOf } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface DeferDutyParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly licenceId: bigint;
  readonly kind: DutyKind;
  /** The later date (Unix seconds, uint32). */
  readonly dueAt: number;
}

export type DeferDutyReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  { readonly licenceId: bigint; readonly kind: DutyKind; readonly dueAt: number },
  dryRun
>;

export type DeferDutyErrorType = WriteErrorType;

/**
 * Moves the date of an open duty to a later one. For an account of the custodian.
 * @throws InvalidInputError, ConcordContractError DutyDatePassed, DutyStepNotOpen, DutyNotResponsible, LicenceUnknown,
 * AccessManagedUnauthorized
 */
export async function deferDuty<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: DeferDutyParameters<dryRun>,
): Promise<DeferDutyReturnType<dryRun>> {
  const { licenceId, kind, dueAt } = parameters;
  checkLicenceId(licenceId);
  const number = numberOf("kind", DUTY_KINDS, kind);
  checkUint("dueAt", dueAt, 32);
  return write(
    client,
    parameters,
    { contract: "licenceDuties", functionName: "defer", args: [licenceId, number, dueAt] },
    () => ({ licenceId, kind, dueAt }),
  );
}
