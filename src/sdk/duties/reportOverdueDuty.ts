import type { ConcordClient } from "../client.ts";
import { DUTY_KINDS, type DutyKind } from "../internal/enums.ts";
import { checkLicenceId } from "../internal/licences.ts";
import { numberOf } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface ReportOverdueDutyParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly licenceId: bigint;
  readonly kind: DutyKind;
}

export type ReportOverdueDutyReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  { readonly licenceId: bigint; readonly kind: DutyKind },
  dryRun
>;

export type ReportOverdueDutyErrorType = WriteErrorType;

/**
 * Records that an open duty is overdue, which bars the licensee from new licences. For anyone.
 * @throws InvalidInputError, ConcordContractError DutyNotOverdue, DutyStepNotOpen
 */
export async function reportOverdueDuty<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: ReportOverdueDutyParameters<dryRun>,
): Promise<ReportOverdueDutyReturnType<dryRun>> {
  const { licenceId, kind } = parameters;
  checkLicenceId(licenceId);
  const number = numberOf("kind", DUTY_KINDS, kind);
  return write(
    client,
    parameters,
    { contract: "licenceDuties", functionName: "reportOverdue", args: [licenceId, number] },
    () => ({ licenceId, kind }),
  );
}
