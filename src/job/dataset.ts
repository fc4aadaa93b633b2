import { type Hex, sha256, toHex, zeroHash } from "viem";

import { type Manifest, participantsTree, type ParticipantsTree, proveChunk } from "../files/index.ts";
import {
  anchorDataset,
  type ConcordClient,
  type DatasetRecord,
  getDataset,
  type NewDatasetRecord,
  verifyChunk,
  verifyParticipant,
} from "../sdk/index.ts";
import type { Participant } from "./cohort.ts";
import type { JobContext } from "./context.ts";
import type { Inputs } from "./inputs.ts";

/** The method's document: what is told of the cohort is this sentence. */
export const PSEUDONYMS = sha256(toHex("Each sample is known by a participant's id alone."));

/** A dataset as the job goes on with it. */
export interface Anchored {
  readonly dataset: DatasetRecord;
  readonly datasetId: Hex;
  /** Block time (Unix seconds). */
  readonly anchoredAt: number;
}

/** What a dataset of the study is about. */
export interface About {
  readonly custodian: Hex;
  readonly successor: Hex;
  readonly scopeId: Hex;
  readonly termsDigest: Hex;
}

/** Anchors the VCF with its participants, and has the chain prove a part of either. */
export async function anchorVcf(
  context: JobContext,
  { manifest }: Inputs,
  { participants, ...about }: About & { participants: readonly Participant[] },
): Promise<Anchored & { participantsTree: ParticipantsTree }> {
  context.recorder.progress("Anchoring the dataset");
  const tree = participantsTree(participants.map(({ participantId }) => participantId));
  const anchored = await anchorFile(context, manifest, {
    ...about,
    participantsRoot: tree.root,
    level: "Individual",
    deidentification: { class: "Pseudonymised", method: PSEUDONYMS, reviewer: zeroHash },
  });
  await checkProofs(context, context.actors.biobank, { ...anchored, manifest, tree, participant: participants[0] });
  return { ...anchored, participantsTree: tree };
}

/** Anchors what a manifest lists, and reads the record back. */
export async function anchorFile(
  { actors: { biobank }, recorder }: JobContext,
  manifest: Manifest,
  record: Omit<NewDatasetRecord, "contentDigest" | "manifestRoot">,
  parents: readonly DatasetRecord[] = [],
): Promise<Anchored> {
  const { contentDigest, root: manifestRoot } = manifest;
  const anchored = await anchorDataset(biobank, { record: { ...record, contentDigest, manifestRoot }, parents });
  const { datasetId } = anchored;
  const found = await getDataset(biobank, { datasetId });
  recorder.check(`content of ${datasetId}`, contentDigest, found.record.contentDigest);
  recorder.check(`participants of ${datasetId}`, record.participantsRoot, found.record.participantsRoot);
  recorder.check(`class of ${datasetId}`, record.deidentification.class, found.record.deidentification.class);
  recorder.check(`successor of ${datasetId}`, record.successor, found.record.successor);
  recorder.check(`standing of ${datasetId}`, true, found.isStanding);
  return { dataset: anchored.record, datasetId, anchoredAt: found.anchoredAt };
}

/** Has the chain prove the last chunk of a dataset's file, and one participant. */
export async function checkProofs(
  { recorder }: JobContext,
  client: ConcordClient,
  proved: {
    readonly dataset: DatasetRecord;
    readonly manifest: Manifest;
    readonly tree: ParticipantsTree;
    readonly participant: Participant | undefined;
  },
): Promise<void> {
  const { dataset: record, manifest, tree, participant } = proved;
  const [file] = manifest.files;
  if (file === undefined) throw new TypeError("A manifest has at least one file.");
  const { fileDigest, index, length, sha256: digest, proof } = proveChunk(manifest, file.name, file.chunks - 1);
  const isChunk = await verifyChunk(client, { record, chunk: { file: fileDigest, index, length, digest }, proof });
  recorder.check("proof of the last chunk", true, isChunk);
  const other = { file: fileDigest, index, length, digest: record.manifestRoot };
  recorder.check("proof of another chunk", false, await verifyChunk(client, { record, chunk: other, proof }));
  if (participant === undefined) return;
  const { participantId } = participant;
  const isParticipant = await verifyParticipant(client, { record, participantId, proof: tree.prove(participantId) });
  recorder.check("proof of a participant", true, isParticipant);
}
