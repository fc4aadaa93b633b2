import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { eventIn } from "../internal/events.ts";
import { checkBytes32, checkId, checkUint } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface ApproveEthicsParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  /** The institution whose use it is. */
  readonly licensee: Hex;
  /** Which use it is: see purposeDigest. */
  readonly purposeDigest: Hex;
  /** First second at which the approval no longer holds (Unix seconds, uint32); 0 takes it back. */
  readonly until: number;
  /** Digest of the approval. */
  readonly document: Hex;
}

export type ApproveEthicsReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  {
    readonly licensee: Hex;
    readonly purposeDigest: Hex;
    readonly committee: Hex;
    /** First second at which it no longer holds; the block's own time when it was taken back. */
    readonly until: number;
  },
  dryRun
>;

export type ApproveEthicsErrorType = WriteErrorType;

/**
 * Records that the sender's committee approves a licensee's use, or takes that back. For an account of a committee.
 * @throws InvalidInputError, ConcordContractError FactApprovalPassed, FactApprovalNotYours, FactConflictOfInterest,
 * InstitutionNotInStanding, AccessManagedUnauthorized
 */
export async function approveEthics<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: ApproveEthicsParameters<dryRun>,
): Promise<ApproveEthicsReturnType<dryRun>> {
  const { licensee, purposeDigest, until, document } = parameters;
  checkId("licensee", licensee);
  checkId("purposeDigest", purposeDigest);
  checkUint("until", until, 32);
  checkBytes32("document", document);
  const args = [licensee, purposeDigest, until, document] as const;
  return write(client, parameters, { contract: "factRegistry", functionName: "approveEthics", args }, (logs) => {
    const approved = eventIn(client, logs, "factRegistry", "EthicsApproved");
    return { licensee, purposeDigest, committee: approved.committee, until: approved.until };
  });
}
