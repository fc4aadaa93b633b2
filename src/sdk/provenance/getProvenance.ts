import { type Hex, zeroHash } from "viem";

import {
  ACTIVITY_KINDS,
  type DatasetEntity,
  type EntityKey,
  type ProvenanceActivity,
  type ProvenanceEntity,
  type ProvenanceGraph,
} from "../../provenance/index.ts";
import type { ConcordClient } from "../client.ts";
import { type InvalidInputError, ProvenanceIncompleteError } from "../errors.ts";
import { datasetOf } from "../internal/datasets.ts";
import { nameOf } from "../internal/enums.ts";
import { findEvents, type FoundEvent } from "../internal/events.ts";
import { blockTime, latestBlockNumber, read, type ReadErrorType } from "../internal/read.ts";
import { checkBigUint } from "../internal/validate.ts";

export interface GetProvenanceParameters {
  /** The last block to look into; the latest unless told. */
  readonly blockNumber?: bigint | undefined;
}

export type GetProvenanceReturnType = ProvenanceGraph;

export type GetProvenanceErrorType = InvalidInputError | ProvenanceIncompleteError | ReadErrorType;

const NAMES = [
  "ActivityRecorded",
  "SpecimenRegistered",
  "AliquotRegistered",
  "CustodyTransferred",
  "SampleSequenced",
  "AnalysisRecorded",
  "DatasetUsed",
  "DatasetGenerated",
  "SampleDestroyed",
  "CopiesDestroyed",
] as const;

type Found = FoundEvent<"provenanceRegistry", (typeof NAMES)[number]>;
type Anchored = FoundEvent<"datasetRegistry", "DatasetAnchored" | "DatasetRetracted">;
type Draft = { -readonly [field in keyof ProvenanceActivity]: ProvenanceActivity[field] } & {
  used: EntityKey[];
  generated: EntityKey[];
  invalidated: EntityKey[];
};

/**
 * What came from what: every sample, dataset and activity up to a block, from the registries' events.
 * @throws InvalidInputError, ProvenanceIncompleteError when the node does not give all events
 */
export async function getProvenance(
  client: ConcordClient,
  { blockNumber }: GetProvenanceParameters = {},
): Promise<GetProvenanceReturnType> {
  if (blockNumber !== undefined) checkBigUint("blockNumber", blockNumber, 64);
  const toBlock = blockNumber ?? (await latestBlockNumber(client));
  const counted = { contract: "provenanceRegistry", functionName: "activityCount", args: [] } as const;
  const [count, events, anchored] = await Promise.all([
    read(client, { ...counted, blockNumber: toBlock }),
    findEvents(client, "provenanceRegistry", NAMES, { topics: [], toBlock }),
    findEvents(client, "datasetRegistry", ["DatasetAnchored", "DatasetRetracted"], { topics: [], toBlock }),
  ]);
  const times = await timesOf(client, [...events, ...anchored]);
  const graph = build(events, anchored, ({ blockNumber }) => times.get(blockNumber) ?? 0);
  if (graph.activities.length !== Number(count)) throw new ProvenanceIncompleteError(Number(count));
  return {
    chainId: client.deployment.chainId,
    registry: client.deployment.contracts.provenanceRegistry.address as Hex,
    ...graph,
  };
}

/** Times of the events' blocks, each asked for once where the node has not told it with the event. */
async function timesOf(
  client: ConcordClient,
  events: readonly (Found | Anchored)[],
): Promise<ReadonlyMap<bigint, number>> {
  const told = new Map(events.map(({ blockNumber, time }) => [blockNumber, time]));
  const entries = [...told].map(async ([block, time]) => [block, time ?? (await blockTime(client, block))] as const);
  return new Map(await Promise.all(entries));
}

