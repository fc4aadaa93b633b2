// The structure of HL7 FHIR R5's Consent and of the data types in it, as far as exports use them
// (https://hl7.org/fhir/R5/consent.html): names, cardinalities, primitive types and required value sets.

type Type = string | { readonly [field: string]: Field };

interface Field {
  readonly type: Type;
  readonly many?: true;
  readonly required?: true;
}

const one = (type: Type): Field => ({ type });
const many = (type: Type): Field => ({ type, many: true });
const must = (field: Field): Field => ({ ...field, required: true });

const PRIMITIVES: Readonly<Record<string, RegExp>> = {
  string: /\S/,
  code: /^\S+( \S+)*$/,
  uri: /^\S+$/,
  date: /^\d{4}(-\d{2}(-\d{2})?)?$/,
  dateTime: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/,
  state: /^(draft|active|inactive|not-done|entered-in-error|unknown)$/,
  decision: /^(deny|permit)$/,
};

const coding = { system: one("uri"), code: one("code"), display: one("string") };
const concept = { coding: many(coding), text: one("string") };
const extension = {
  url: must(one("uri")),
  valueString: one("string"),
  valueUri: one("uri"),
  valueCode: one("code"),
  valueCodeableConcept: one(concept),
};
const identifier = { system: one("uri"), value: one("string") };
const reference = { reference: one("string"), type: one("uri"), identifier: one(identifier), display: one("string") };
const period = { start: one("dateTime"), end: one("dateTime") };

const CONSENT = {
  resourceType: must(one("string")),
  meta: one({ extension: many(extension) }),
  identifier: many(identifier),
  status: must(one("state")),
  category: many(concept),
  subject: one(reference),
  date: one("date"),
  period: one(period),
  grantor: many(reference),
  grantee: many(reference),
  manager: many(reference),
  controller: many(reference),
  sourceAttachment: many({ extension: many(extension), language: one("code"), title: one("string") }),
  sourceReference: many(reference),
  regulatoryBasis: many(concept),
  policyBasis: one({ reference: one(reference), uri: one("uri") }),
  policyText: many(reference),
  verification: many({
    verified: must(one("boolean")),
    verificationType: one(concept),
    verifiedBy: one(reference),
    verificationDate: many("dateTime"),
  }),
  decision: one("decision"),
  provision: many({
    modifierExtension: many(extension),
    period: one(period),
    actor: many({ role: one(concept), reference: one(reference) }),
    action: many(concept),
    purpose: many(coding),
    code: many(concept),
    dataPeriod: one(period),
  }),
};

/** What is wrong with a Consent; nothing if it is well formed. */
export function validateFhirConsent(resource: unknown): string[] {
  const isConsent = (resource as { resourceType?: unknown }).resourceType === "Consent";
  return [...(isConsent ? [] : ["it is no Consent"]), ...check(resource, CONSENT, "Consent")];
}

function check(value: unknown, type: Type, path: string): string[] {
  if (type === "boolean") return typeof value === "boolean" ? [] : [`${path} is no boolean`];
  if (typeof type === "string") {
    return typeof value === "string" && PRIMITIVES[type]!.test(value) ? [] : [`${path} is no ${type}`];
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [`${path} is no object`];
  if (Object.keys(value).length === 0) return [`${path} is empty`];
  const missing = Object.entries(type).filter(([name, { required }]) => required && !(name in value));
  return [
    ...missing.map(([name]) => `${path}.${name} is missing`),
    ...Object.entries(value).flatMap(([name, item]) => checkField(item, type[name], `${path}.${name}`)),
  ];
}

function checkField(value: unknown, field: Field | undefined, path: string): string[] {
  if (field === undefined) return [`${path} is no element of R5`];
  if (field.many === undefined) return check(value, field.type, path);
  if (!Array.isArray(value) || value.length === 0) return [`${path} is no list, or empty`];
  return value.flatMap((item, index) => check(item, field.type, `${path}[${index}]`));
}
