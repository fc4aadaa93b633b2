import { type Hex, type Log, zeroHash } from "viem";

import type { ConcordClient } from "../client.ts";
import { eventIn, eventsIn } from "./events.ts";
import { checkBytes32, checkId, checkNonEmptyList, checkObject, checkUint } from "./validate.ts";

/** When an activity was, by whom and how, as the institution states it. */
export interface Performance {
  /** Unix seconds, from 1. */
  readonly startedAt: number;
  /** Unix seconds, not before `startedAt` and not in the future. */
  readonly endedAt: number;
  /** Digest of the person (salted) or software that carried it out; left out when it is not told. */
  readonly agent?: Hex | undefined;
  /** Digest of the procedure or workflow that was followed; left out when it is not told. */
  readonly plan?: Hex | undefined;
}

/** What was taken from a participant. Every field is part of the sample's id. */
export interface SpecimenRecord {
  /** The institution that collected it and answers for it. */
  readonly custodian: Hex;
  readonly scopeId: Hex;
  /** Salted commitment to the participant; see commitToParticipant. */
  readonly participant: Hex;
  /** Digest of what it is, for instance of a SPREC code. */
  readonly material: Hex;
  /** Digest of the custodian's own label, salted where it could be guessed. */
  readonly label: Hex;
}

/** A part of a sample. Every field is part of the aliquot's id. */
export interface AliquotRecord {
  /** The specimen or aliquot that it is a part of. */
  readonly source: Hex;
  /** The institution that made it. */
  readonly keeper: Hex;
  /** Digest of the keeper's own label, salted where it could be guessed. */
  readonly label: Hex;
}

/** What a sample is, by the contract's number. */
export const SAMPLE_KINDS = ["None", "Specimen", "Aliquot"] as const;
export type SampleKind = (typeof SAMPLE_KINDS)[number];

/** Times and digests as the contract takes them; what is not told is zero. */
export function wirePerformance({ startedAt, endedAt, agent = zeroHash, plan = zeroHash }: Performance) {
  checkUint("startedAt", startedAt, 32, 1);
  checkUint("endedAt", endedAt, 32, 1);
  checkBytes32("agent", agent);
  checkBytes32("plan", plan);
  return { startedAt, endedAt, agent, plan };
}

export function checkSpecimen(record: SpecimenRecord): SpecimenRecord {
  checkObject("record", record);
  const { custodian, scopeId, participant, material, label } = record;
  for (const [field, value] of Object.entries({ custodian, scopeId, participant, material, label })) {
    checkId(`record.${field}`, value);
  }
  return { custodian, scopeId, participant, material, label };
}

export function checkAliquot(record: AliquotRecord): AliquotRecord {
  checkObject("record", record);
  const { source, keeper, label } = record;
  for (const [field, value] of Object.entries({ source, keeper, label })) checkId(`record.${field}`, value);
  return { source, keeper, label };
}

/** Throws unless the value is a list of ids with something in it. */
export function checkIds(input: string, list: readonly unknown[]): asserts list is readonly Hex[] {
  checkNonEmptyList(input, list);
  list.forEach((id, index) => checkId(`${input}[${index}]`, id));
}

/** Number of the one activity that a transaction has recorded. */
export function recordedActivity(client: ConcordClient, logs: readonly Log[]): { readonly activity: number } {
  return { activity: Number(eventIn(client, logs, "provenanceRegistry", "ActivityRecorded").activity) };
}

/** Numbers of the activities that a transaction has recorded, in order. */
export function recordedActivities(client: ConcordClient, logs: readonly Log[]): number[] {
  return eventsIn(client, logs, "provenanceRegistry", ["ActivityRecorded"]).map(({ args }) => Number(args.activity));
}
