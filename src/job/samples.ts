import { bytesToHex, concat, type Hex, keccak256 } from "viem";

import {
  acceptCustody,
  aliquotIdOf,
  commitToParticipant,
  getSample,
  offerCustody,
  opensParticipantCommitment,
  recordSequencing,
  registerAliquots,
  registerSpecimen,
  type SpecimenRecord,
  specimenIdOf,
} from "../sdk/index.ts";
import { latestTime } from "./clock.ts";
import type { Participant } from "./cohort.ts";
import { digestOf, type JobContext } from "./context.ts";
import type { JobResult } from "./result.ts";
import type { Study } from "./study.ts";

/** Specimens that are registered at most: those of the first plate of 96 tubes. Each is a transaction of its own. */
export const PLATE = 96;

const HOUR = 3_600;
const DAY = 24 * HOUR;
/** Seconds before now at which things were done, as the institutions state it. */
const COLLECTED = { from: 60 * DAY, to: 60 * DAY - HOUR };
const DIVIDED = { from: 59 * DAY, to: 59 * DAY - HOUR };
const SENT = { from: 30 * DAY, to: 29 * DAY };
const SEQUENCED = { from: 20 * DAY, to: 17 * DAY };

/**
 * Registers the specimens of the first plate with an aliquot of each to send and one to keep, hands the one over to the
 * laboratory in one transfer, and records the sequencing that the VCF came of. A dataset has one generating activity, and
 * a sequencing one sample: the plate's first tube stands for the run.
 */
export async function trackSamples(context: JobContext, study: Study): Promise<JobResult["samples"]> {
  const { actors, publicClient, recorder } = context;
  const { participants, members, dataset } = study;
  const donors = participants.slice(0, PLATE);
  const now = await latestTime(publicClient);
  const sent: Hex[] = [];
  const kept: Hex[] = [];
  for (const [index, donor] of donors.entries()) {
    recorder.progress("Registering specimens", { done: index + 1, total: donors.length });
    const sampleId = await collect(context, study, donor, now);
    const [toSend, toKeep] = await divide(context, study, sampleId, now);
    sent.push(toSend);
    kept.push(toKeep);
  }
  const [first] = sent;
  if (first !== undefined) {
    const { laboratory: to, biobank } = members.institutions;
    await offerCustody(actors.biobank, { sampleIds: sent, to, leftAt: now - SENT.from });
    await acceptCustody(actors.laboratory, { sampleIds: sent, arrivedAt: now - SENT.to, plan: digestOf("cold chain") });
    const sequencing = {
      sampleId: first,
      outputs: [dataset],
      ...between(SEQUENCED, now),
      plan: digestOf("sequencing"),
    };
    await recorder.refused("a sequencing by who has no custody", "ProvenanceNotKeeper", () =>
      recordSequencing(actors.university, { ...sequencing, dryRun: true }),
    );
    await recordSequencing(actors.laboratory, sequencing);
    for (const [sampleId, keeper] of [[first, to] as const, [kept[0] ?? first, biobank] as const]) {
      const { keeper: found, custodian } = await getSample(actors.biobank, { sampleId });
      recorder.check(`keeper of ${sampleId}`, keeper, found);
      recorder.check(`custodian of ${sampleId}`, biobank, custodian);
    }
  }
  return {
    of: participants.length,
    specimens: donors.length,
    aliquots: sent.length + kept.length,
    transferred: sent.length,
    sequenced: first === undefined ? 0 : 1,
  };
}

async function collect(
  { actors, recorder }: JobContext,
  { scopeId, members }: Study,
  { participantId }: Participant,
  now: number,
): Promise<Hex> {
  const { commitment, salt } = commitToParticipant(scopeId, participantId);
  const opened = opensParticipantCommitment(commitment, scopeId, participantId, salt);
  recorder.check(`commitment to ${participantId}`, true, opened);
  const record: SpecimenRecord = {
    custodian: members.institutions.biobank,
    scopeId,
    participant: commitment,
    material: digestOf("blood in EDTA"),
    label: saltedLabel(salt, "tube"),
  };
  const { sampleId } = await registerSpecimen(actors.biobank, { record, ...between(COLLECTED, now) });
  recorder.check(`id of the specimen of ${participantId}`, specimenIdOf(record), sampleId);
  return sampleId;
}

async function divide(
  { actors, recorder }: JobContext,
  { members }: Study,
  source: Hex,
  now: number,
): Promise<[Hex, Hex]> {
  const salt = bytesToHex(crypto.getRandomValues(new Uint8Array(32)));
  const labels = [saltedLabel(salt, "to send"), saltedLabel(salt, "to keep")] as const;
  const { sampleIds } = await registerAliquots(actors.biobank, { source, labels, ...between(DIVIDED, now) });
  const keeper = members.institutions.biobank;
  const expected = labels.map((label) => aliquotIdOf({ source, keeper, label }));
  recorder.check(`aliquots of ${source}`, expected.join(), sampleIds.join());
  return expected as [Hex, Hex];
}

/** A label could be guessed: it goes on chain with a salt, which the biobank keeps. */
function saltedLabel(salt: Hex, label: string): Hex {
  return keccak256(concat([salt, digestOf(label)]));
}

function between({ from, to }: { from: number; to: number }, now: number): { startedAt: number; endedAt: number } {
  return { startedAt: now - from, endedAt: now - to };
}
