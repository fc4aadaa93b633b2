import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import type { InvalidInputError } from "../errors.ts";
import { findEvents } from "../internal/events.ts";
import type { ReadErrorType } from "../internal/read.ts";
import { checkId } from "../internal/validate.ts";

export interface ListScopesParameters {
  /** The institution that created them. */
  readonly custodian: Hex;
  /** The block to read at; the latest unless told. */
  readonly blockNumber?: bigint | undefined;
}

export interface ListScopesReturnType {
  /** In the order of their creation. */
  readonly scopeIds: readonly Hex[];
}

export type ListScopesErrorType = InvalidInputError | ReadErrorType;

/**
 * The scopes of a custodian, from the events of their creation.
 * @throws InvalidInputError
 */
export async function listScopes(
  client: ConcordClient,
  { custodian, blockNumber }: ListScopesParameters,
): Promise<ListScopesReturnType> {
  checkId("custodian", custodian);
  const search = { topics: [null, custodian], toBlock: blockNumber };
  const events = await findEvents(client, "termsRegistry", ["ScopeCreated"], search);
  return { scopeIds: events.map(({ args }) => args.scopeId) };
}
