import { type ConsentStatus, NO_EXPIRY, NOT_ENDED, type Permission } from "../../model/index.ts";
import { formatTime, termsToJson } from "../../sdk/index.ts";
import { CLAIMS_EXTENSION, type ExportClaims } from "../claims.ts";
import { type ConsentPicture, controllerOf, type TermsPicture } from "../read/consents.ts";
import type { Institutions } from "../read/institutions.ts";
import { codesOf, institutionJson, legalBasisOf, mondoIri, sharedElements } from "./parts.ts";

/** Status and decision by HL7's required value sets; whoever reads only one of the two is not misled by it. */
const STATES: Readonly<Record<ConsentStatus, { status: FhirStatus; decision: "permit" | "deny" }>> = {
  None: { status: "unknown", decision: "deny" },
  Declined: { status: "active", decision: "deny" },
  Active: { status: "active", decision: "permit" },
  Suspended: { status: "inactive", decision: "deny" },
  Withdrawn: { status: "inactive", decision: "deny" },
  Annulled: { status: "entered-in-error", decision: "deny" },
  Scheduled: { status: "active", decision: "permit" },
  Expired: { status: "inactive", decision: "deny" },
};

type FhirStatus = "draft" | "active" | "inactive" | "not-done" | "entered-in-error" | "unknown";

/** Purposes of use (HL7 v3 ActReason) that stand beside the DUO codes. */
const PURPOSES: Readonly<Record<Permission, { code: string; display: string }>> = {
  NRES: { code: "HRESCH", display: "healthcare research" },
  GRU: { code: "HRESCH", display: "healthcare research" },
  HMB: { code: "BIORCH", display: "biomedical research" },
  DS: { code: "DSRCH", display: "disease specific healthcare research" },
  POA: { code: "POARCH", display: "population origins or ancestry healthcare research" },
};

const ACT_REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
const DUO = "http://purl.obolibrary.org/obo/duo.owl";

/** HL7 FHIR R5 Consent. */
export type FhirConsent = ReturnType<typeof buildFhirConsent>;

/**
 * Makes the FHIR R5 Consent of a consent. What narrows the purposes stands in modifier extensions: a reader that does not
 * know them may not take the provision for wider than it is.
 */
export function buildFhirConsent(picture: ConsentPicture, institutions: Institutions, claims: ExportClaims) {
  const { scopeId, participantId, scope, status, word, events } = picture;
  const registered = picture.terms.get(word.terms);
  const state = STATES[status];
  const basis = legalBasisOf(registered);
  const last = events.at(-1);
  return {
    resourceType: "Consent",
    meta: { extension: [{ url: CLAIMS_EXTENSION, valueString: JSON.stringify(claims) }] },
    identifier: [{ system: "urn:concord:consent", value: `${scopeId}:${participantId}:${word.version}` }],
    status: state.status,
    category: [
      { coding: [{ system: "http://loinc.org", code: "59284-0", display: "Consent Document" }] },
      {
        coding: [
          {
            system: "http://terminology.hl7.org/CodeSystem/consentcategorycodes",
            code: "research",
            display: "Research Information Access",
          },
        ],
      },
    ],
    subject: personReference(participantId),
    date: formatTime(word.signedAt).slice(0, "2026-01-01".length),
    ...whereFilled("period", periodOf(picture)),
    grantor: [
      last?.actor.kind === "Delegate"
        ? { type: "RelatedPerson", identifier: { system: "urn:concord:delegate", value: last.actor.delegateId } }
        : personReference(participantId),
    ],
    manager: [organisationReference(institutions, scope.custodian)],
    controller: [organisationReference(institutions, controllerOf(scope, registered))],
    ...(registered === undefined
      ? {}
      : {
          ...whereFilled("sourceAttachment", attachmentsOf(registered)),
          policyBasis: { uri: `urn:concord:terms:${registered.digest}` },
        }),
    ...(basis === undefined
      ? {}
      : {
          regulatoryBasis: [
            {
              coding: basis.concepts.map((code) => ({ system: "https://w3id.org/dpv/legal/eu/gdpr", code })),
              text: basis.text,
            },
          ],
        }),
    verification: events.map(({ actor, time }) => ({
      verified: true,
      verificationType: {
        text: actor.kind === "Custodian" ? "attested by the custodian" : "checked by the consent registry",
      },
      ...("institution" in actor ? { verifiedBy: organisationReference(institutions, actor.institution) } : {}),
      verificationDate: [formatTime(time)],
    })),
    decision: state.decision,
    ...(registered === undefined ? {} : { provision: [provisionOf(picture, registered, institutions)] }),
  };
}

