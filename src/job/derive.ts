import { open, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { type Hex, sha256, toHex, zeroHash } from "viem";

import {
  buildManifest,
  EMPTY_ROOT,
  type Manifest,
  participantsTree,
  type ParticipantsTree,
  readVcf,
} from "../files/index.ts";
import { traceLineage } from "../sdk/index.ts";
import type { Participant } from "./cohort.ts";
import { digestOf, type JobContext } from "./context.ts";
import { type Anchored, anchorFile, checkProofs, PSEUDONYMS } from "./dataset.ts";
import { type AlleleCounts, countAlleles, MINIMUM_CELL, writeSubset } from "./genotypes.ts";
import type { Inputs } from "./inputs.ts";
import type { DatasetResult } from "./result.ts";
import type { Study } from "./study.ts";

/** The method's document of the counts. */
const AGGREGATED = sha256(toHex(`Allele counts; none that stands for fewer than ${MINIMUM_CELL} participants.`));

/** The workflow that counts alleles, and its version. */
export const WORKFLOW = { workflow: digestOf("allele counts"), version: digestOf("allele counts, version 1") };

/** The individual-level data of those whom the licence covers. */
export interface Subset extends Anchored {
  readonly file: string;
  readonly manifest: Manifest;
  readonly tree: ParticipantsTree;
  readonly participants: readonly Participant[];
  /** Their columns among the VCF's samples, from 0. */
  readonly columns: readonly number[];
}

/** Cuts the covered participants' genotypes out of the VCF, and anchors them as derived from it. */
export async function deriveSubset(
  context: JobContext,
  inputs: Inputs,
  study: Study,
  participants: readonly Participant[],
  directory: string,
): Promise<Subset> {
  const { actors, recorder } = context;
  recorder.progress("Deriving the covered participants' data");
  const columnOf = new Map<Participant, number>(study.participants.map((participant, column) => [participant, column]));
  const columns = participants.map((participant) => columnOf.get(participant) ?? -1);
  const file = join(directory, "subset.vcf");
  const manifest = await recorder.time("deriving data", async () => {
    const handle = await open(file, "w");
    try {
      const chosen = participants.map(({ participantId: name }, index) => ({ name, column: columns[index] ?? -1 }));
      await writeSubset(inputs.vcf.file, chosen, handle);
    } finally {
      await handle.close();
    }
    const { samples, variants } = await readVcf(file);
    recorder.check("variants of the subset", inputs.vcf.variants, variants);
    const ids = participants.map(({ participantId }) => participantId);
    recorder.check("participants of the subset", ids.join(), samples.join());
    return buildManifest([file]);
  });
  const tree = participantsTree(participants.map(({ participantId }) => participantId));
  const anchored = await anchorFile(
    context,
    manifest,
    {
      ...study.about,
      participantsRoot: tree.root,
      level: "Individual",
      deidentification: { class: "Pseudonymised", method: PSEUDONYMS, reviewer: zeroHash },
    },
    [study.dataset],
  );
  await checkProofs(context, actors.university, { ...anchored, manifest, tree, participant: participants[0] });
  return { ...anchored, file, manifest, tree, participants, columns };
}

/** The subset's allele counts. */
export interface Aggregate extends Anchored {
  readonly counts: AlleleCounts;
  readonly contentDigest: Hex;
}

/** Counts the subset's alleles, from the VCF and again from the subset, and anchors the table as derived from the subset. */
export async function deriveAggregate(
  context: JobContext,
  inputs: Inputs,
  study: Study,
  subset: Subset,
  directory: string,
): Promise<Aggregate> {
  const { recorder } = context;
  recorder.progress("Counting the subset's alleles");
  const file = join(directory, "allele-counts.tsv");
  const { counts, manifest } = await recorder.time("deriving data", async () => {
    const counts = await countAlleles(inputs.vcf.file, subset.columns);
    const again = await countAlleles(subset.file, [...subset.columns.keys()]);
    recorder.check("allele counts of the subset", counts.table, again.table);
    const { smallestCell = MINIMUM_CELL } = counts;
    recorder.check("whether every cell is large enough", true, smallestCell >= MINIMUM_CELL);
    await writeFile(file, counts.table);
    return { counts, manifest: await buildManifest([file]) };
  });
  const { contentDigest } = manifest;
  recorder.check("digest of the allele counts", sha256(toHex(counts.table)), contentDigest);
  const anchored = await anchorFile(
    context,
    manifest,
    {
      ...study.about,
      termsDigest: study.countsTerms.digest,
      participantsRoot: EMPTY_ROOT,
      level: "Aggregate",
      minimumCell: MINIMUM_CELL,
      deidentification: { class: "Anonymised", method: AGGREGATED, reviewer: study.members.institutions.committee },
    },
    [subset.dataset],
  );
  return { ...anchored, counts, contentDigest };
}

/** The lineage of the datasets, from the chain's events, compared with what was derived from what. */
export async function readLineage(
  { registrar, recorder }: JobContext,
  datasets: readonly (Pick<Anchored, "datasetId"> & { readonly name: string })[],
): Promise<DatasetResult[]> {
  const lineage: DatasetResult[] = [];
  for (const [depth, { datasetId, name }] of datasets.entries()) {
    const { dataset, ancestors, descendants } = await traceLineage(registrar, { datasetId });
    recorder.check(`depth of ${name}`, depth, dataset.depth);
    const before = datasets.slice(0, depth).map((other) => other.datasetId);
    const after = datasets.slice(depth + 1).map((other) => other.datasetId);
    recorder.check(`ancestors of ${name}`, before.join(), ancestors.map((other) => other.datasetId).join());
    recorder.check(`descendants of ${name}`, after.join(), descendants.map((other) => other.datasetId).join());
    recorder.check(`standing of ${name}`, true, dataset.isStanding);
    const { level, parents, minimumCell, deidentification } = dataset.record;
    lineage.push({ datasetId, name, level, depth, parents, minimumCell, deidentification: deidentification.class });
  }
  return lineage;
}
