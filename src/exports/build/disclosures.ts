import { formatTime, purposeToJson } from "../../sdk/index.ts";
import type { ExportClaims } from "../claims.ts";
import type { AccessPicture } from "../read/accesses.ts";
import type { Institutions } from "../read/institutions.ts";
import type { LicencePicture } from "../read/licences.ts";
import { type AccessPackagePicture, accessJson, entriesWithoutLeaf } from "./access.ts";
import { elementsJson, institutionJson, timeOrNull } from "./parts.ts";

/** A research protocol: what 45 CFR 164.528(b)(4)(i) asks for beside what the chain knows. Told by whoever makes it. */
export interface Protocol {
  /** The licence that it was done under, in decimal digits. */
  readonly licence: string;
  readonly name: string;
  /** In plain language: what it is for, and by which criteria records were chosen. */
  readonly description: string;
}

/** Unix seconds; `to` is exclusive. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/** 45 CFR 164.528(b)(4)(i): research on so many individuals may be told by protocol. */
const MANY_INDIVIDUALS = 50;

/** An accounting of disclosures under 45 CFR 164.528. */
export type DisclosureAccounting = ReturnType<typeof buildDisclosureAccounting>;

/**
 * Makes the accounting. Proved disclosures are told one by one, several to one recipient for one purpose also as 164.528(b)(3)
 * has it; larger accesses of which no leaf was given are told by protocol.
 */
export function buildDisclosureAccounting(
  picture: AccessPackagePicture,
  protocols: readonly Protocol[],
  period: Period,
  claims: ExportClaims,
) {
  const { institutions } = picture;
  const accesses = picture.accesses.filter((access) => isWithin(period, dateOf(access)));
  const licences = picture.consents.flatMap(({ data }) => data.licences);
  const unproved = new Set(entriesWithoutLeaf(picture));
  return {
    title: "Accounting of disclosures (45 CFR 164.528)",
    asOf: formatTime(claims.block.time),
    period: { from: formatTime(period.from), to: formatTime(period.to) },
    keys: picture.consents.map(({ consent: { scopeId, participantId } }) => ({ scopeId, participantId })),
    disclosures: accesses.map((access) => ({
      date: formatTime(dateOf(access)),
      isDateProved: access.time !== undefined,
      ...descriptionOf(access.licence, institutions),
      ...accessJson(access, institutions),
    })),
    repeated: repeatedOf(accesses, institutions),
    research: licences.flatMap((licence) => {
      const large = licence.entries.filter(
        ({ index, entry }) =>
          unproved.has(index.toString()) && entry.batch.count >= MANY_INDIVIDUALS && isWithin(period, entry.loggedAt),
      );
      const [first, last] = [large[0], large.at(-1)];
      if (first === undefined || last === undefined) return [];
      const protocol = protocols.find(({ licence: number }) => number === licence.licenceId.toString());
      return [
        {
          licence: licence.licenceId.toString(),
          protocol: protocol?.name ?? null,
          description: protocol?.description ?? null,
          ...descriptionOf(licence, institutions),
          recipient: institutionJson(institutions, licence.subject.licensee),
          sponsor: institutionJson(institutions, licence.subject.custodian),
          from: formatTime(first.entry.loggedAt),
          to: formatTime(last.entry.loggedAt),
          entries: large.map(({ index }) => index.toString()),
          statement:
            "Health information of the individual may or may not have been disclosed for this research. On request, the " +
            "covered entity helps to contact its sponsor and the researcher.",
        },
      ];
    }),
    notTold: licences
      .flatMap(({ entries }) => entries)
      .filter(({ index, entry }) => unproved.has(index.toString()) && entry.batch.count < MANY_INDIVIDUALS)
      .map(({ index }) => index.toString()),
    concord: claims,
  };
}

/** What was disclosed, and for what. */
function descriptionOf({ purpose, dataset, subject }: LicencePicture, institutions: Institutions) {
  return {
    dataset: subject.datasetId,
    level: dataset.record.level,
    elementsAsked: purpose.elements === 0n ? "none in particular" : elementsJson(purpose.elements, undefined),
    purpose: purposeToJson(purpose),
    purposeDigest: subject.purposeDigest,
    disclosedBy: institutionJson(institutions, subject.custodian),
  };
}

/** 164.528(b)(3): first and last date, and how many there were. */
function repeatedOf(accesses: readonly AccessPicture[], institutions: Institutions) {
  const licences = new Set(accesses.map(({ licence }) => licence));
  return [...licences].flatMap((licence) => {
    const dates = accesses.filter((access) => access.licence === licence).map(dateOf);
    if (dates.length < 2) return [];
    return [
      {
        licence: licence.licenceId.toString(),
        recipient: institutionJson(institutions, licence.subject.licensee),
        count: dates.length,
        first: timeOrNull(Math.min(...dates)),
        last: timeOrNull(Math.max(...dates)),
      },
    ];
  });
}

/** When it happened; when it was logged, where that is not proved. */
function dateOf({ time, logged }: AccessPicture): number {
  return time ?? logged.entry.loggedAt;
}

function isWithin({ from, to }: Period, time: number): boolean {
  return from <= time && time < to;
}
