import type { EntityKey, Hex, ProvenanceActivity, ProvenanceEntity, ProvenanceGraph } from "./graph.ts";

/** A value with its type, as PROV-JSON writes it. */
export interface TypedValue {
  readonly $: string;
  readonly type: string;
}

export type ProvValue = string | TypedValue | readonly (string | TypedValue)[];

/** Attributes of one statement by qualified name; those of PROV begin with `prov:`. */
export type ProvRecord = Readonly<Record<string, ProvValue>>;

/** Statements of one kind by their identifier; several with one identifier are a list. */
export type ProvRecords = Readonly<Record<string, ProvRecord | readonly ProvRecord[]>>;

/** The kinds of statements that are exported and checked. */
export const PROV_OBJECTS = ["entity", "activity", "agent"] as const;
export const PROV_RELATIONS = [
  "used",
  "wasGeneratedBy",
  "wasInvalidatedBy",
  "wasDerivedFrom",
  "wasAttributedTo",
  "wasAssociatedWith",
  "actedOnBehalfOf",
] as const;
export type ProvObject = (typeof PROV_OBJECTS)[number];
export type ProvRelation = (typeof PROV_RELATIONS)[number];

/** A document in PROV-JSON (W3C member submission of 2013-04-24). */
export type ProvDocument = { readonly prefix: Readonly<Record<string, string>> } & {
  readonly [kind in ProvObject | ProvRelation]?: ProvRecords;
};

const PREFIXES = ["specimen", "aliquot", "dataset", "result", "copy", "plan", "activity", "institution", "performer"];

/** Types of entities in the suite's own vocabulary. */
const ENTITY_TYPES = {
  specimen: "concord:Specimen",
  aliquot: "concord:Aliquot",
  dataset: "concord:Dataset",
  result: "concord:Result",
  copy: "concord:Copy",
} as const;

/** A graph as PROV-JSON. The same graph gives the same document. */
export function toProvJson(graph: ProvenanceGraph): ProvDocument {
  const base = `urn:concord:${graph.chainId}:${graph.registry.toLowerCase()}:`;
  const statements = new Statements();
  for (const entity of graph.entities) tellEntity(statements, entity);
  for (const activity of graph.activities) tellActivity(statements, activity);
  return {
    prefix: {
      concord: "urn:concord:ns:",
      ...Object.fromEntries(PREFIXES.map((prefix) => [prefix, `${base}${prefix}:`])),
    },
    ...statements.document,
  };
}

/** Collects statements; relations get blank identifiers, since nothing refers to them. */
class Statements {
  readonly document: Partial<Record<ProvObject | ProvRelation, Record<string, ProvRecord>>> = {};
  #relations = 0;

  add(kind: ProvObject, identifier: string, record: ProvRecord): void {
    (this.document[kind] ??= {})[identifier] = record;
  }

  relate(kind: ProvRelation, record: Readonly<Record<string, ProvValue | undefined>>): void {
    this.#relations += 1;
    const told = Object.entries(record).filter((entry): entry is [string, ProvValue] => entry[1] !== undefined);
    (this.document[kind] ??= {})[`_:r${this.#relations}`] = Object.fromEntries(told);
  }
}

function tellEntity(statements: Statements, entity: ProvenanceEntity): void {
  const type = { "prov:type": name(ENTITY_TYPES[entity.kind]) };
  const attributeTo = (institutionId: Hex) => {
    const agent = tellInstitution(statements, institutionId);
    statements.relate("wasAttributedTo", { "prov:entity": entity.key, "prov:agent": agent });
  };
  switch (entity.kind) {
    case "specimen": {
      const { scopeId, participant, material, label } = entity;
      const fields = { scope: scopeId, participant, material, label };
      statements.add("entity", entity.key, { ...type, ...own(fields) });
      attributeTo(entity.custodian);
      break;
    }
    case "aliquot":
      statements.add("entity", entity.key, { ...type, ...own({ label: entity.label }) });
      attributeTo(entity.keeper);
      break;
    case "dataset": {
      const { scopeId, contentDigest, level, anchoredAt, retractedAt, revisionOf, derivedFrom } = entity;
      const fields = { scope: scopeId, contentDigest, level };
      statements.add("entity", entity.key, { ...type, ...own(fields), "concord:anchoredAt": dateTime(anchoredAt) });
      attributeTo(entity.custodian);
      if (revisionOf !== undefined) derive(statements, entity.key, revisionOf, { "prov:type": name("prov:Revision") });
      for (const source of derivedFrom) derive(statements, entity.key, source);
      if (retractedAt !== undefined) {
        statements.relate("wasInvalidatedBy", { "prov:entity": entity.key, "prov:time": isoTime(retractedAt) });
      }
      break;
    }
    case "result":
      statements.add("entity", entity.key, { ...type, ...own({ digest: entity.digest }) });
      attributeTo(entity.institutionId);
      break;
    case "copy":
      statements.add("entity", entity.key, type);
      attributeTo(entity.licensee);
      derive(statements, entity.key, entity.of);
      break;
  }
}

