import type { Hex } from "viem";

import { isZero } from "../../model/index.ts";
import type { ConcordClient } from "../client.ts";
import { type InvalidInputError, NotFoundError } from "../errors.ts";
import { type AnchoredDataset, datasetOf } from "../internal/datasets.ts";
import { findEvent } from "../internal/events.ts";
import { read, type ReadErrorType } from "../internal/read.ts";
import { checkId } from "../internal/validate.ts";

export interface GetDatasetParameters {
  readonly datasetId: Hex;
  /** The block to read at; the latest unless told. */
  readonly blockNumber?: bigint | undefined;
}

export interface GetDatasetReturnType extends AnchoredDataset {
  /** Block time (Unix seconds). */
  readonly anchoredAt: number;
  /** From 1. */
  readonly version: number;
  /** False once it, or one that it descends from, is retracted. */
  readonly isStanding: boolean;
  /** Who has custody: the record's custodian, or who has claimed it since. */
  readonly custodian: Hex;
  /** Derivations up to the farthest ancestor. */
  readonly depth: number;
  /** Numbers of all datasets that it descends from, ascending. */
  readonly ancestors: readonly number[];
}

export type GetDatasetErrorType = InvalidInputError | NotFoundError | ReadErrorType;

/**
 * An anchored dataset: its record from the event of its anchoring, and its standing and custodian.
 * @throws InvalidInputError, NotFoundError
 */
export async function getDataset(
  client: ConcordClient,
  { datasetId, blockNumber }: GetDatasetParameters,
): Promise<GetDatasetReturnType> {
  checkId("datasetId", datasetId);
  const request = { contract: "datasetRegistry", args: [datasetId], blockNumber } as const;
  const [event, anchoredAt, version, isStanding, claimant, [, depth, ancestors]] = await Promise.all([
    findEvent(client, "datasetRegistry", "DatasetAnchored", { datasetId }, blockNumber),
    read(client, { ...request, functionName: "anchoredAt" }),
    read(client, { ...request, functionName: "versionOf" }),
    read(client, { ...request, functionName: "isStanding" }),
    read(client, { ...request, functionName: "custodianOf" }),
    read(client, { ...request, functionName: "lineageOf" }),
  ]);
  if (event === undefined) throw new NotFoundError("dataset", { datasetId });
  const dataset = datasetOf(event.args);
  const custodian = isZero(claimant) ? dataset.record.custodian : claimant;
  return { ...dataset, anchoredAt, version, isStanding, custodian, depth, ancestors };
}
