import { MANDATES } from "../../model/index.ts";

export { LAWFULNESSES, type Lawfulness } from "../../model/index.ts";

/** Names of the contracts' enums and bits, by number. The order is the contracts'. */

/** What a delegate may do. To narrow is to update to what allows no more. */
export type MandateVerb = keyof typeof MANDATES;
export const MANDATE_VERBS = Object.keys(MANDATES) as readonly MandateVerb[];

/** Why someone may act for a participant. */
export const DELEGATE_KINDS = ["None", "Guardian", "Proxy"] as const;
export type DelegateKind = (typeof DELEGATE_KINDS)[number];

/** Closings that a custodian may attest, by their names in ConsentState. */
export const ATTESTED_CLOSINGS = ["Suspended", "Declined", "Withdrawn", "Annulled"] as const;
export type AttestedClosing = (typeof ATTESTED_CLOSINGS)[number];

/** Roles of an institution: bit n of its record, role 16 + n of the AccessManager. */
export const INSTITUTION_ROLES = ["custodian", "processor", "researcher", "committee", "auditor"] as const;
export type InstitutionRole = (typeof INSTITUTION_ROLES)[number];

/** Whether an institution is a member in good standing. */
export const INSTITUTION_STANDINGS = ["None", "Admitted", "Suspended", "Expelled", "Succeeded"] as const;
export type InstitutionStanding = (typeof INSTITUTION_STANDINGS)[number];

/** What kind of organisation an institution is. */
export const INSTITUTION_TYPES = [
  "University",
  "Hospital",
  "Biobank",
  "ResearchInstitute",
  "GovernmentAgency",
  "NonProfit",
  "Company",
  "EthicsBody",
] as const;
export type InstitutionType = (typeof INSTITUTION_TYPES)[number];

/** How close a dataset is to a person. */
export const DATA_LEVELS = ["Individual", "Aggregate", "Model"] as const;
export type DataLevel = (typeof DATA_LEVELS)[number];

/** What was done so that persons cannot be told from a dataset, by the words of GDPR, HIPAA and ISO/IEC 20889. */
export const DEIDENTIFICATION_CLASSES = [
  "Identifiable",
  "Pseudonymised",
  "Deidentified",
  "Anonymised",
  "Synthetic",
] as const;
export type DeidentificationClass = (typeof DEIDENTIFICATION_CLASSES)[number];

/** A licence's status, computed at every reading. */
export const LICENCE_STATUSES = [
  "None",
  "Requested",
  "Denied",
  "AwaitingVote",
  "Refused",
  "UnderAppeal",
  "Approved",
  "Effective",
  "Suspended",
  "InBreach",
  "EthicsLapsed",
  "DatasetRetracted",
  "Expired",
  "Terminated",
] as const;
export type LicenceStatus = (typeof LICENCE_STATUSES)[number];

/** The committee's vote. */
export const VOTES = ["None", "Approve", "Refuse"] as const;
export type Vote = (typeof VOTES)[number];

/** How a licensee gets at the data, narrowest first. */
export const DELIVERY_MODES = ["Counts", "InPlace", "Export"] as const;
export type DeliveryMode = (typeof DELIVERY_MODES)[number];

/** What a licensee owes besides keeping to its purpose. */
export const DUTY_KINDS = ["Publish", "ReturnData", "Collaborate", "Moratorium", "Destroy"] as const;
export type DutyKind = (typeof DUTY_KINDS)[number];

/** How far a duty is. */
export const DUTY_STATES = ["None", "Open", "Discharged", "Fulfilled", "Breached"] as const;
export type DutyState = (typeof DUTY_STATES)[number];

/** What a decision came to, in the order of the contracts' numbers. */
export const OUTCOMES = ["APPROVE", "MANUAL", "DENY"] as const;

/** The name of a contract's enum value. */
export function nameOf<name extends string>(names: readonly name[], number: number): name {
  const name = names[number];
  if (name === undefined) throw new RangeError(`The contract gave ${number}, which the bindings do not know.`);
  return name;
}
