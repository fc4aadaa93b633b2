import type { Hex } from "viem";

import type { Fact } from "../../model/index.ts";
import type { ConcordClient } from "../client.ts";
import { factBits, type StatedFacts, statedIn } from "../internal/facts.ts";
import { checkBytes32, checkId } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface StateFactsParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  /** Which use it is: see purposeDigest. */
  readonly purposeDigest: Hex;
  /** What the institution that the sender signs for answers for, in place of an earlier statement; empty takes that back. */
  readonly facts: readonly Fact[];
  /** Digest of the signed paper. */
  readonly document: Hex;
}

export type StateFactsReturnType<dryRun extends boolean = boolean> = WriteReturnType<StatedFacts, dryRun>;

export type StateFactsErrorType = WriteErrorType;

/**
 * States that what a purpose says is true, for the institution that the sender signs for. Statements that were signed before and not
 * relayed no longer count.
 * @throws InvalidInputError, ConcordContractError InstitutionOfficialUnknown, InstitutionNotInStanding
 */
export async function stateFacts<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: StateFactsParameters<dryRun>,
): Promise<StateFactsReturnType<dryRun>> {
  const { purposeDigest, document } = parameters;
  checkId("purposeDigest", purposeDigest);
  const facts = factBits("facts", parameters.facts);
  checkBytes32("document", document);
  const args = [purposeDigest, facts, document] as const;
  return write(client, parameters, { contract: "factRegistry", functionName: "state", args }, (logs) =>
    statedIn(client, logs),
  );
}
