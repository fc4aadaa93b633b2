import type { AccessResult, JobResult } from "../../src/job/index.ts";
import type { CoverageCount } from "../../src/sdk/index.ts";

/** The job's result as text for people. */
export function report(result: JobResult): string {
  const { vcf, ontology, dataset, consents, refusedRequest, licence, coverage, gas } = result;
  const genotypes = vcf.withGenotypes ? "with genotypes" : "without genotypes";
  return [
    "",
    `Dataset   ${vcf.file}: ${vcf.fileFormat}, ${vcf.samples} samples, ${vcf.variants} variants, ${genotypes}`,
    `          SHA-256 ${vcf.sha256}`,
    `          anchored as ${dataset.datasetId} in ${dataset.chunks} chunks`,
    `Ontology  ${ontology.file}: ${ontology.terms} terms, ${ontology.pairs} pairs`,
    `Asked     ${ontology.asked}`,
    "",
    `Consents  ${consents.granted} signed and relayed, ${consents.perSecond} a second`,
    ...Object.entries(consents.byTerms).map(([terms, count]) => `          ${padded(count)}  ${terms}`),
    `Request ${refusedRequest.licenceId} (company): ${refusedRequest.outcome}: ${refusedRequest.reasons.join(", ")}`,
    `Request ${licence.licenceId} (university): ${licence.outcome}, voted, issued until ${day(licence.until)}: ${licence.status}`,
    "",
    ...cohort("Covered before", coverage.before),
    `Then      ${consents.withdrawn} withdrew, ${consents.suspended} suspended, ${consents.resumed} of those resumed`,
    ...cohort("Covered after ", coverage.after),
    "",
    ...result.accesses.map(access),
    "",
    `Gas       ${gas.perGrant} a consent, ${gas.perWithdrawal} a withdrawal, relayed in batches of 100`,
    `Time      ${Object.entries(result.seconds)
      .map(([phase, seconds]) => `${phase} ${seconds} s`)
      .join(", ")}`,
    `Checked   ${result.checks} answers of the chain against the reference model: all agree`,
  ].join("\n");
}

function cohort(title: string, { participants, covered, byReason }: CoverageCount): string[] {
  const reasons = Object.entries(byReason).map(([reason, count]) => `          ${padded(count)}  ${reason}`);
  return [`${title}: ${covered} of ${participants}`, ...reasons];
}

function access({ index, participants, claimedBlock, lawfulness, participantId }: AccessResult): string {
  return `Access ${index}  to ${participants} participants at block ${claimedBlock}; for ${participantId.slice(0, 10)}…: ${lawfulness}`;
}

function padded(count: number): string {
  return String(count).padStart(6);
}

/** Unix seconds as a UTC date. */
function day(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}
