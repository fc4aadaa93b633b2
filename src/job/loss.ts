import { join } from "node:path";

import { buildManifest } from "../files/index.ts";
import {
  anchorDatasetVersion,
  claimDataset,
  expelInstitution,
  getDataset,
  getInstitution,
  getMirrors,
  traceLineage,
} from "../sdk/index.ts";
import type { JobContext } from "./context.ts";
import { checkProofs } from "./dataset.ts";
import type { Inputs } from "./inputs.ts";
import type { LicenceLife } from "./licenceLife.ts";
import { type Copy, decryptFile, freshOf } from "./mirror.ts";
import type { JobResult } from "./result.ts";
import type { Study } from "./study.ts";

/**
 * The custodian is expelled, and nothing of its dataset is lost: the mirror's attestation counts, proofs and lineage hold,
 * the successor restores the file from its copy, byte for byte, and takes custody; the licence goes on.
 */
export async function loseCustodian(
  context: JobContext,
  { manifest }: Inputs,
  study: Study,
  { copy, licence, directory }: { copy: Copy; licence: LicenceLife; directory: string },
): Promise<NonNullable<JobResult["loss"]>> {
  const { actors, registrar, recorder } = context;
  const { dataset: record, datasetId, members, participantsTree: tree, participants } = study;
  const { biobank, archive } = members.institutions;
  recorder.progress("The custodian is lost");
  const before = await traceLineage(registrar, { datasetId });
  await expelInstitution(registrar, { institutionId: biobank });
  const { standing } = await getInstitution(registrar, { institutionId: biobank });
  recorder.check("standing of the lost custodian", "Expelled", standing);

  const { mirrors } = await getMirrors(registrar, { datasetId });
  recorder.check("mirrors after the loss", archive, freshOf(mirrors));
  const after = await traceLineage(registrar, { datasetId });
  recorder.check("lineage after the loss", JSON.stringify(before), JSON.stringify(after));
  const restored = join(directory, "restored");
  await decryptFile(copy.key, copy.file, restored);
  const { contentDigest } = await buildManifest([restored]);
  recorder.check("content restored from the mirror", record.contentDigest, contentDigest);
  await checkProofs(context, actors.archive, { dataset: record, manifest, tree, participant: participants[0] });

  await recorder.refused("a version by the lost custodian", "InstitutionNotInStanding", () =>
    anchorDatasetVersion(actors.biobank, { record, previous: record, dryRun: true }),
  );
  await claimDataset(actors.archive, { record });
  const { custodian, isStanding } = await getDataset(registrar, { datasetId });
  recorder.check("custodian after the loss", archive, custodian);
  recorder.check("standing of the dataset after the loss", true, isStanding);
  await licence.expect("the custodian was expelled", "Effective");
  return { lost: biobank, claimedBy: archive, freshMirrors: mirrors.filter(({ isFresh }) => isFresh).length };
}
