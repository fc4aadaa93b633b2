import { type ConsentStatus, CONSENT_STATUSES, regionName } from "../../model/index.ts";
import { formatTime, type TermsCode, termsToJson } from "../../sdk/index.ts";
import { CLAIMS_TERM, type ExportClaims } from "../claims.ts";
import { type ConsentPicture, controllerOf, type TermsPicture } from "../read/consents.ts";
import type { Institutions } from "../read/institutions.ts";
import {
  codeIri,
  codesOf,
  elementIri,
  eventJson,
  institutionJson,
  legalBasisOf,
  mondoIri,
  preferencesJson,
  sharedElements,
  timeOrNull,
} from "./parts.ts";
import { RIGHTS, WITHDRAWAL } from "./statements.ts";

/** DPV 2: https://w3id.org/dpv */
const CONTEXT = {
  dpv: "https://w3id.org/dpv#",
  "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
  loc: "https://w3id.org/dpv/loc#",
  dct: "http://purl.org/dc/terms/",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
  concord: "urn:concord:vocabulary:",
};

/** The statuses in DPV's words. It has none for a pause or a later start: both are not valid for processing now. */
export const DPV_STATUS: Readonly<Record<ConsentStatus, string>> = {
  None: "dpv:ConsentUnknown",
  Declined: "dpv:ConsentRefused",
  Active: "dpv:ConsentGiven",
  Suspended: "dpv:ConsentStatusInvalidForProcessing",
  Withdrawn: "dpv:ConsentWithdrawn",
  Annulled: "dpv:ConsentInvalidated",
  Scheduled: "dpv:ConsentStatusInvalidForProcessing",
  Expired: "dpv:ConsentExpired",
};

/** A consent record after ISO/IEC TS 27560:2023, in JSON-LD with the Data Privacy Vocabulary. */
export type ConsentReceipt = ReturnType<typeof buildConsentReceipt>;

/** Makes the receipt of a consent. Header, processing, parties and events follow clause 6 of the standard. */
export function buildConsentReceipt(picture: ConsentPicture, institutions: Institutions, claims: ExportClaims) {
  const { scopeId, participantId, scope, status, word, continuesAs, events } = picture;
  const registered = picture.terms.get(word.terms);
  const controller = institutionJson(institutions, controllerOf(scope, registered));
  const basis = legalBasisOf(registered);
  const [first, last] = [events[0], events.at(-1)];
  return {
    "@context": CONTEXT,
    "@id": `urn:concord:consent:${scopeId}:${participantId}:${word.version}`,
    "@type": "dpv:ConsentRecord",
    "dct:conformsTo": "ISO/IEC TS 27560:2023",
    "concord:schemaVersion": "1",
    "dct:identifier": `${scopeId}:${participantId}:${word.version}`,
    "dct:created": first === undefined ? null : dateTime(first.time),
    "dct:modified": last === undefined ? null : dateTime(last.time),
    "dpv:hasDataSubject": {
      "@id": `urn:concord:participant:${participantId}`,
      "@type": "dpv:DataSubject",
      "dct:identifier": participantId,
    },
    ...(continuesAs === undefined ? {} : { "dct:isReplacedBy": { "@id": `urn:concord:participant:${continuesAs}` } }),
    "concord:scope": { "@id": `urn:concord:scope:${scopeId}` },
    "dpv:hasConsentStatus": { "@id": DPV_STATUS[status] },
    "concord:status": status,
    "concord:version": word.version,
    ...(registered === undefined
      ? {}
      : {
          "dpv:hasNotice": registered.terms.notice.texts.map((_, index) => noticeOf(registered, index)),
          "concord:terms": { "concord:number": registered.number, "concord:digest": registered.digest },
          "dpv:hasPurpose": codesOf(registered).permissions.map(conceptOf),
          "concord:hasCondition": codesOf(registered).conditions.map(conceptOf),
          "concord:hasDisease": registered.terms.diseases.map((disease) => ({ "@id": mondoIri(disease) })),
          "dpv:hasPersonalData": personalDataOf(picture),
          "dpv:hasLegalBasis": (basis?.concepts ?? []).map((concept) => ({ "@id": `eu-gdpr:${concept}` })),
          "dpv:hasStorageCondition": storageOf(registered.terms.notice.retentionMonths),
          "dpv:hasJurisdiction": registered.terms.regions.map((region) => ({ "@id": `loc:${regionName(region)}` })),
          "dpv:hasRecipient": registered.terms.institutions.map((id) => partyOf(institutionJson(institutions, id))),
        }),
    "dpv:hasDataController": partyOf(controller),
    "dpv:hasRight": RIGHTS.map(({ concept, right, how }) => ({
      "@id": `eu-gdpr:${concept}`,
      "rdfs:label": right,
      "concord:how": how,
    })),
    "concord:withdrawal": WITHDRAWAL,
    "concord:preferences": preferencesJson(word.preferences),
    "concord:validUntil": timeOrNull(word.until),
    "concord:reConsentBy": timeOrNull(registered?.terms.reConsentBy),
    "concord:hasEvent": events.map((event) => ({
      "dct:date": dateTime(event.time),
      "dpv:hasConsentStatus": { "@id": DPV_STATUS[CONSENT_STATUSES[event.word.state] ?? "None"] },
      "concord:event": { "@type": "@json", "@value": eventJson(event) },
    })),
    [CLAIMS_TERM]: { "@type": "@json", "@value": claims },
  };
}

/** The privacy notice in one language, by what was shown. */
function noticeOf({ terms }: TermsPicture, index: number) {
  const text = termsToJson(terms).notice?.texts[index];
  return {
    "@type": "dpv:ConsentNotice",
    "dct:language": text?.language ?? null,
    "concord:formSha256": text?.form ?? null,
    "concord:sheetSha256": text?.sheet ?? null,
  };
}

function conceptOf({ curie, label, sentence }: TermsCode) {
  return { "@id": codeIri(curie), "rdfs:label": label, "dct:description": sentence };
}

function personalDataOf({ terms, word }: ConsentPicture) {
  const registered = terms.get(word.terms);
  const shared = sharedElements(word, registered);
  if (registered === undefined) return [];
  if (shared === "all") return [{ "@type": "dpv:PersonalData", "rdfs:label": "all data of the scope" }];
  return shared.map(({ bit, name }) => ({
    "@id": elementIri(registered, bit),
    "@type": "dpv:PersonalData",
    ...(name === undefined ? {} : { "rdfs:label": name }),
  }));
}

function storageOf(months: number) {
  if (months === 0) return [];
  const duration = { "@type": "xsd:duration", "@value": `P${months}M` };
  return [{ "@type": "dpv:StorageDuration", "dpv:hasDuration": duration }];
}

function partyOf({ institutionId, identifier, name, contact, region, standing }: ReturnType<typeof institutionJson>) {
  return {
    "@id": `urn:concord:institution:${institutionId}`,
    "@type": "dpv:LegalEntity",
    "concord:standing": standing,
    ...(identifier === undefined ? {} : { "dct:identifier": identifier }),
    ...(name === undefined ? {} : { "rdfs:label": name }),
    ...(contact === undefined ? {} : { "dpv:hasContact": contact }),
    ...(region === undefined ? {} : { "dpv:hasLocation": { "@id": `loc:${region}` } }),
  };
}

function dateTime(seconds: number) {
  return { "@type": "xsd:dateTime", "@value": formatTime(seconds) };
}
