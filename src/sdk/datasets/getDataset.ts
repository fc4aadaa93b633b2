import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import { type InvalidInputError, NotFoundError } from "../errors.ts";
import { type AnchoredDataset, datasetOf } from "../internal/datasets.ts";
import { findEvent } from "../internal/events.ts";
import { read, type ReadErrorType } from "../internal/read.ts";
import { checkId } from "../internal/validate.ts";

export interface GetDatasetParameters {
  readonly datasetId: Hex;
}

export interface GetDatasetReturnType extends AnchoredDataset {
  /** Block time (Unix seconds). */
  readonly anchoredAt: number;
  /** From 1. */
  readonly version: number;
  /** False once it is retracted. */
  readonly isStanding: boolean;
}

export type GetDatasetErrorType = InvalidInputError | NotFoundError | ReadErrorType;

/**
 * An anchored dataset: its record from the event of its anchoring, and its standing now.
 * @throws InvalidInputError, NotFoundError
 */
export async function getDataset(
  client: ConcordClient,
  { datasetId }: GetDatasetParameters,
): Promise<GetDatasetReturnType> {
  checkId("datasetId", datasetId);
  const args = [datasetId] as const;
  const [event, anchoredAt, version, isStanding] = await Promise.all([
    findEvent(client, "datasetRegistry", "DatasetAnchored", { datasetId }),
    read(client, { contract: "datasetRegistry", functionName: "anchoredAt", args }),
    read(client, { contract: "datasetRegistry", functionName: "versionOf", args }),
    read(client, { contract: "datasetRegistry", functionName: "isStanding", args }),
  ]);
  if (event === undefined) throw new NotFoundError("dataset", { datasetId });
  return { ...datasetOf(event.args), anchoredAt, version, isStanding };
}
