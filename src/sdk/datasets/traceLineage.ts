import type { Hex } from "viem";

import { isZero } from "../../model/index.ts";
import type { ConcordClient } from "../client.ts";
import { type InvalidInputError, NotFoundError } from "../errors.ts";
import { type AnchoredDataset, datasetOf } from "../internal/datasets.ts";
import { findEvents } from "../internal/events.ts";
import type { ReadErrorType } from "../internal/read.ts";
import { checkId } from "../internal/validate.ts";

export interface TraceLineageParameters {
  readonly datasetId: Hex;
  /** The last block to look into; the latest unless told. */
  readonly toBlock?: bigint | undefined;
}

/** A dataset among those that it comes from, or that come from it. */
export interface TracedDataset extends AnchoredDataset {
  /** Who has custody: the record's custodian, or who has claimed it since. */
  readonly custodian: Hex;
  /** From 1. */
  readonly version: number;
  /** Derivations up to the farthest ancestor. */
  readonly depth: number;
  /** Whether it was retracted itself. */
  readonly isRetracted: boolean;
  /** Whether neither it nor an ancestor is retracted. */
  readonly isStanding: boolean;
}

export interface TraceLineageReturnType {
  readonly dataset: TracedDataset;
  /** All that it is derived from, however far away, in the order of anchoring. */
  readonly ancestors: readonly TracedDataset[];
  /** All that is derived from it, however far away, in the order of anchoring. */
  readonly descendants: readonly TracedDataset[];
  /** All versions of it, itself among them, in the order of anchoring. */
  readonly versions: readonly TracedDataset[];
}

export type TraceLineageErrorType = InvalidInputError | NotFoundError | ReadErrorType;

/**
 * What a dataset comes from and what comes from it, read from the registry's events alone: it needs no custodian, and
 * nothing but the chain.
 * @throws InvalidInputError, NotFoundError
 */
export async function traceLineage(
  client: ConcordClient,
  { datasetId, toBlock }: TraceLineageParameters,
): Promise<TraceLineageReturnType> {
  checkId("datasetId", datasetId);
  const traced = await traceAll(client, toBlock);
  const id = datasetId.toLowerCase() as Hex;
  const dataset = traced.get(id);
  if (dataset === undefined) throw new NotFoundError("dataset", { datasetId });

  const all = [...traced.values()];
  const ancestors = ancestorsOf(traced, id);
  const first = firstVersionOf(traced, id);
  return {
    dataset,
    ancestors: all.filter((other) => ancestors.has(other.datasetId)),
    descendants: all.filter((other) => ancestorsOf(traced, other.datasetId).has(id)),
    versions: all.filter((other) => firstVersionOf(traced, other.datasetId) === first),
  };
}

/** Every dataset by its id, in the order of anchoring. */
async function traceAll(client: ConcordClient, toBlock: bigint | undefined): Promise<Map<Hex, TracedDataset>> {
  const names = ["DatasetAnchored", "DatasetRetracted", "DatasetClaimed"] as const;
  const events = await findEvents(client, "datasetRegistry", names, { topics: [], toBlock });
  const retracted = new Set<Hex>();
  const custodians = new Map<Hex, Hex>();
  for (const event of events) {
    if (event.name === "DatasetRetracted") retracted.add(event.args.datasetId);
    if (event.name === "DatasetClaimed") custodians.set(event.args.datasetId, event.args.custodian);
  }
  const traced = new Map<Hex, TracedDataset>();
  for (const event of events) {
    if (event.name !== "DatasetAnchored") continue;
    const anchored = datasetOf(event.args);
    const { datasetId, record } = anchored;
    // What it comes from was anchored, and so traced, before.
    const parents = record.parents.map((parent) => known(traced, parent));
    const isRetracted = retracted.has(datasetId);
    traced.set(datasetId, {
      ...anchored,
      custodian: custodians.get(datasetId) ?? record.custodian,
      version: isZero(record.previous) ? 1 : known(traced, record.previous).version + 1,
      depth: Math.max(0, ...parents.map(({ depth }) => depth + 1)),
      isRetracted,
      isStanding: !isRetracted && parents.every(({ isStanding }) => isStanding),
    });
  }
  return traced;
}

function ancestorsOf(traced: ReadonlyMap<Hex, TracedDataset>, datasetId: Hex, found = new Set<Hex>()): Set<Hex> {
  for (const parent of known(traced, datasetId).record.parents) {
    if (found.has(parent)) continue;
    found.add(parent);
    ancestorsOf(traced, parent, found);
  }
  return found;
}

function firstVersionOf(traced: ReadonlyMap<Hex, TracedDataset>, datasetId: Hex): Hex {
  let first = datasetId;
  for (;;) {
    const { previous } = known(traced, first).record;
    if (isZero(previous)) return first;
    first = previous;
  }
}

function known(traced: ReadonlyMap<Hex, TracedDataset>, datasetId: Hex): TracedDataset {
  const dataset = traced.get(datasetId);
  if (dataset === undefined) throw new TypeError(`The node lacks the event that anchored ${datasetId}.`);
  return dataset;
}
