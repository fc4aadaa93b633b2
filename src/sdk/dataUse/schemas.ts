import type { Schema } from "../../deployments/schema.ts";
import { ConsentState, KINDS, LAYERS, MODIFIERS, PERMISSIONS, SENSITIVE } from "../../model/index.ts";
import { LEGAL_BASES } from "./json.ts";
import { LAST_ELEMENT, LAST_SECOND, MOST_MONTHS, STATED, UNATTESTED } from "./readFields.ts";

// The shapes alone: which codes and parameters go together, the readers say.

const DRAFT = "https://json-schema.org/draft/2020-12/schema";

type Fields = Readonly<Record<string, Schema>>;

const text: Schema = { type: "string", pattern: "^[\\s\\S]+$" };
const hash: Schema = { type: "string", pattern: "^0x[0-9a-fA-F]{64}$" };
const disease: Schema = { type: "string", pattern: "^MONDO:[0-9]{7}$", description: "A Mondo id." };
const region: Schema = {
  type: "string",
  pattern: "^(?=.{1,6}$)[A-Z][A-Z0-9]*(-[A-Z0-9]+)?$",
  description: "An ISO 3166-1 or 3166-2 code, or a group of states: EU, EEA.",
};
const months = (least: number): Schema => ({ type: "integer", minimum: least, maximum: MOST_MONTHS });
const time = (least: number): Schema => ({
  description: "ISO 8601 (a date is its first second in UTC), or Unix seconds.",
  anyOf: [
    { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2})?(Z|[+-]\\d{2}:\\d{2}))?$" },
    { type: "integer", minimum: least, maximum: LAST_SECOND },
  ],
});
const elementBit: Schema = {
  type: "integer",
  minimum: 0,
  maximum: LAST_ELEMENT,
  description: "A bit of the data dictionary.",
};

function listOf(items: Schema): Schema {
  return { type: "array", items };
}

function namesOf(table: object): Schema {
  return listOf({ enum: Object.keys(table) });
}

/** An object whose fields may be null, which is the same as left out, but for those that are required. */
function object(properties: Fields, required: readonly string[]): Schema {
  const entries = Object.entries(properties).map(([name, schema]): [string, Schema] => [
    name,
    required.includes(name) ? schema : { anyOf: [schema, { type: "null" }] },
  ]);
  return { type: "object", properties: Object.fromEntries(entries), required, additionalProperties: false };
}

/** How a place names people and elements: as the chain carries them, or by any text, since a case is only compared. */
interface Naming {
  readonly person: Schema;
  readonly element: Schema;
}

const onChain: Naming = {
  person: { ...hash, description: "A salted commitment: names may not go on chain." },
  element: elementBit,
};
const inCases: Naming = { person: text, element: { anyOf: [elementBit, text] } };

const institution: Schema = { ...text, description: "An institution's public identifier, or its id." };
const researchType: Schema = {
  ...text,
  description: "A code such as A:1, or words, of which the digest is kept, or that digest.",
};

function layerFields({ person, element }: Naming): Fields {
  return {
    permissions: namesOf(PERMISSIONS),
    modifiers: namesOf(MODIFIERS),
    diseases: listOf(disease),
    regions: listOf(region),
    institutions: listOf(institution),
    users: listOf(person),
    projects: listOf(person),
    researchTypes: listOf(researchType),
    investigators: listOf(person),
    months: months(1),
    moratoriumUntil: time(1),
    elements: listOf(element),
  };
}

function purposeFields({ person, element }: Naming): Fields {
  return {
    kinds: namesOf(KINDS),
    diseases: listOf(disease),
    ...Object.fromEntries(STATED.map(([name]): [string, Schema] => [name, { type: "boolean" }])),
    collaborators: listOf(person),
    regions: listOf(region),
    institutions: listOf(institution),
    users: listOf(person),
    projects: listOf(person),
    researchTypes: listOf(researchType),
    months: months(0),
    publishFrom: time(0),
    elements: listOf(element),
    sensitive: namesOf(SENSITIVE),
    unattested: namesOf(UNATTESTED),
  };
}

const noticeText = object(
  {
    language: {
      type: "string",
      pattern: "^(?=.{2,8}$)[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$",
      description: "A BCP 47 tag.",
    },
    form: { ...hash, description: "SHA-256 of the consent form; the task takes a file's name too." },
    sheet: { ...hash, description: "SHA-256 of the information sheet; the task takes a file's name too." },
  },
  ["language", "form", "sheet"],
);

const notice = object(
  {
    texts: listOf(noticeText),
    controller: { ...institution, description: "The controller: an institution's public identifier, or its id." },
    legalBasis: { enum: LEGAL_BASES, description: "GDPR Art. 6(1), with the exception of Art. 9(2)." },
    retentionMonths: { ...months(1), description: "How long data is kept after the consent's end." },
    ethicsApproval: { ...hash, description: "Digest of the ethics committee's approval." },
    ethicsUntil: time(1),
  },
  [],
);

/** JSON Schema of what termsFromJson reads. docs/schemas/terms.schema.json holds the same. */
export const termsSchema: Schema = {
  $schema: DRAFT,
  title: "Concord terms",
  description: "What a layer allows, in DUO codes (release 2021-02-23). What is null or left out restricts nothing.",
  ...object(
    {
      ...layerFields(onChain),
      from: time(0),
      reConsentBy: time(1),
      notice,
      ontologyRelease: { ...hash, description: "Root of the ontology release that the diseases are of." },
      regionRelease: { ...hash, description: "Root of the region table's release." },
      dictionaryRelease: { ...hash, description: "Digest of the data dictionary's release." },
    },
    ["permissions"],
  ),
};

/** JSON Schema of what purposeFromJson reads. docs/schemas/purpose.schema.json holds the same. */
export const purposeSchema: Schema = {
  $schema: DRAFT,
  title: "Concord purpose",
  description: "A requested use. What is null or left out is not stated.",
  ...object(purposeFields(onChain), ["kinds"]),
};

const states: Fields = { state: { enum: Object.keys(ConsentState) }, from: time(0), until: time(0) };
const layer: Fields = { ...layerFields(inCases), ...states };

/** JSON Schema of what matchingCasesFromJson reads. docs/schemas/cases.schema.json holds the same. */
export const matchingCasesSchema: Schema = {
  $schema: DRAFT,
  title: "Concord matching cases",
  description: "Purposes, each with the terms that it is decided against. A case has either consent or layers.",
  ...listOf(
    object(
      {
        id: text,
        at: { ...time(0), description: "When it is decided: ISO 8601 or Unix seconds; now unless told." },
        consent: object(layer, ["permissions"]),
        layers: listOf(object({ layer: { enum: LAYERS }, ...layer }, ["layer", "permissions"])),
        purpose: object(purposeFields(inCases), ["kinds"]),
      },
      ["id", "purpose"],
    ),
  ),
};
