import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import type { InvalidInputError } from "../errors.ts";
import { findEvents } from "../internal/events.ts";
import type { ReadErrorType } from "../internal/read.ts";
import { checkId } from "../internal/validate.ts";

export interface ListDatasetsParameters {
  /** The scope whose participants they are about. */
  readonly scopeId: Hex;
  /** The block to read at; the latest unless told. */
  readonly blockNumber?: bigint | undefined;
}

export interface ListDatasetsReturnType {
  /** In the order of their anchoring, retracted ones too. */
  readonly datasetIds: readonly Hex[];
}

export type ListDatasetsErrorType = InvalidInputError | ReadErrorType;

/**
 * The datasets of a scope, from the events of their anchoring; getDataset tells of each.
 * @throws InvalidInputError
 */
export async function listDatasets(
  client: ConcordClient,
  { scopeId, blockNumber }: ListDatasetsParameters,
): Promise<ListDatasetsReturnType> {
  checkId("scopeId", scopeId);
  const search = { topics: [null, null, scopeId], toBlock: blockNumber };
  const events = await findEvents(client, "datasetRegistry", ["DatasetAnchored"], search);
  return { datasetIds: events.map(({ args }) => args.datasetId) };
}
