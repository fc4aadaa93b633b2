import type { ConcordClient } from "../client.ts";
import type { InvalidInputError } from "../errors.ts";
import { DUTY_KINDS, DUTY_STATES, type DutyKind, type DutyState, nameOf } from "../internal/enums.ts";
import { checkLicenceId } from "../internal/licences.ts";
import { latestBlockNumber, read, type ReadErrorType } from "../internal/read.ts";

export interface GetDutiesParameters {
  readonly licenceId: bigint;
}

/** One duty of a licence. */
export interface LicenceDuty {
  readonly kind: DutyKind;
  readonly state: Exclude<DutyState, "None">;
  /** First second at which it is overdue; for a moratorium, at which it is over (Unix seconds). */
  readonly dueAt: number;
  /** Block time of its last step (Unix seconds). */
  readonly changedAt: number;
}

export type GetDutiesReturnType = readonly LicenceDuty[];

export type GetDutiesErrorType = InvalidInputError | ReadErrorType;

/**
 * The duties of a licence, all of one block; empty where there are none.
 * @throws InvalidInputError
 */
export async function getDuties(
  client: ConcordClient,
  { licenceId }: GetDutiesParameters,
): Promise<GetDutiesReturnType> {
  checkLicenceId(licenceId);
  const blockNumber = await latestBlockNumber(client);
  const found = await Promise.all(
    DUTY_KINDS.map(async (kind, number) => {
      const args = [licenceId, number] as const;
      const duty = await read(client, { contract: "licenceDuties", functionName: "dutyOf", args, blockNumber });
      return { kind, state: nameOf(DUTY_STATES, duty.state), dueAt: duty.dueAt, changedAt: duty.changedAt };
    }),
  );
  return found.filter((duty): duty is LicenceDuty => duty.state !== "None");
}
