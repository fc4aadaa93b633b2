import { type Hex, type Log, zeroHash } from "viem";

import type { ConcordClient } from "../client.ts";
import { datasetIdOf } from "../datasets/datasetIdOf.ts";
import { type EventArguments, eventIn } from "./events.ts";
import { checkList, checkObject } from "./validate.ts";
import { type DatasetRecord, datasetRecordOf, wireDatasetRecord } from "./wire.ts";

/** A dataset's id and the record that it certifies. */
export interface AnchoredDataset {
  readonly datasetId: Hex;
  /** From 1, in the order of anchoring. */
  readonly number: number;
  readonly record: DatasetRecord;
}

/**
 * A dataset's record but for the datasets that it replaces or derives from, which the actions fill in. Without a
 * successor nobody may take custody over but by the registrar's act; only an aggregate has a minimum cell.
 */
export type NewDatasetRecord = Omit<DatasetRecord, "previous" | "parents" | "successor" | "minimumCell"> &
  Partial<Pick<DatasetRecord, "successor" | "minimumCell">>;

/** The dataset that an event tells of. */
export function datasetOf(args: EventArguments<"datasetRegistry", "DatasetAnchored">): AnchoredDataset {
  const { datasetId, number, record } = args;
  return { datasetId, number, record: datasetRecordOf(record) };
}

/** The dataset that a transaction has anchored. */
export function anchoredDataset(client: ConcordClient, logs: readonly Log[]): AnchoredDataset {
  return datasetOf(eventIn(client, logs, "datasetRegistry", "DatasetAnchored"));
}

/** A new record and its parents' as the contract takes them. */
export function wireNewDataset(record: NewDatasetRecord, previous: Hex, parents: readonly DatasetRecord[]) {
  checkObject("record", record);
  checkList("parents", parents);
  const wireParents = parents.map((parent, index) => wireDatasetRecord(`parents[${index}]`, parent));
  const whole = { successor: zeroHash, minimumCell: 0, ...record, previous, parents: parents.map(datasetIdOf) };
  return { record: wireDatasetRecord("record", whole), parents: wireParents };
}
