import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import type { InvalidInputError } from "../errors.ts";
import { checkLicenceId } from "../internal/licences.ts";
import { type PageOptions, readPages, zip } from "../internal/pages.ts";
import { latestBlockNumber, read, type ReadErrorType } from "../internal/read.ts";
import { checkBytes32, checkList } from "../internal/validate.ts";
import { decisionOf } from "../internal/verdict.ts";
import type { ParticipantCoverage } from "./getCoverage.ts";

export interface GetCohortCoverageParameters extends PageOptions {
  readonly licenceId: bigint;
  /** Whose data; the answers come in this order. */
  readonly participantIds: readonly Hex[];
  /** The block to read at; the latest unless told. */
  readonly blockNumber?: bigint | undefined;
}

export interface GetCohortCoverageReturnType {
  /** All answers are of this block. */
  readonly blockNumber: bigint;
  readonly coverage: readonly ParticipantCoverage[];
}

export type GetCohortCoverageErrorType = InvalidInputError | ReadErrorType;

/**
 * What a licence covers for each of many participants, page by page, all of one block.
 * @throws InvalidInputError, ConcordContractError LicenceUnknown
 */
export async function getCohortCoverage(
  client: ConcordClient,
  parameters: GetCohortCoverageParameters,
): Promise<GetCohortCoverageReturnType> {
  const { licenceId, participantIds } = parameters;
  checkLicenceId(licenceId);
  checkList("participantIds", participantIds);
  participantIds.forEach((id, index) => {
    checkBytes32(`participantIds[${index}]`, id);
  });
  const blockNumber = parameters.blockNumber ?? (await latestBlockNumber(client));
  const coverage = await readPages(participantIds, parameters, async (page) => {
    const args = [licenceId, page] as const;
    const answers = await read(client, { contract: "concordLens", functionName: "coverage", args, blockNumber });
    return zip(page, answers).map(([participantId, { isEffective, deny, manual }]): ParticipantCoverage => {
      return { participantId, isEffective, ...decisionOf({ deny, manual }) };
    });
  });
  return { blockNumber, coverage };
}
