import {
  appealLicence,
  approveLicenceWith,
  countCoverage,
  type CoverageCount,
  getCohortCoverage,
  getCoverage,
  issueLicence,
  reopenLicenceReasons,
  resolveLicenceReasons,
  voteLicence,
} from "../sdk/index.ts";
import { digestOf, type JobContext } from "./context.ts";
import type { Aggregate, Subset } from "./derive.ts";
import type { Inputs } from "./inputs.ts";
import { ask, imposePublication } from "./licence.ts";
import type { LicenceLife } from "./licenceLife.ts";
import type { Study } from "./study.ts";

/** The licence on the counts, and whom it covers: everyone who was counted, whatever they have decided since. */
export interface CountsLicence {
  readonly life: LicenceLife;
  readonly coverage: CoverageCount;
}

/** What a person has to look at: nobody has attested that the university will publish, as it says. */
const REASON = "dataset:PUB_UNATTESTED";

/**
 * The university asks for the counts. The committee refuses; the review committee, which the university appeals to, accepts
 * its promise to publish and approves. Once it does not, and nobody is covered until it does again.
 */
export async function licenseCounts(
  context: JobContext,
  inputs: Inputs,
  study: Study,
  { aggregate, subset }: { aggregate: Aggregate; subset: Subset },
): Promise<CountsLicence> {
  const { actors, recorder } = context;
  const { dataset, datasetId } = aggregate;
  const { terms, digest: termsDigest } = study.countsTerms;
  const asked = { dataset, datasetId, name: "the counts", terms };
  const { life, outcome, reasons, conditions } = await ask(context, inputs, study, asked);
  recorder.check("outcome of the request for the counts", "MANUAL", outcome);
  recorder.check("reasons of the request for the counts", REASON, reasons.join());
  const { licenceId } = life;

  const ballot = { licenceId, explanation: digestOf("no word of where they will be published") };
  await voteLicence(actors.committee, { ...ballot, vote: "Refuse" });
  await life.expect("refused by the committee", "Refused");
  await appealLicence(actors.university, { licenceId, document: digestOf("the journal's letter") });
  await life.expect("appealed against", "UnderAppeal");
  await recorder.refused("a committee's vote on an appeal against its own", "LicenceNotResponsible", () =>
    voteLicence(actors.committee, { ...ballot, vote: "Refuse", dryRun: true }),
  );

  const explanation = digestOf("the journal has accepted it");
  await approveLicenceWith(actors.reviewers, { licenceId, conditions, explanation });
  await life.expect("approved by the review committee", "Approved");
  await imposePublication(context, licenceId);
  const issue = { licenceId, agreementDigest: digestOf("agreement on the counts") };
  await recorder.refused("an issue with a reason that nobody has looked at", "LicenceNotApproved", () =>
    issueLicence(actors.biobank, { ...issue, dryRun: true }),
  );
  const looked = { licenceId, termsDigest, reasons: [REASON], explanation };
  await resolveLicenceReasons(actors.reviewers, looked);
  await issueLicence(actors.biobank, issue);
  await life.expect("issued", "Effective");

  await reopenLicenceReasons(actors.reviewers, looked);
  const [witness] = subset.participants;
  if (witness !== undefined) {
    const { participantId } = witness;
    const reopened = await getCoverage(actors.university, { licenceId, participantId });
    recorder.check("reasons of the counts' licence when reopened", REASON, reopened.reasons.join());
    recorder.check("coverage by the counts' licence when reopened", false, reopened.isEffective);
  }
  await resolveLicenceReasons(actors.reviewers, looked);
  return { life, coverage: await readCounted(context, licenceId, subset) };
}

/** An aggregate stays what it was when a consent ends: everyone who was counted is covered. */
async function readCounted(
  { actors, recorder }: JobContext,
  licenceId: bigint,
  { participants }: Subset,
): Promise<CoverageCount> {
  const participantIds = participants.map(({ participantId }) => participantId);
  const { coverage } = await recorder.time("reading", () =>
    getCohortCoverage(actors.university, { licenceId, participantIds }),
  );
  for (const [index, { isEffective, reasons }] of coverage.entries()) {
    const step = `coverage of ${participantIds[index]} by the counts' licence`;
    recorder.check(step, "", reasons.join());
    recorder.check(step, true, isEffective);
  }
  return countCoverage(coverage);
}
