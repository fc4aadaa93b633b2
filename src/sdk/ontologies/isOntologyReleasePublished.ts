import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import type { InvalidInputError } from "../errors.ts";
import { read, type ReadErrorType } from "../internal/read.ts";
import { checkId } from "../internal/validate.ts";

export interface IsOntologyReleasePublishedParameters {
  /** Root of the release. */
  readonly root: Hex;
}

export type IsOntologyReleasePublishedReturnType = boolean;

export type IsOntologyReleasePublishedErrorType = InvalidInputError | ReadErrorType;

/**
 * Whether the curator has published a release: terms can pin it, and its pairs can be proved.
 * @throws InvalidInputError
 */
export async function isOntologyReleasePublished(
  client: ConcordClient,
  { root }: IsOntologyReleasePublishedParameters,
): Promise<IsOntologyReleasePublishedReturnType> {
  checkId("root", root);
  return read(client, { contract: "ontologyRegistry", functionName: "isPublished", args: [root] });
}
