import type { ProvDocument } from "../provenance/index.ts";
import { getLicence } from "../sdk/index.ts";
import { type Access, accessData } from "./access.ts";
import { analyseSubset } from "./analysis.ts";
import { latestTime, untilAfter } from "./clock.ts";
import { type CountsLicence, licenseCounts } from "./countsLicence.ts";
import { type ChangedMinds, changeMinds, checkConsents, collectConsents, type Relayed } from "./consents.ts";
import type { JobContext } from "./context.ts";
import { type Cohort, readCoverage } from "./coverage.ts";
import { type Aggregate, deriveSubset, readLineage, type Subset } from "./derive.ts";
import { renewAndEnd, showEvidence } from "./ending.ts";
import { approveStudy, lapseApproval } from "./ethics.ts";
import type { Inputs } from "./inputs.ts";
import { obtainLicence, refuseCompany } from "./licence.ts";
import type { LicenceLife } from "./licenceLife.ts";
import { loseCustodian } from "./loss.ts";
import { mirrorCopy } from "./mirror.ts";
import { pauseLicence } from "./pause.ts";
import { exportProvenance } from "./provenance.ts";
import type { JobResult } from "./result.ts";
import { checkSameBlock } from "./sameBlock.ts";
import { trackSamples } from "./samples.ts";
import type { Study } from "./study.ts";
import { subLicenseToCloud } from "./subLicence.ts";

/** What happened between the anchoring of the VCF and the end. */
export interface Story extends Pick<
  JobResult,
  "samples" | "mirror" | "lineage" | "counts" | "licence" | "licences" | "sameBlock" | "accesses" | "loss"
> {
  readonly granted: Relayed;
  readonly changed: ChangedMinds;
  readonly refused: JobResult["refusedRequest"];
  readonly coverages: Pick<JobResult, "coverage" | "derivedCoverage" | "subLicenceCoverage" | "countsCoverage">;
  readonly provenance: { readonly document: ProvDocument; readonly result: JobResult["provenance"] };
}

/** A licence on a part of the VCF, and the part. */
interface Derived {
  readonly subset: Subset;
  readonly licence: LicenceLife;
}

/** Runs the line from the samples to the end of the licences, each step checked as it is taken. */
export async function tellStory(
  context: JobContext,
  inputs: Inputs,
  study: Study,
  { directory, loseCustodian: isLost }: { readonly directory: string; readonly loseCustodian: boolean },
): Promise<Story> {
  const { publicClient, recorder } = context;
  const samples = await recorder.time("tracking samples", () => trackSamples(context, study));
  const copy = await recorder.time("mirroring", () => mirrorCopy(context, study, inputs.vcf.file, directory));
  const granted = await collectConsents(context, study);
  await checkConsents(context, study);

  const refused = await refuseCompany(context, inputs, study);
  await approveStudy(context, study);
  const { dataset, datasetId } = study;
  const licence = await obtainLicence(context, inputs, study, { dataset, datasetId, name: "the whole" });
  const { status, progress } = await getLicence(context.actors.university, licence);
  const { licenceId } = licence;
  const { participants } = study;
  const first = await readCoverage(context, inputs, study, { licenceId, participants });
  const sub = await subLicenseToCloud(context, study, licence);
  const derived = await deriveAndLicense(context, inputs, study, first, directory);
  const { number: blockNumber } = await publicClient.getBlock();
  const before: Cohorts = { whole: first, ...(await readParts(context, inputs, study, { sub, derived, blockNumber })) };

  const accesses: Access[] = [];
  const [witness] = first.covered;
  if (witness !== undefined) accesses.push(await accessData(context, study, licence, first.covered, witness));
  const aggregate = derived === undefined ? undefined : await analyseSubset(context, inputs, study, derived, directory);
  await pauseLicence(context, { licence, sub, other: derived?.licence }, witness);
  const licences = [licence, sub, ...(derived === undefined ? [] : [derived.licence])];
  await lapseApproval(context, study, licences, witness);

  // Time counts by the second: what was used in the second of a withdrawal was not permitted.
  await untilAfter(publicClient, await latestTime(publicClient));
  const changed = await changeMinds(context, study);
  await checkConsents(context, study);
  const sameBlock = await checkSameBlock(context, changed.withdrawn, first.covered, licences);
  const whole = await readCoverage(context, inputs, study, { licenceId, participants });
  const after: Cohorts = { whole, ...(await readParts(context, inputs, study, { sub, derived, ...whole })) };
  accesses.push(...(await accessAfter(context, study, { licence, derived, changed, before, after })));
  for (const { proveAgain } of accesses) await proveAgain();

  let counted: CountsLicence | undefined;
  if (derived !== undefined && aggregate !== undefined) {
    await showEvidence(context, derived.licence, aggregate.contentDigest);
    counted = await licenseCounts(context, inputs, study, { aggregate, subset: derived.subset });
  }
  const [still] = after.whole.covered;
  const renewal = await renewAndEnd(context, inputs, study, { licence, sub, witness: still });
  const lineage = await readLineage(context, namesOf(study, derived, aggregate));
  const provenance = await exportProvenance(context, study, samples, aggregate);
  const loss = isLost ? await loseCustodian(context, inputs, study, { copy, licence: renewal, directory }) : null;

  const all = [...licences, ...(counted === undefined ? [] : [counted.life]), renewal];
  return {
    ...{ samples, mirror: copy.result, granted, changed, refused, sameBlock, lineage, provenance, loss },
    licence: {
      ...{ licenceId: licence.licenceId.toString(), outcome: progress.outcome ?? "undecided", status },
      until: progress.until,
    },
    licences: await Promise.all(all.map((life) => life.read())),
    coverages: {
      coverage: { before: before.whole.count, after: after.whole.count },
      derivedCoverage:
        before.derived === undefined || after.derived === undefined
          ? null
          : { before: before.derived.count, after: after.derived.count },
      subLicenceCoverage: { before: before.sub.count, after: after.sub.count },
      countsCoverage: counted?.coverage ?? null,
    },
    accesses: accesses.map(({ result }) => result),
    counts: countsOf(derived, aggregate),
  };
}

