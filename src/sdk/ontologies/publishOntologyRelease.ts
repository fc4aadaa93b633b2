import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { eventIn } from "../internal/events.ts";
import { checkId, checkText, checkUint } from "../internal/validate.ts";
import { write, type WriteErrorType, type WriteOptions, type WriteReturnType } from "../internal/write.ts";

export interface PublishOntologyReleaseParameters<dryRun extends boolean = boolean> extends WriteOptions<dryRun> {
  /** Merkle root over the release's pairs and lineages (OpenZeppelin's standard leaves). */
  readonly root: Hex;
  /** For instance "Mondo". */
  readonly name: string;
  /** As its makers write it, for instance "2022-09-06". */
  readonly version: string;
  /** SHA-256 of the file that the tree was made from. */
  readonly sourceDigest: Hex;
  /** Number of terms (uint32). */
  readonly terms: number;
  /** Number of (descendant, ancestor) pairs (uint32). */
  readonly pairs: number;
}

export type PublishOntologyReleaseReturnType<dryRun extends boolean = boolean> = WriteReturnType<
  { readonly root: Hex },
  dryRun
>;

export type PublishOntologyReleaseErrorType = WriteErrorType;

/**
 * Publishes an ontology release, for terms to pin. For the curator.
 * @throws InvalidInputError, ConcordContractError OntologyReleaseTaken, AccessManagedUnauthorized
 */
export async function publishOntologyRelease<dryRun extends boolean = false>(
  client: ConcordClient,
  parameters: PublishOntologyReleaseParameters<dryRun>,
): Promise<PublishOntologyReleaseReturnType<dryRun>> {
  const { root, name, version, sourceDigest, terms, pairs } = parameters;
  checkId("root", root);
  checkText("name", name);
  checkText("version", version);
  checkId("sourceDigest", sourceDigest);
  checkUint("terms", terms, 32);
  checkUint("pairs", pairs, 32);
  return write(
    client,
    parameters,
    {
      contract: "ontologyRegistry",
      functionName: "publish",
      args: [root, name, version, sourceDigest, terms, pairs],
    },
    (logs) => ({ root: eventIn(client, logs, "ontologyRegistry", "OntologyReleasePublished").root }),
  );
}
