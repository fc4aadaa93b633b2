import { ProvenanceError } from "./errors.ts";

export type Hex = `0x${string}`;

export type EntityKind = "specimen" | "aliquot" | "dataset" | "result" | "copy";

/** An entity's name in a graph, and its qualified name in PROV: its kind, a colon and its id. */
export type EntityKey = `${EntityKind}:${string}`;

/** What was taken from a participant. */
export interface SpecimenEntity {
  readonly kind: "specimen";
  readonly key: EntityKey;
  readonly scopeId: Hex;
  /** Institution that collected it. */
  readonly custodian: Hex;
  /** Salted commitment to the participant. */
  readonly participant: Hex;
  /** Digest of what it is. */
  readonly material: Hex;
  /** Digest of the custodian's label. */
  readonly label: Hex;
}

/** A part of a specimen or of another aliquot. */
export interface AliquotEntity {
  readonly kind: "aliquot";
  readonly key: EntityKey;
  /** Institution that made it. */
  readonly keeper: Hex;
  /** Digest of the keeper's label. */
  readonly label: Hex;
}

/** An anchored dataset. */
export interface DatasetEntity {
  readonly kind: "dataset";
  readonly key: EntityKey;
  readonly custodian: Hex;
  readonly scopeId: Hex;
  /** SHA-256 of the content. */
  readonly contentDigest: Hex;
  readonly level: string;
  /** Block time (Unix seconds). */
  readonly anchoredAt: number;
  /** Block time (Unix seconds); undefined while it stands. */
  readonly retractedAt: number | undefined;
  /** The version that it replaces. */
  readonly revisionOf: EntityKey | undefined;
  /** Other datasets that its record says it is derived from. */
  readonly derivedFrom: readonly EntityKey[];
}

/** What came of an analysis and is not anchored. */
export interface ResultEntity {
  readonly kind: "result";
  readonly key: EntityKey;
  readonly digest: Hex;
  /** Institution that made it. */
  readonly institutionId: Hex;
}

/** Copies of a dataset that a licensee had, and has destroyed. */
export interface CopyEntity {
  readonly kind: "copy";
  readonly key: EntityKey;
  /** The dataset. */
  readonly of: EntityKey;
  readonly licensee: Hex;
}

export type ProvenanceEntity = SpecimenEntity | AliquotEntity | DatasetEntity | ResultEntity | CopyEntity;

/** Names of the contract's ActivityKind, by number. */
export const ACTIVITY_KINDS = [
  "Collection",
  "Aliquoting",
  "CustodyTransfer",
  "Sequencing",
  "Analysis",
  "SampleDestruction",
  "CopyDestruction",
] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];

/** Something that was done. What it used was used at its start; what it made was made, and what it ended ended, at its end. */
export interface ProvenanceActivity {
  /** From 1. */
  readonly number: number;
  readonly kind: ActivityKind;
  /** Institution that recorded it and answers for it. */
  readonly institutionId: Hex;
  /** As stated (Unix seconds). */
  readonly startedAt: number;
  readonly endedAt: number;
  /** Digest of the person or software that carried it out; undefined when it is not told. */
  readonly agent: Hex | undefined;
  /** Digest of the procedure or workflow; undefined when it is not told. */
  readonly plan: Hex | undefined;
  /** Block time of the record (Unix seconds). */
  readonly recordedAt: number;
  readonly transactionHash: Hex;
  readonly used: readonly EntityKey[];
  readonly generated: readonly EntityKey[];
  readonly invalidated: readonly EntityKey[];
  /** Of a custody transfer: the institution that gave custody away. */
  readonly from?: Hex;
  /** Of an analysis or of copies' destruction. */
  readonly licenceId?: bigint;
  /** Of an analysis: digest that names the workflow's version. */
  readonly version?: Hex;
  /** Of a destruction: digest of what proves it. */
  readonly evidence?: Hex;
}

/** What came from what, as the registries' events tell it. */
export interface ProvenanceGraph {
  readonly chainId: number;
  /** Address of the ProvenanceRegistry: names are unique within it. */
  readonly registry: Hex;
  readonly entities: readonly ProvenanceEntity[];
  /** In the order of their numbers. */
  readonly activities: readonly ProvenanceActivity[];
}

/**
 * What an entity came from, all the way: the entities and what made them, who had custody of them, and their destruction.
 * @throws ProvenanceError EntityUnknown
 */
export function traceBack(graph: ProvenanceGraph, key: EntityKey): ProvenanceGraph {
  const sources = new Map(graph.entities.map((entity) => [entity.key, [...derivationsOf(entity)]]));
  for (const { used, generated } of graph.activities) {
    for (const made of generated) sources.get(made)?.push(...used);
  }
  const reached = reach(sources, key);
  return partOf(graph, reached, ({ kind, used, generated, invalidated }) => {
    const isOwn = kind === "CustodyTransfer" ? used : [...generated, ...invalidated];
    return isOwn.some((each) => reached.has(each));
  });
}

/**
 * What came of an entity, all the way: the activities that used it, what they made, and so on.
 * @throws ProvenanceError EntityUnknown
 */
export function traceForward(graph: ProvenanceGraph, key: EntityKey): ProvenanceGraph {
  const products = new Map(graph.entities.map((entity): [EntityKey, EntityKey[]] => [entity.key, []]));
  for (const entity of graph.entities) {
    for (const source of derivationsOf(entity)) products.get(source)?.push(entity.key);
  }
  for (const { used, generated } of graph.activities) {
    for (const source of used) products.get(source)?.push(...generated);
  }
  const reached = reach(products, key);
  return partOf(graph, reached, ({ used, invalidated }) => [...used, ...invalidated].some((each) => reached.has(each)));
}

/** What an entity's own record says that it came from. */
function derivationsOf(entity: ProvenanceEntity): readonly EntityKey[] {
  if (entity.kind === "copy") return [entity.of];
  if (entity.kind !== "dataset") return [];
  return entity.revisionOf === undefined ? entity.derivedFrom : [entity.revisionOf, ...entity.derivedFrom];
}

/** Everything that can be reached from an entity, itself included. */
function reach(steps: ReadonlyMap<EntityKey, readonly EntityKey[]>, start: EntityKey): ReadonlySet<EntityKey> {
  if (!steps.has(start)) {
    const fix = "Check the id, and whether it is a specimen, an aliquot or a dataset.";
    throw new ProvenanceError("EntityUnknown", `Nothing is recorded of ${start}.`, fix, { entity: start });
  }
  const reached = new Set([start]);
  // A set is walked in the order in which it grows.
  for (const key of reached) {
    for (const next of steps.get(key) ?? []) if (steps.has(next)) reached.add(next);
  }
  return reached;
}

/** The entities given, and the activities chosen as far as they concern them. */
function partOf(
  graph: ProvenanceGraph,
  keys: ReadonlySet<EntityKey>,
  isChosen: (activity: ProvenanceActivity) => boolean,
): ProvenanceGraph {
  const only = (list: readonly EntityKey[]) => list.filter((key) => keys.has(key));
  return {
    ...graph,
    entities: graph.entities.filter(({ key }) => keys.has(key)),
    activities: graph.activities.filter(isChosen).map((activity) => ({
      ...activity,
      used: only(activity.used),
      generated: only(activity.generated),
      invalidated: only(activity.invalidated),
    })),
  };
}