/** Cuts out the data of those who are covered, where there are any, and licenses that too. */
async function deriveAndLicense(
  context: JobContext,
  inputs: Inputs,
  study: Study,
  { covered }: Cohort,
  directory: string,
): Promise<Derived | undefined> {
  if (covered.length === 0) return undefined;
  const subset = await deriveSubset(context, inputs, study, covered, directory);
  const { dataset, datasetId } = subset;
  const licence = await obtainLicence(context, inputs, study, { dataset, datasetId, name: "the subset" });
  return { subset, licence };
}

/** Every licence's cohort. */
interface Cohorts {
  readonly whole: Cohort;
  readonly sub: Cohort;
  readonly derived: Cohort | undefined;
}

/** Reads what derives from the licence and from the VCF, all of one block. */
async function readParts(
  context: JobContext,
  inputs: Inputs,
  study: Study,
  told: { sub: LicenceLife; derived: Derived | undefined; blockNumber: bigint },
): Promise<Omit<Cohorts, "whole">> {
  const { sub, derived, blockNumber } = told;
  const { licenceId } = sub;
  const { participants } = study;
  const ofSub = await readCoverage(context, inputs, study, { licenceId, participants, blockNumber });
  if (derived === undefined) return { sub: ofSub, derived };
  const asked = { licenceId: derived.licence.licenceId, participants: derived.subset.participants, blockNumber };
  return { sub: ofSub, derived: await readCoverage(context, inputs, study, asked) };
}

/** Uses of the data after participants changed their minds: one that has somebody in it who is gone, and a lawful one. */
async function accessAfter(
  context: JobContext,
  study: Study,
  told: { licence: LicenceLife; derived: Derived | undefined; changed: ChangedMinds; before: Cohorts; after: Cohorts },
): Promise<Access[]> {
  const { licence, derived, changed, before, after } = told;
  const accesses: Access[] = [];
  const gone = before.whole.covered.find((participant) => changed.withdrawn.participants.includes(participant));
  if (gone !== undefined) {
    accesses.push(await accessData(context, study, licence, [gone, ...after.whole.covered], gone));
  }
  const covered = after.derived?.covered ?? [];
  const [still] = covered;
  if (derived !== undefined && still !== undefined) {
    accesses.push(await accessData(context, study, derived.licence, covered, still));
  }
  return accesses;
}

function namesOf(
  study: Study,
  derived: Derived | undefined,
  aggregate: Aggregate | undefined,
): Parameters<typeof readLineage>[1] {
  return [
    { name: "the VCF", datasetId: study.datasetId },
    ...(derived === undefined ? [] : [{ name: "the covered participants' data", datasetId: derived.subset.datasetId }]),
    ...(aggregate === undefined ? [] : [{ name: "their allele counts", datasetId: aggregate.datasetId }]),
  ];
}

function countsOf(derived: Derived | undefined, aggregate: Aggregate | undefined): JobResult["counts"] {
  if (derived === undefined || aggregate === undefined) return null;
  const { alleles, suppressed, smallestCell = null } = aggregate.counts;
  const participants = derived.subset.participants.length;
  return { participants, alleles, suppressed, smallestCell, sha256: aggregate.contentDigest };
}