function periodOf({ word }: ConsentPicture) {
  const end = Math.min(word.until, word.ended === NOT_ENDED ? NO_EXPIRY : word.ended);
  return {
    ...(word.opened === 0 ? {} : { start: formatTime(word.opened) }),
    ...(end === NO_EXPIRY || end === 0 ? {} : { end: formatTime(end) }),
  };
}

/** FHIR has no empty lists and objects. */
function whereFilled<Name extends string, Value extends object>(
  name: Name,
  value: Value,
): Partial<Record<Name, Value>> {
  return Object.keys(value).length === 0 ? {} : ({ [name]: value } as Record<Name, Value>);
}

/** What is agreed to. The base decision already says whether it holds; the provision says for what. */
function provisionOf({ word }: ConsentPicture, registered: TermsPicture, institutions: Institutions) {
  const { terms } = registered;
  const { permissions, conditions } = codesOf(registered);
  const elements = sharedElements(word, registered);
  const { reConsentBy, from } = terms;
  const modifiers = [
    ...conditions.map(({ curie, label, sentence }) => ({
      url: "urn:concord:fhir:data-use-modifier",
      valueCodeableConcept: { coding: [codingOf(curie, label)], text: sentence },
    })),
    ...terms.diseases.map((disease) => ({ url: "urn:concord:fhir:disease", valueUri: mondoIri(disease) })),
    ...(termsToJson(terms).regions ?? []).map((region) => ({ url: "urn:concord:fhir:region", valueCode: region })),
  ];
  return {
    ...whereFilled("modifierExtension", modifiers),
    ...whereFilled("period", {
      ...(from === 0 ? {} : { start: formatTime(from) }),
      ...(reConsentBy === NO_EXPIRY ? {} : { end: formatTime(reConsentBy) }),
    }),
    ...whereFilled(
      "actor",
      terms.institutions.map((id) => ({
        role: {
          coding: [{ system: "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", code: "IRCP" }],
        },
        reference: organisationReference(institutions, id),
      })),
    ),
    action: [{ coding: [{ system: "http://terminology.hl7.org/CodeSystem/consentaction", code: "use" }] }],
    purpose: permissions.flatMap(({ name, curie, label }) => [
      { system: ACT_REASON, ...PURPOSES[name as Permission] },
      codingOf(curie, label),
    ]),
    ...(elements === "all"
      ? {}
      : whereFilled(
          "code",
          elements.map(({ bit, name }) => ({
            coding: [
              {
                system: `urn:concord:dictionary:${terms.dictionaryRelease}`,
                code: String(bit),
                ...(name === undefined ? {} : { display: name }),
              },
            ],
          })),
        )),
  };
}

function codingOf(curie: string, display: string) {
  return { system: curie.startsWith("DUO:") ? DUO : "urn:concord:code", code: curie, display };
}

/** FHIR's own hash of an attachment is SHA-1, which is broken. */
function attachmentsOf({ terms }: TermsPicture) {
  return (termsToJson(terms).notice?.texts ?? []).flatMap(({ language, form, sheet }) => [
    { extension: [sha256(form)], language, title: "consent form" },
    { extension: [sha256(sheet)], language, title: "information sheet" },
  ]);
}

function sha256(digest: string) {
  return { url: "urn:concord:fhir:sha256", valueString: digest };
}

/** Nobody but the custodian can say which patient that is. */
function personReference(participantId: string) {
  return { type: "Patient", identifier: { system: "urn:concord:participant", value: participantId } };
}

function organisationReference(institutions: Institutions, id: `0x${string}`) {
  const { institutionId, name } = institutionJson(institutions, id);
  return {
    type: "Organization",
    identifier: { system: "urn:concord:institution", value: institutionId },
    ...(name === undefined ? {} : { display: name }),
  };
}
