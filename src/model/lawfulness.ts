import { type Consent, permittedAt } from "./consent.ts";

/** Whether an access was lawful, or what speaks against it. In the order of the contracts' numbers. */
export const LAWFULNESSES = [
  "Lawful",
  "TimeUnproven",
  "LicenceNotInForce",
  "NotPermitted",
  "VersionNotCurrent",
] as const;

export type Lawfulness = (typeof LAWFULNESSES)[number];

/** What has happened to a licence by some time. Times are block times (Unix seconds), 0 for not yet. */
export interface LicenceDates {
  readonly issuedAt: number;
  /** First second at which it no longer holds. */
  readonly until: number;
  readonly terminatedAt: number;
  /** How often a suspension had begun or ended: after an odd number it is suspended. */
  readonly suspensionChanges: number;
}

/** A participant's consent under one id. */
export interface AccessConsent {
  readonly participantId: string;
  /** The word that stood, and as history the one before it alone, if there is one. */
  readonly consent: Consent;
  /** When the word's terms begin to hold (Unix seconds). */
  readonly from: number;
}

/** What decides whether one participant's part in an access was lawful: the state as the claimed block left it. */
export interface AccessFacts {
  /** Block time of the claimed block (Unix seconds). */
  readonly time: number;
  /** The consent version relied on. */
  readonly version: number;
  /** Whether the licence is about the scope of the consent. */
  readonly isOfScope: boolean;
  /** The licence, and the one that it derives from where it is a sub-licence. */
  readonly licences: readonly LicenceDates[];
  /** Under the id that the custodian named, and those that the consent had moved to, in order. */
  readonly consents: readonly AccessConsent[];
}

/** Whether a licence was issued, and neither ended nor suspended. */
export function isHeldAt({ issuedAt, until, terminatedAt, suspensionChanges }: LicenceDates, time: number): boolean {
  const isEnded = time >= until || (terminatedAt !== 0 && time >= terminatedAt);
  return issuedAt !== 0 && issuedAt <= time && !isEnded && suspensionChanges % 2 === 0;
}

/**
 * What the AuditLog answers to a proof, from the same facts.
 * @param facts undefined for a late entry: the chain cannot tell when the claimed block was executed
 * @throws ModelError ValueOutOfRange
 */
export function lawfulnessOf(facts: AccessFacts | undefined): Lawfulness {
  if (facts === undefined) return "TimeUnproven";
  const { time, version, isOfScope, licences, consents } = facts;
  if (!isOfScope || !licences.every((licence) => isHeldAt(licence, time))) return "LicenceNotInForce";
  const relied = consents
    .map(({ consent, from }) => permittedAt(consent, time, () => from))
    .find(({ permitted }) => permitted);
  if (relied === undefined) return "NotPermitted";
  return relied.version === version ? "Lawful" : "VersionNotCurrent";
}
