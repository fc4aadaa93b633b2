import { ProvenanceError } from "./errors.ts";
import { PROV_OBJECTS, PROV_RELATIONS, type ProvDocument, type ProvObject, type ProvRelation } from "./provJson.ts";

/** What each kind of statement says besides its own attributes, in PROV-JSON's names without their prefix. */
const PARAMETERS = {
  entity: [],
  activity: ["startTime", "endTime"],
  agent: [],
  used: ["activity", "entity", "time"],
  wasGeneratedBy: ["entity", "activity", "time"],
  wasInvalidatedBy: ["entity", "activity", "time"],
  wasDerivedFrom: ["generatedEntity", "usedEntity", "activity", "generation", "usage"],
  wasAttributedTo: ["entity", "agent"],
  wasAssociatedWith: ["activity", "agent", "plan"],
  actedOnBehalfOf: ["delegate", "responsible", "activity"],
} as const satisfies Record<ProvObject | ProvRelation, readonly string[]>;

/** What is looked for in a statement: a derivation without these says nothing. */
const REQUIRED: Partial<Record<ProvRelation, readonly string[]>> = {
  used: ["activity"],
  wasGeneratedBy: ["entity"],
  wasInvalidatedBy: ["entity"],
  wasDerivedFrom: ["generatedEntity", "usedEntity"],
  wasAttributedTo: ["entity", "agent"],
  wasAssociatedWith: ["activity"],
  actedOnBehalfOf: ["delegate", "responsible"],
};

/** The kinds of values that a parameter may have. */
const TIMES: readonly string[] = ["time", "startTime", "endTime"];

/** One statement: its identifier and what it says, absent parameters left out. */
export interface Statement<kind extends ProvObject | ProvRelation = ProvObject | ProvRelation> {
  readonly kind: kind;
  readonly id: string;
  readonly says: { readonly [parameter in (typeof PARAMETERS)[kind][number]]?: string };
}

export type StatementsByKind = { readonly [kind in ProvObject | ProvRelation]: readonly Statement<kind>[] };

/**
 * Reads the statements of a PROV-JSON document.
 * @throws ProvenanceError ProvDocumentMalformed, ProvRelationUnsupported
 */
export function readStatements(document: ProvDocument): StatementsByKind {
  const members = fieldsOf(document, "$");
  const known: readonly string[] = [...PROV_OBJECTS, ...PROV_RELATIONS];
  for (const member of Object.keys(members)) {
    if (known.includes(member) || member === "prefix") continue;
    const fix = `Leave out all but ${known.join(", ")}.`;
    throw new ProvenanceError("ProvRelationUnsupported", `${member} cannot be checked here.`, fix, { member });
  }
  const kinds = [...PROV_OBJECTS, ...PROV_RELATIONS];
  return Object.fromEntries(kinds.map((kind) => [kind, readKind(kind, members[kind])])) as unknown as StatementsByKind;
}

function readKind(kind: ProvObject | ProvRelation, records: unknown): Statement[] {
  if (records === undefined) return [];
  return Object.entries(fieldsOf(records, `$.${kind}`)).flatMap(([id, given]) => {
    const path = `$.${kind}[${JSON.stringify(id)}]`;
    const list: readonly unknown[] = Array.isArray(given) ? given : [given];
    return list.map((record) => ({ kind, id, says: readParameters(kind, fieldsOf(record, path), path) }));
  });
}

function readParameters(
  kind: ProvObject | ProvRelation,
  record: Readonly<Record<string, unknown>>,
  path: string,
): Statement["says"] {
  const says: Record<string, string> = {};
  for (const parameter of PARAMETERS[kind]) {
    const value = textOf(record[`prov:${parameter}`]);
    if (value === undefined && record[`prov:${parameter}`] !== undefined) {
      throw malformed(`${path}["prov:${parameter}"]`, "is no text");
    }
    if (value === undefined) continue;
    if (TIMES.includes(parameter) && Number.isNaN(Date.parse(value))) {
      throw malformed(`${path}["prov:${parameter}"]`, "is no xsd:dateTime");
    }
    says[parameter] = value;
  }
  for (const parameter of REQUIRED[kind as ProvRelation] ?? []) {
    if (says[parameter] === undefined) throw malformed(path, `lacks prov:${parameter}`);
  }
  return says;
}

/** A plain text, or that of a typed value. */
function textOf(value: unknown): string | undefined {
  const text = typeof value === "object" && value !== null && "$" in value ? value.$ : value;
  return typeof text === "string" ? text : undefined;
}

function fieldsOf(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw malformed(path, "is no object");
}

function malformed(path: string, problem: string): ProvenanceError {
  return new ProvenanceError("ProvDocumentMalformed", `${path} ${problem}.`, "Give a PROV-JSON document.", { path });
}
