import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import type { InvalidInputError } from "../errors.ts";
import { read, type ReadErrorType } from "../internal/read.ts";
import { checkId, checkUint } from "../internal/validate.ts";

export interface IsOntologyPairProvedParameters {
  /** Root of the release. */
  readonly root: Hex;
  /** Term, its digits as a number (uint32). */
  readonly descendant: number;
  readonly ancestor: number;
}

export type IsOntologyPairProvedReturnType = boolean;

export type IsOntologyPairProvedErrorType = InvalidInputError | ReadErrorType;

/**
 * Whether somebody has proved on chain that a term descends from another in a release.
 * @throws InvalidInputError
 */
export async function isOntologyPairProved(
  client: ConcordClient,
  { root, descendant, ancestor }: IsOntologyPairProvedParameters,
): Promise<IsOntologyPairProvedReturnType> {
  checkId("root", root);
  checkUint("descendant", descendant, 32);
  checkUint("ancestor", ancestor, 32);
  return read(client, { contract: "ontologyRegistry", functionName: "isProved", args: [root, descendant, ancestor] });
}
