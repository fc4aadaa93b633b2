import type { ConcordClient } from "../client.ts";
import { DUTY_KINDS, type DutyKind } from "../internal/enums.ts";
import { checkLicenceId } from "../internal/licences.ts";
import { numberOf } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface AcceptDutyParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly licenceId: bigint;
  readonly kind: DutyKind;
}

export type AcceptDutyReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  { readonly licenceId: bigint; readonly kind: DutyKind },
  dryRun
>;

export type AcceptDutyErrorType = WriteErrorType;

/**
 * Accepts the evidence that a duty is done. For an account of the custodian.
 * @throws InvalidInputError, ConcordContractError DutyStepNotOpen, DutyNotResponsible, LicenceUnknown,
 * AccessManagedUnauthorized
 */
export async function acceptDuty<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: AcceptDutyParameters<dryRun>,
): Promise<AcceptDutyReturnType<dryRun>> {
  const { licenceId, kind } = parameters;
  checkLicenceId(licenceId);
  const number = numberOf("kind", DUTY_KINDS, kind);
  return write(
    client,
    parameters,
    { contract: "licenceDuties", functionName: "accept", args: [licenceId, number] },
    () => ({ licenceId, kind }),
  );
}
