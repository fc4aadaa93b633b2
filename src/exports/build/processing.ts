import type { Hex } from "viem";

import { regionName } from "../../model/index.ts";
import { formatTime, type GetScopeReturnType, isRegionWithin, regionCode } from "../../sdk/index.ts";
import type { ExportClaims } from "../claims.ts";
import { controllerOf, type TermsPicture } from "../read/consents.ts";
import type { Institutions } from "../read/institutions.ts";
import type { LicencePicture, ScopeData } from "../read/licences.ts";
import { elementsJson, institutionJson, legalBasisOf, licenceJson, termsPartJson, timeOrNull } from "./parts.ts";
import { SAFEGUARDS } from "./statements.ts";

/** What a custodian does with personal data in one scope. */
export interface ScopePicture {
  readonly scope: GetScopeReturnType;
  readonly terms: ReadonlyMap<number, TermsPicture>;
  readonly data: ScopeData;
}

/** A custodian and its scopes. */
export interface ProcessingPicture {
  readonly custodian: Hex;
  readonly scopes: readonly ScopePicture[];
  readonly institutions: Institutions;
}

/** A record of processing activities under Art. 30(1) GDPR. */
export type ProcessingRecord = ReturnType<typeof buildProcessingRecord>;

/** Makes the record: one activity a scope, its fields in the order of the letters of Art. 30(1). */
export function buildProcessingRecord({ custodian, scopes, institutions }: ProcessingPicture, claims: ExportClaims) {
  return {
    title: "Record of processing activities (GDPR Art. 30(1))",
    asOf: formatTime(claims.block.time),
    controller: institutionJson(institutions, custodian),
    activities: scopes.map(({ scope, terms, data }) => {
      const registered = [...terms.values()];
      return {
        scopeId: scope.scopeId,
        committee: institutionJson(institutions, scope.committee),
        controllers: [...new Set(registered.map((one) => controllerOf(scope, one)))].map((id) =>
          institutionJson(institutions, id),
        ),
        purposes: registered.map((one) => ({
          terms: one.number,
          digest: one.digest,
          legalBasis: legalBasisOf(one)?.text ?? null,
          uses: termsPartJson(one).codes,
        })),
        dataSubjects: "participants who have answered in the scope, and their delegates",
        dataCategories: registered.map((one) => ({
          terms: one.number,
          elements: elementsJson(one.terms.elements, one),
        })),
        datasets: data.datasets.map(({ datasetId, record, version, anchoredAt, isStanding }) => ({
          datasetId,
          level: record.level,
          version,
          anchoredAt: timeOrNull(anchoredAt),
          isStanding,
        })),
        recipients: data.licences.map((licence) => licenceJson(licence, institutions)),
        thirdCountryTransfers: data.licences.flatMap((licence) => transfersOf(licence, institutions)),
        timeLimits: registered.map((one) => ({
          terms: one.number,
          monthsAfterTheEnd: one.terms.notice.retentionMonths || null,
          reConsentBy: timeOrNull(one.terms.reConsentBy),
        })),
      };
    }),
    securityMeasures: SAFEGUARDS,
    concord: claims,
  };
}

/**
 * Where a licence takes data out of the European Economic Area: by what the purpose states, and by where the licensee is
 * established; of a sub-licence, its processor.
 */
function transfersOf({ licenceId, purpose, subject, derivation }: LicencePicture, institutions: Institutions) {
  const licensee = institutionJson(institutions, derivation?.processor ?? subject.licensee);
  const stated = purpose.regions.filter((region) => !isInEea(region)).map(regionName);
  const seat = licensee.region;
  const isUnknown = purpose.regions.length === 0 && seat === undefined;
  const regions = [...new Set([...stated, ...(seat === undefined || isInEea(regionCode(seat)) ? [] : [seat])])];
  if (regions.length === 0 && !isUnknown) return [];
  return [
    { licence: licenceId.toString(), licensee: licensee.institutionId, regions: isUnknown ? "not stated" : regions },
  ];
}

function isInEea(region: number): boolean {
  const eea = regionCode("EEA");
  return region === eea || isRegionWithin(region, eea);
}
