import { outcomeOf, reasonsOf, type Terms } from "../model/index.ts";
import {
  approveLicenceWith,
  type DatasetRecord,
  decideLicence,
  getDuties,
  getLicence,
  getLicenceCard,
  imposeDuties,
  issueLicence,
  type LicenceConditions,
  type OfficialSignature,
  requestLicence,
  signLicenceRequest,
} from "../sdk/index.ts";
import { latestTime } from "./clock.ts";
import { ASKED, NARROWED, PUBLISH_WITHIN } from "./conditions.ts";
import { digestOf, type JobContext, YEAR_SECONDS } from "./context.ts";
import { datasetLayer, decideLayers } from "./coverage.ts";
import type { Anchored } from "./dataset.ts";
import type { Inputs } from "./inputs.ts";
import { LicenceLife } from "./licenceLife.ts";
import type { JobResult } from "./result.ts";
import type { Study } from "./study.ts";

/** What one request is about. */
interface Request extends Pick<Anchored, "dataset" | "datasetId"> {
  readonly name: string;
  /** The licence that it goes on from. */
  readonly renews?: bigint;
}

/** The company asks for the same use as the university, and is refused by the dataset's terms. */
export async function refuseCompany(
  context: JobContext,
  inputs: Inputs,
  study: Study,
): Promise<JobResult["refusedRequest"]> {
  const { actors, publicClient, recorder } = context;
  recorder.progress("The company asks for a licence");
  const { dataset, purpose } = study;
  const until = (await latestTime(publicClient)) + YEAR_SECONDS;
  const { licenceId } = await requestLicence(actors.company, { dataset, purpose, until });
  const asked = { licenceId, terms: study.datasetTerms, notForProfit: false };
  const { outcome, reasons } = await decide(context, inputs, study, asked);
  await new LicenceLife(context, { licenceId, name: "the company's", holder: "company" }).expect("decided", "Denied");
  return { licenceId: licenceId.toString(), outcome, reasons };
}

/**
 * The university's official signs a request, which an account of it sends; the committee approves on narrower conditions,
 * the biobank imposes the duty to publish, and issues.
 */
export async function obtainLicence(
  context: JobContext,
  inputs: Inputs,
  study: Study,
  request: Request,
): Promise<LicenceLife> {
  const { actors, recorder } = context;
  const { life, outcome, until, conditions } = await ask(context, inputs, study, {
    ...request,
    terms: study.datasetTerms,
  });
  recorder.check("outcome of the university's request", "APPROVE", outcome);
  const { licenceId } = life;
  const vote = { licenceId, conditions, explanation: digestOf("approved for eight elements, in place") };
  const wider = { ...vote, conditions: { ...conditions, until: until + 1 } };
  await recorder.refused("conditions that widen", "LicenceConditionsWiden", () =>
    approveLicenceWith(actors.committee, { ...wider, dryRun: true }),
  );
  await approveLicenceWith(actors.committee, vote);
  await life.expect("approved on conditions", "Approved");

  const issue = { licenceId, agreementDigest: digestOf("data use agreement") };
  await recorder.refused("an issue without the promised duty", "LicenceDutiesMissing", () =>
    issueLicence(actors.biobank, { ...issue, dryRun: true }),
  );
  const dueAt = await imposePublication(context, licenceId);
  await issueLicence(actors.biobank, issue);
  await life.expect("issued", "Effective");
  await checkIssued(context, licenceId, { ...conditions, dueAt });
  return life;
}

/** A request of the university's that was decided, and what a committee narrows it to. */
export interface Asked {
  readonly life: LicenceLife;
  readonly outcome: string;
  readonly reasons: readonly string[];
  /** The end that was asked for (Unix seconds). */
  readonly until: number;
  readonly conditions: LicenceConditions;
}

/**
 * The university asks for a licence, which awaits a vote when it has been decided.
 * @param asked what it is on, and that dataset's own terms
 */
