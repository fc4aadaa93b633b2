import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { DUTY_KINDS, type DutyKind } from "../internal/enums.ts";
import { checkLicenceId } from "../internal/licences.ts";
import { checkBytes32, numberOf } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface DeclareDutyBreachParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly licenceId: bigint;
  readonly kind: DutyKind;
  /** Digest of the reasons in words. */
  readonly explanation: Hex;
}

export type DeclareDutyBreachReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  { readonly licenceId: bigint; readonly kind: DutyKind },
  dryRun
>;

export type DeclareDutyBreachErrorType = WriteErrorType;

/**
 * Records a breach that dates do not show. For an account of the custodian or the committee.
 * @throws InvalidInputError, ConcordContractError DutyEvidenceEmpty, DutyStepNotOpen, DutyNotResponsible, LicenceUnknown,
 * AccessManagedUnauthorized
 */
export async function declareDutyBreach<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: DeclareDutyBreachParameters<dryRun>,
): Promise<DeclareDutyBreachReturnType<dryRun>> {
  const { licenceId, kind, explanation } = parameters;
  checkLicenceId(licenceId);
  const number = numberOf("kind", DUTY_KINDS, kind);
  checkBytes32("explanation", explanation);
  return write(
    client,
    parameters,
    { contract: "licenceDuties", functionName: "declareBreach", args: [licenceId, number, explanation] },
    () => ({ licenceId, kind }),
  );
}
