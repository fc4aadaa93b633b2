import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { eventsIn } from "../internal/events.ts";
import { checkId, checkProof, checkUint } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface ProveOntologyPairParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  /** Root of the release. */
  readonly root: Hex;
  /** Term, its digits as a number (uint32). */
  readonly descendant: number;
  /** A strict ancestor of it (uint32). */
  readonly ancestor: number;
  /** Merkle proof of the pair in the release. */
  readonly proof: readonly Hex[];
}

export type ProveOntologyPairReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  {
    /** False when the pair was proved before; then nothing has changed. */
    readonly isNew: boolean;
  },
  dryRun
>;

export type ProveOntologyPairErrorType = WriteErrorType;

/**
 * Proves once and for all that a term descends from another in a release. For anyone.
 * @throws InvalidInputError, ConcordContractError OntologyProofInvalid
 */
export async function proveOntologyPair<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: ProveOntologyPairParameters<dryRun>,
): Promise<ProveOntologyPairReturnType<dryRun>> {
  const { root, descendant, ancestor, proof } = parameters;
  checkId("root", root);
  checkUint("descendant", descendant, 32);
  checkUint("ancestor", ancestor, 32);
  checkProof("proof", proof);
  return write(
    client,
    parameters,
    { contract: "ontologyRegistry", functionName: "prove", args: [root, descendant, ancestor, proof] },
    (logs) => ({ isNew: eventsIn(client, logs, "ontologyRegistry", ["OntologyPairProved"]).length > 0 }),
  );
}