function build(
  events: readonly Found[],
  anchored: readonly Anchored[],
  timeOf: (event: Found | Anchored) => number,
): Pick<ProvenanceGraph, "entities" | "activities"> {
  const entities = new Map<EntityKey, ProvenanceEntity>();
  const samples = new Map<Hex, EntityKey>();
  const activities: Draft[] = [];
  const keyOf = (sampleId: Hex): EntityKey => samples.get(sampleId) ?? `specimen:${sampleId}`;
  const add = (entity: ProvenanceEntity): EntityKey => {
    entities.set(entity.key, entity);
    return entity.key;
  };

  for (const event of anchored) tellDataset(entities, event, timeOf(event));
  for (const event of events) {
    if (event.name === "ActivityRecorded") {
      activities.push(draftOf(event, timeOf(event)));
      continue;
    }
    const activity = activities[Number(event.args.activity) - 1];
    if (activity === undefined) break;
    switch (event.name) {
      case "SpecimenRegistered": {
        const { sampleId, scopeId, custodian, participant, material, label } = event.args;
        const key: EntityKey = `specimen:${sampleId}`;
        samples.set(sampleId, key);
        activity.generated.push(add({ kind: "specimen", key, scopeId, custodian, participant, material, label }));
        break;
      }
      case "AliquotRegistered": {
        const { sampleId, source, keeper, label } = event.args;
        const key: EntityKey = `aliquot:${sampleId}`;
        samples.set(sampleId, key);
        if (activity.used.length === 0) activity.used.push(keyOf(source));
        activity.generated.push(add({ kind: "aliquot", key, keeper, label }));
        break;
      }
      case "CustodyTransferred":
        activity.used.push(keyOf(event.args.sampleId));
        activity.from = event.args.from;
        break;
      case "SampleSequenced":
        activity.used.push(keyOf(event.args.sampleId));
        break;
      case "AnalysisRecorded": {
        const { licenceId, version, results } = event.args;
        Object.assign(activity, { licenceId, version });
        results.forEach((digest, index) => {
          const key: EntityKey = `result:${activity.number}-${index}`;
          activity.generated.push(add({ kind: "result", key, digest, institutionId: activity.institutionId }));
        });
        break;
      }
      case "DatasetUsed":
        activity.used.push(`dataset:${event.args.datasetId}`);
        break;
      case "DatasetGenerated":
        activity.generated.push(`dataset:${event.args.datasetId}`);
        break;
      case "SampleDestroyed":
        activity.invalidated.push(keyOf(event.args.sampleId));
        activity.evidence = event.args.evidence;
        break;
      case "CopiesDestroyed": {
        const { licenceId, datasetId, evidence } = event.args;
        Object.assign(activity, { licenceId, evidence });
        const key: EntityKey = `copy:${activity.number}`;
        const of: EntityKey = `dataset:${datasetId}`;
        activity.invalidated.push(add({ kind: "copy", key, of, licensee: activity.institutionId }));
        break;
      }
    }
  }
  return { entities: [...entities.values()], activities };
}

function draftOf({ args, transactionHash }: Extract<Found, { name: "ActivityRecorded" }>, recordedAt: number): Draft {
  const { activity, kind, institutionId, startedAt, endedAt, agent, plan } = args;
  return {
    number: Number(activity),
    kind: nameOf(ACTIVITY_KINDS, kind),
    institutionId,
    startedAt,
    endedAt,
    agent: told(agent),
    plan: told(plan),
    recordedAt,
    transactionHash,
    used: [],
    generated: [],
    invalidated: [],
  };
}

function tellDataset(entities: Map<EntityKey, ProvenanceEntity>, event: Anchored, time: number): void {
  const key: EntityKey = `dataset:${event.args.datasetId}`;
  if (event.name === "DatasetRetracted") {
    const dataset = entities.get(key);
    if (dataset?.kind === "dataset") entities.set(key, { ...dataset, retractedAt: time });
    return;
  }
  const { custodian, scopeId, contentDigest, level, previous, parents } = datasetOf(event.args).record;
  const revised = told(previous);
  const dataset: DatasetEntity = {
    kind: "dataset",
    key,
    custodian,
    scopeId,
    contentDigest,
    level,
    anchoredAt: time,
    retractedAt: undefined,
    revisionOf: revised === undefined ? undefined : `dataset:${revised}`,
    derivedFrom: parents.map((parent): EntityKey => `dataset:${parent}`),
  };
  entities.set(key, dataset);
}

/** A digest or id, or nothing where it is zero. */
function told(value: Hex): Hex | undefined {
  return value === zeroHash ? undefined : value;
}
