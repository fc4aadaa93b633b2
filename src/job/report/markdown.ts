import type { CoverageChange, JobResult } from "../result.ts";

/** The report's pictures, by what they show. */
export interface Plots {
  readonly coverage: string;
  readonly derivedCoverage: string | undefined;
  readonly licences: string;
  readonly lineage: string;
}

/** The job's result as a page that links its pictures and artefacts, which lie beside it. */
export function markdown(result: JobResult, plots: Plots, artefacts: readonly string[]): string {
  const { vcf, consents, samples, counts, mirror, provenance, loss, scan } = result;
  const sections = [
    ["# The main job", summary(result)],
    [
      "## Who is covered",
      `The university's licence on ${vcf.samples} participants' data, before and after ${consents.withdrawn} withdrew, ` +
        `${consents.suspended} suspended and ${consents.resumed} of those resumed. Counts are exact and some are small: ` +
        "this page is for those who run the job, and not for publication.",
      image("Covered participants and reasons, before and after", plots.coverage),
      coverageTable(result.coverage),
    ],
    ...derivedSection(result, plots),
    [
      "## The licences' lives",
      image("Each licence's status after each step", plots.licences),
      table(
        ["licence", "about", "holder", "delivery", "elements", "until"],
        result.licences.map(({ licenceId, name, holder, delivery, elements, until }) => [
          ...[licenceId, name, holder, delivery, elements],
          new Date(until * 1000).toISOString().slice(0, 10),
        ]),
      ),
      `Refused: request ${result.refusedRequest.licenceId} of the company, ${result.refusedRequest.reasons.join(", ")}.`,
    ],
    [
      "## Lineage",
      image("What came from what", plots.lineage),
      table(
        ["dataset", "level", "class", "depth", "id"],
        result.lineage.map(({ name, level, deidentification, depth, datasetId }) => [
          ...[name, level, deidentification, String(depth), `\`${datasetId}\``],
        ]),
      ),
      `${samples.specimens} specimens of ${samples.of} participants were registered, in ${samples.aliquots} aliquots, of ` +
        `which ${samples.transferred} went to the laboratory in one transfer; ${samples.sequenced} stands for the ` +
        "sequencing that the VCF came of, for a dataset has one generating activity and a sequencing one sample.",
      ...(counts === null
        ? []
        : [
            `Allele counts of ${counts.participants} participants: ${counts.alleles} alleles, ${counts.suppressed} ` +
              "suppressed because fewer than 10 participants have them or have them not.",
          ]),
      `Provenance: ${provenance.entities} entities and ${provenance.activities} activities as PROV-JSON, ` +
        `${provenance.violations} violations of PROV-CONSTRAINTS.`,
    ],
    [
      "## Audit",
      table(
        ["access", "licence", "participants", "block", "judged for", "lawfulness"],
        result.accesses.map(({ index, licence, participants, claimedBlock, participantId, lawfulness }) => [
          ...[String(index), licence, String(participants), String(claimedBlock)],
          ...[`\`${participantId.slice(0, 10)}…\``, lawfulness],
        ]),
      ),
      ...(result.sameBlock === null
        ? []
        : [
            `The first withdrawal counted in block ${result.sameBlock.block}, in that block already, for ` +
              `${result.sameBlock.licences.join(", ")}.`,
          ]),
    ],
    [
      "## What is left without the custodian",
      `An encrypted copy of ${mirror.bytes} bytes is attested by another institution. ` +
        (loss === null
          ? "The custodian was not expelled in this run."
          : `The custodian was expelled: ${loss.freshMirrors} mirror counts, the file was restored from its copy byte ` +
            "for byte, chunks and participants are proved, and its successor has custody."),
    ],
    ...(scan === null
      ? []
      : [
          [
            "## What the chain tells",
            `${scan.calldatas} transactions and ${scan.logs} logs, ${scan.bytes} bytes, were searched for ${scan.texts} ` +
              `texts and ${scan.digests} digests of what can be guessed: none was found.`,
          ],
        ]),
    ["## Beside this page", ...artefacts.map((file) => `- [${file}](${file})`)],
  ];
  return `${sections.map(([heading = "", ...parts]) => sectionOf(heading, parts)).join("\n\n")}\n`;
}

function sectionOf(heading: string, parts: readonly string[]): string {
  const isList = parts.every((part) => part.startsWith("- "));
  return [heading, isList ? parts.join("\n") : parts.join("\n\n")].join("\n\n");
}

function summary({ vcf, chain, ontology, consents, gas, checks, seconds }: JobResult): string {
  const whole = Object.values(seconds).reduce((sum, phase) => sum + phase, 0);
  return table(
    ["what", "value"],
    [
      ["VCF", `${vcf.file}, ${vcf.fileFormat}, ${vcf.samples} samples, ${vcf.variants} variants`],
      ["SHA-256", `\`${vcf.sha256}\``],
      ["Chain", `${chain.id}, genesis \`${chain.genesisHash}\``],
      ["Asked for", ontology.asked],
      ["Consents", `${consents.granted} signed and relayed, ${consents.perSecond} a second`],
      ["Gas", `${gas.perGrant} a consent, ${gas.perWithdrawal} a withdrawal`],
      ["Checked", `${checks} answers against the reference model or what was computed anew: all agree`],
      ["Seconds", String(Math.round(whole * 10) / 10)],
    ],
  );
}

function derivedSection({ derivedCoverage, subLicenceCoverage, countsCoverage }: JobResult, plots: Plots): string[][] {
  if (derivedCoverage === null || plots.derivedCoverage === undefined) return [];
  const { before, after } = subLicenceCoverage;
  return [
    [
      "## Who is covered in what was derived",
      image("Covered participants of the derived subset, before and after", plots.derivedCoverage),
      coverageTable(derivedCoverage),
      `The cloud's sub-licence covered ${before.covered} before and ${after.covered} after, as the licence that it is under.`,
      ...(countsCoverage === null
        ? []
        : [
            `The licence on the counts covers ${countsCoverage.covered} of the ${countsCoverage.participants} who were ` +
              "counted: a count stays what it was when a consent ends.",
          ]),
    ],
  ];
}

function coverageTable({ before, after }: CoverageChange): string {
  const reasons = [...new Set([...Object.keys(before.byReason), ...Object.keys(after.byReason)])].sort();
  return table(
    ["", "before", "after"],
    [
      ["covered", String(before.covered), String(after.covered)],
      ...reasons.map((reason) => [reason, String(before.byReason[reason] ?? 0), String(after.byReason[reason] ?? 0)]),
    ],
  );
}

function image(alternative: string, file: string): string {
  return `![${alternative}](${file})`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Text of a file's name or an ontology's label may hold the table's own marks. */
function cell(text: string): string {
  return text.replace(/[\r\n]+/g, " ").replace(/\|/g, "\\|");
}