export async function ask(
  context: JobContext,
  inputs: Inputs,
  study: Study,
  asked: Request & { readonly terms: Terms },
): Promise<Asked> {
  const { name, terms } = asked;
  context.recorder.progress(`The university asks for a licence: ${name}`);
  const now = await latestTime(context.publicClient);
  const until = now + ASKED.seconds;
  const { licenceId } = await askSigned(context, study, { ...asked, until });
  const life = new LicenceLife(context, { licenceId, name, holder: "university" });
  await life.expect("requested", "Requested");
  const { outcome, reasons } = await decide(context, inputs, study, { licenceId, terms, notForProfit: true });
  await life.expect("decided", "AwaitingVote");
  const { delivery, elements } = NARROWED;
  return { life, outcome, reasons, until, conditions: { delivery, elements, until: now + NARROWED.seconds } };
}

/** The biobank imposes the duty to publish, which the purpose promises. */
export async function imposePublication({ actors, publicClient }: JobContext, licenceId: bigint): Promise<number> {
  const dueAt = (await latestTime(publicClient)) + PUBLISH_WITHIN;
  await imposeDuties(actors.biobank, { licenceId, duties: [{ kind: "Publish", dueAt }] });
  return dueAt;
}

/** Sends what the official has signed; what somebody else has signed is refused. */
async function askSigned(
  { actors: { university }, recorder }: JobContext,
  { members, purpose }: Study,
  { dataset, datasetId, until, renews }: Request & { readonly until: number },
): Promise<{ licenceId: bigint }> {
  const holder = university.walletClient?.account?.address ?? "0x";
  const ask = { until, delivery: ASKED.delivery, renews };
  const sign = async (signer: Study["members"]["official"]): Promise<OfficialSignature> =>
    signLicenceRequest(university, { ...ask, signer, holder, datasetId, purpose });
  const request: { dataset: DatasetRecord; purpose: Study["purpose"] } & typeof ask = { ...ask, dataset, purpose };
  const strangers = await sign(members.stranger);
  await recorder.refused("a request that a stranger has signed", "LicenceSignatureInvalid", () =>
    requestLicence(university, { ...request, signed: strangers, dryRun: true }),
  );
  return requestLicence(university, { ...request, signed: await sign(members.official) });
}

/** Has a request decided, and compares the decision with the reference model's. */
async function decide(
  { actors, publicClient, recorder }: JobContext,
  inputs: Inputs,
  study: Study,
  { licenceId, terms, notForProfit }: { licenceId: bigint; terms: Terms; notForProfit: boolean },
): Promise<{ outcome: string; reasons: readonly string[] }> {
  const { outcome, reasons } = await decideLicence(actors.relayer, { licenceId });
  const now = await latestTime(publicClient);
  const { elements } = study.purpose;
  const expected = decideLayers([datasetLayer(terms)], inputs, study, { notForProfit, elements, now });
  recorder.check(`decision on request ${licenceId}`, outcomeOf(expected), outcome);
  recorder.check(`reasons of the decision on request ${licenceId}`, reasonsOf(expected).join(), reasons.join());
  return { outcome, reasons };
}

/** Reads back what was imposed and narrowed, and the token's card. */
async function checkIssued(
  { registrar, recorder }: JobContext,
  licenceId: bigint,
  expected: { delivery: string; elements: bigint; until: number; dueAt: number },
): Promise<void> {
  const { progress } = await getLicence(registrar, { licenceId });
  recorder.check(`delivery of licence ${licenceId}`, expected.delivery, progress.delivery);
  recorder.check(`elements of licence ${licenceId}`, expected.elements, progress.elements);
  recorder.check(`end of licence ${licenceId}`, expected.until, progress.until);
  const duties = await getDuties(registrar, { licenceId });
  const told = duties.map(({ kind, state, dueAt }) => `${kind} ${state} ${dueAt}`).join();
  recorder.check(`duties of licence ${licenceId}`, `Publish Open ${expected.dueAt}`, told);
  const { attributes } = await getLicenceCard(registrar, { licenceId });
  const status = attributes.find(({ trait_type }) => trait_type === "Status");
  recorder.check(`status on the card of licence ${licenceId}`, "Effective", status?.value);
}
