import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { DUTY_KINDS, type DutyKind } from "../internal/enums.ts";
import { eventIn } from "../internal/events.ts";
import { checkLicenceId } from "../internal/licences.ts";
import { checkBytes32, numberOf } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface RejectDutyParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly licenceId: bigint;
  readonly kind: DutyKind;
  /** Digest of the reasons in words. */
  readonly explanation: Hex;
}

export type RejectDutyReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  {
    readonly licenceId: bigint;
    readonly kind: DutyKind;
    /** First second at which it is overdue again (Unix seconds). */
    readonly dueAt: number;
  },
  dryRun
>;

export type RejectDutyErrorType = WriteErrorType;

/**
 * Refuses the evidence: the duty is open again, for 14 days at least. For an account of the custodian.
 * @throws InvalidInputError, ConcordContractError DutyStepNotOpen, DutyNotResponsible, LicenceUnknown,
 * AccessManagedUnauthorized
 */
export async function rejectDuty<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: RejectDutyParameters<dryRun>,
): Promise<RejectDutyReturnType<dryRun>> {
  const { licenceId, kind, explanation } = parameters;
  checkLicenceId(licenceId);
  const number = numberOf("kind", DUTY_KINDS, kind);
  checkBytes32("explanation", explanation);
  return write(
    client,
    parameters,
    { contract: "licenceDuties", functionName: "reject", args: [licenceId, number, explanation] },
    (logs) => ({ licenceId, kind, dueAt: eventIn(client, logs, "licenceDuties", "DutyReopened").dueAt }),
  );
}