function tellActivity(statements: Statements, activity: ProvenanceActivity): void {
  const { number, kind, startedAt, endedAt, recordedAt, transactionHash, used, generated, invalidated } = activity;
  const key = `activity:${number}`;
  const { licenceId, version, evidence } = activity;
  statements.add("activity", key, {
    "prov:startTime": isoTime(startedAt),
    "prov:endTime": isoTime(endedAt),
    "prov:type": name(`concord:${kind}`),
    "concord:recordedAt": dateTime(recordedAt),
    ...own({ transaction: transactionHash, licence: licenceId?.toString(), version, evidence }),
  });
  const [start, end] = [isoTime(startedAt), isoTime(endedAt)];
  for (const entity of used) {
    statements.relate("used", { "prov:activity": key, "prov:entity": entity, "prov:time": start });
  }
  for (const entity of generated) {
    statements.relate("wasGeneratedBy", { "prov:entity": entity, "prov:activity": key, "prov:time": end });
    for (const source of used) derive(statements, entity, source, { "prov:activity": key });
  }
  for (const entity of invalidated) {
    statements.relate("wasInvalidatedBy", { "prov:entity": entity, "prov:activity": key, "prov:time": end });
  }
  tellAgents(statements, key, activity);
}

function tellAgents(statements: Statements, key: string, { institutionId, from, agent, plan }: ProvenanceActivity) {
  const institution = tellInstitution(statements, institutionId);
  const association = { "prov:activity": key, "prov:agent": institution };
  if (plan !== undefined) statements.add("entity", `plan:${plan}`, { "prov:type": name("prov:Plan") });
  statements.relate("wasAssociatedWith", {
    ...association,
    "prov:plan": plan === undefined ? undefined : `plan:${plan}`,
    "prov:role": from === undefined ? undefined : name("concord:receiver"),
  });
  if (from !== undefined) {
    const giver = tellInstitution(statements, from);
    statements.relate("wasAssociatedWith", {
      "prov:activity": key,
      "prov:agent": giver,
      "prov:role": name("concord:giver"),
    });
  }
  if (agent !== undefined) {
    const performer = `performer:${agent}`;
    statements.add("agent", performer, { "prov:type": name("concord:Performer") });
    statements.relate("wasAssociatedWith", { "prov:activity": key, "prov:agent": performer });
    statements.relate("actedOnBehalfOf", {
      "prov:delegate": performer,
      "prov:responsible": institution,
      "prov:activity": key,
    });
  }
}

function tellInstitution(statements: Statements, institutionId: Hex): string {
  const key = `institution:${institutionId}`;
  statements.add("agent", key, { "prov:type": name("prov:Organization") });
  return key;
}

function derive(statements: Statements, made: EntityKey, source: EntityKey, more: ProvRecord = {}): void {
  statements.relate("wasDerivedFrom", { "prov:generatedEntity": made, "prov:usedEntity": source, ...more });
}

/** Attributes in the suite's own vocabulary; those not told are left out. */
function own(fields: Readonly<Record<string, string | undefined>>): ProvRecord {
  const told = Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(told.map(([field, value]) => [`concord:${field}`, value]));
}

function name(qualified: string): TypedValue {
  return { $: qualified, type: "prov:QUALIFIED_NAME" };
}

function dateTime(seconds: number): TypedValue {
  return { $: isoTime(seconds), type: "xsd:dateTime" };
}

/** Unix seconds as xsd:dateTime in UTC. */
function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}
