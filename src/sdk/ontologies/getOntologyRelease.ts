import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { type InvalidInputError, NotFoundError } from "../errors.ts";
import { findEvent } from "../internal/events.ts";
import type { ReadErrorType } from "../internal/read.ts";
import { checkId } from "../internal/validate.ts";

export interface GetOntologyReleaseParameters {
  /** Root of the release. */
  readonly root: Hex;
}

export interface GetOntologyReleaseReturnType {
  readonly root: Hex;
  /** For instance "Mondo". */
  readonly name: string;
  /** As its makers write it, for instance "2022-09-06". */
  readonly version: string;
  /** SHA-256 of the file that the tree was made from. */
  readonly sourceDigest: Hex;
  readonly terms: number;
  /** Strict (descendant, ancestor) pairs in the closure. */
  readonly pairs: number;
}

export type GetOntologyReleaseErrorType = InvalidInputError | NotFoundError | ReadErrorType;

/**
 * What the curator has said of a release, from the event of its publication.
 * @throws InvalidInputError, NotFoundError when nobody has published it
 */
export async function getOntologyRelease(
  client: ConcordClient,
  { root }: GetOntologyReleaseParameters,
): Promise<GetOntologyReleaseReturnType> {
  checkId("root", root);
  const event = await findEvent(client, "ontologyRegistry", "OntologyReleasePublished", { root });
  if (event === undefined) throw new NotFoundError("ontology release", { root });
  return event.args;
}
