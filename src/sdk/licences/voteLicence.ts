import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { type Vote, VOTES } from "../internal/enums.ts";
import { eventIn } from "../internal/events.ts";
import { checkLicenceId } from "../internal/licences.ts";
import { checkBytes32, numberOf } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

/** A vote that counts. */
export type CastVote = Exclude<Vote, "None">;

export interface VoteLicenceParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  readonly licenceId: bigint;
  readonly vote: CastVote;
  /** Digest of the committee's reasons in words. */
  readonly explanation: Hex;
}

export type VoteLicenceReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  {
    readonly licenceId: bigint;
    /** The institution that has voted. */
    readonly committee: Hex;
    readonly vote: CastVote;
  },
  dryRun
>;

export type VoteLicenceErrorType = WriteErrorType;

/**
 * The committee's one vote on a decided request, or on an appeal. For an account of the scope's committee; of its review
 * committee, where it has one, on an appeal or a conflict of interest.
 * @throws InvalidInputError, ConcordContractError LicenceUnknown, LicenceStepNotOpen, LicenceVoteUnexplained,
 * LicenceConflictOfInterest, LicenceNotResponsible, AccessManagedUnauthorized
 */
export async function voteLicence<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: VoteLicenceParameters<dryRun>,
): Promise<VoteLicenceReturnType<dryRun>> {
  const { licenceId, vote, explanation } = parameters;
  checkLicenceId(licenceId);
  const cast = numberOf("vote", VOTES, vote);
  checkBytes32("explanation", explanation);
  return write(
    client,
    parameters,
    { contract: "licenceRegistry", functionName: "vote", args: [licenceId, cast, explanation] },
    (logs) => ({ licenceId, committee: eventIn(client, logs, "licenceRegistry", "LicenceVoted").committee, vote }),
  );
}
