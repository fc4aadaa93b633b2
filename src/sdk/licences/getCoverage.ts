import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import type { InvalidInputError } from "../errors.ts";
import { checkLicenceId } from "../internal/licences.ts";
import { read, type ReadErrorType } from "../internal/read.ts";
import { checkBytes32 } from "../internal/validate.ts";
import { type Decision, decisionOf } from "../internal/verdict.ts";

export interface GetCoverageParameters {
  readonly licenceId: bigint;
  readonly participantId: Hex;
  /** The block to read at; the latest unless told. */
  readonly blockNumber?: bigint | undefined;
}

/** What a licence lets its holder do with one participant's data. */
export interface ParticipantCoverage extends Decision {
  readonly participantId: Hex;
  /** The licence is Effective and nothing stands against it: the data may be used now. */
  readonly isEffective: boolean;
}

export type GetCoverageReturnType = ParticipantCoverage;

export type GetCoverageErrorType = InvalidInputError | ReadErrorType;

/**
 * Whether a licence lets one participant's data be used, and what stands against it; resolved reasons are left out.
 * @throws InvalidInputError, ConcordContractError LicenceUnknown
 */
export async function getCoverage(
  client: ConcordClient,
  { licenceId, participantId, blockNumber }: GetCoverageParameters,
): Promise<GetCoverageReturnType> {
  checkLicenceId(licenceId);
  checkBytes32("participantId", participantId);
  const [isEffective, verdict] = await read(client, {
    contract: "licenceRegistry",
    functionName: "covers",
    args: [licenceId, participantId],
    blockNumber,
  });
  return { participantId, isEffective, ...decisionOf(verdict) };
}
