import type { Hex, Log } from "viem";

import type { ConcordClient } from "../client.ts";
import { type EventArguments, eventIn } from "./events.ts";
import { type DatasetRecord, datasetRecordOf } from "./wire.ts";

/** A dataset's id and the record that it certifies. */
export interface AnchoredDataset {
  readonly datasetId: Hex;
  readonly record: DatasetRecord;
}

/** The dataset that an event tells of. */
export function datasetOf(args: EventArguments<"datasetRegistry", "DatasetAnchored">): AnchoredDataset {
  const { datasetId, ...record } = args;
  return { datasetId, record: datasetRecordOf(record) };
}

/** The dataset that a transaction has anchored. */
export function anchoredDataset(client: ConcordClient, logs: readonly Log[]): AnchoredDataset {
  return datasetOf(eventIn(client, logs, "datasetRegistry", "DatasetAnchored"));
}
