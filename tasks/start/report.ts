import type { AccessResult, JobResult, LicenceResult } from "../../src/job/index.ts";
import type { CoverageCount } from "../../src/sdk/index.ts";

/** The job's result as text for people. */
export function report(result: JobResult): string {
  const { vcf, ontology, dataset, samples, consents, refusedRequest, licence, coverage, gas } = result;
  const genotypes = vcf.withGenotypes ? "with genotypes" : "without genotypes";
  return [
    "",
    `Dataset   ${vcf.file}: ${vcf.fileFormat}, ${vcf.samples} samples, ${vcf.variants} variants, ${genotypes}`,
    `          SHA-256 ${vcf.sha256}`,
    `          anchored as ${dataset.datasetId} in ${dataset.chunks} chunks`,
    `Samples   ${samples.specimens} specimens of ${samples.of} participants, ${samples.aliquots} aliquots, ${samples.transferred} sent to the laboratory`,
    `Mirror    an encrypted copy of ${result.mirror.bytes} bytes, attested by another institution`,
    `Ontology  ${ontology.file}: ${ontology.terms} terms, ${ontology.pairs} pairs`,
    `Asked     ${ontology.asked}`,
    "",
    `Consents  ${consents.granted} signed and relayed, ${consents.perSecond} a second`,
    ...Object.entries(consents.byTerms).map(([terms, count]) => `          ${padded(count)}  ${terms}`),
    `Request ${refusedRequest.licenceId} (company): ${refusedRequest.outcome}: ${refusedRequest.reasons.join(", ")}`,
    `Request ${licence.licenceId} (university): ${licence.outcome}, narrowed by vote, issued until ${day(licence.until)}: ${licence.status}`,
    "",
    ...cohort("Covered before", coverage.before),
    `Then      ${consents.withdrawn} withdrew, ${consents.suspended} suspended, ${consents.resumed} of those resumed`,
    ...cohort("Covered after ", coverage.after),
    ...derived(result),
    "",
    ...result.accesses.map(access),
    "",
    ...result.licences.map(life),
    ...result.lineage.map(
      ({ name, level, deidentification, depth }) => `Lineage   ${depth}  ${name}: ${level}, ${deidentification}`,
    ),
    `PROV      ${result.provenance.entities} entities, ${result.provenance.activities} activities, ${result.provenance.violations} violations`,
    ...ending(result),
    "",
    `Gas       ${gas.perGrant} a consent, ${gas.perWithdrawal} a withdrawal, relayed in batches of 100`,
    `Time      ${Object.entries(result.seconds)
      .map(([phase, seconds]) => `${phase} ${seconds} s`)
      .join(", ")}`,
    `Checked   ${result.checks} answers of the chain against the reference model or what was computed anew: all agree`,
    ...(result.report === null ? [] : [`Report    ${result.report.join(", ")}`]),
  ].join("\n");
}

function cohort(title: string, { participants, covered, byReason }: CoverageCount): string[] {
  const reasons = Object.entries(byReason).map(([reason, count]) => `          ${padded(count)}  ${reason}`);
  return [`${title}: ${covered} of ${participants}`, ...reasons];
}

function derived({ derivedCoverage, subLicenceCoverage, countsCoverage, counts, sameBlock }: JobResult): string[] {
  if (derivedCoverage === null) return [];
  const { before, after } = subLicenceCoverage;
  return [
    `          by the licence on the derived subset ${derivedCoverage.before.covered}, then ${derivedCoverage.after.covered}`,
    `          by the cloud's sub-licence ${before.covered}, then ${after.covered}`,
    ...(sameBlock === null
      ? []
      : [`          the first withdrawal counted in block ${sameBlock.block}, in all ${sameBlock.licences.length}`]),
    ...(counts === null
      ? []
      : [`Counts    ${counts.alleles} alleles of ${counts.participants}, ${counts.suppressed} suppressed`]),
    ...(countsCoverage === null
      ? []
      : [`          licensed on appeal, and cover ${countsCoverage.covered} of ${countsCoverage.participants} still`]),
  ];
}

/** The statuses that a licence has passed through; steps that left it in the same one are not told. */
function life({ licenceId, name, statuses }: LicenceResult): string {
  const passed = statuses.map(({ status }) => status).filter((status, index, all) => status !== all[index - 1]);
  return `Licence ${licenceId} ${name}: ${passed.join(" > ")}`;
}

function ending({ loss, scan }: JobResult): string[] {
  return [
    ...(loss === null
      ? []
      : [`Loss      custodian expelled: ${loss.freshMirrors} mirror counts, file restored, its successor has custody`]),
    ...(scan === null
      ? []
      : [
          `Scanned   ${scan.calldatas} transactions and ${scan.logs} logs for ${scan.texts} texts and ${scan.digests} digests: none there`,
        ]),
  ];
}

function access({ index, licence, participants, claimedBlock, lawfulness, participantId }: AccessResult): string {
  return `Access ${index}  under ${licence} to ${participants} participants at block ${claimedBlock}; for ${participantId.slice(0, 10)}…: ${lawfulness}`;
}

function padded(count: number): string {
  return String(count).padStart(6);
}

/** Unix seconds as a UTC date. */
function day(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}
