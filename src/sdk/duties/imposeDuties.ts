import type { ConcordClient } from "../client.ts";
import { DUTY_KINDS, type DutyKind } from "../internal/enums.ts";
import { checkLicenceId } from "../internal/licences.ts";
import { checkNonEmptyList, checkObject, checkUint, numberOf } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

/** A duty as it is imposed. */
export interface DutyTerm {
  readonly kind: DutyKind;
  /** First second at which it is overdue; for a moratorium, at which it is over (Unix seconds, uint32). */
  readonly dueAt: number;
}

export interface ImposeDutiesParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly licenceId: bigint;
  readonly duties: readonly DutyTerm[];
}

export type ImposeDutiesReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  { readonly licenceId: bigint; readonly duties: readonly DutyTerm[] },
  dryRun
>;

export type ImposeDutiesErrorType = WriteErrorType;

/**
 * Imposes duties on a licence that is approved and not issued yet. For an account of the custodian.
 * @throws InvalidInputError, ConcordContractError DutyLicenceNotOpen, DutyDatePassed, DutyStepNotOpen,
 * DutyNotResponsible, LicenceUnknown, AccessManagedUnauthorized
 */
export async function imposeDuties<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: ImposeDutiesParameters<dryRun>,
): Promise<ImposeDutiesReturnType<dryRun>> {
  const { licenceId, duties } = parameters;
  checkLicenceId(licenceId);
  checkNonEmptyList("duties", duties);
  const terms = duties.map((duty, index) => {
    checkObject(`duties[${index}]`, duty);
    const { kind, dueAt } = duty;
    checkUint(`duties[${index}].dueAt`, dueAt, 32);
    return { kind: numberOf(`duties[${index}].kind`, DUTY_KINDS, kind), dueAt };
  });
  return write(
    client,
    parameters,
    { contract: "licenceDuties", functionName: "impose", args: [licenceId, terms] },
    () => ({ licenceId, duties }),
  );
}
