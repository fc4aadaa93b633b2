import { keccak256, stringToHex } from "viem";

import { outcomeOf, reasonsOf } from "../model/index.ts";
import { decideLicence, getLicence, issueLicence, requestLicence, voteLicence } from "../sdk/index.ts";
import { type JobContext, YEAR_SECONDS } from "./context.ts";
import { datasetLayer, decideLayers } from "./coverage.ts";
import type { Inputs } from "./inputs.ts";
import type { JobResult } from "./result.ts";
import type { Study } from "./study.ts";

/** What the two researchers got. */
export interface Requests {
  readonly licenceId: bigint;
  readonly refused: JobResult["refusedRequest"];
  readonly issued: JobResult["licence"];
}

/** Both researchers ask for the same use: the company is refused by the dataset's terms, the university gets a licence. */
export async function obtainLicence(context: JobContext, inputs: Inputs, study: Study): Promise<Requests> {
  const { actors, recorder } = context;
  const company = await request(context, inputs, study, "company");
  const refused = await getLicence(actors.company, company);
  recorder.check("status of the company's request", "Denied", refused.status);

  const university = await request(context, inputs, study, "university");
  recorder.check("outcome of the university's request", "APPROVE", university.outcome);
  const { licenceId } = university;
  recorder.progress("The committee votes, and the biobank issues the licence");
  await voteLicence(actors.committee, { licenceId, vote: "Approve", explanation: digestOf("approved as asked") });
  await issueLicence(actors.biobank, { licenceId, agreementDigest: digestOf("data use agreement") });
  const { status, progress } = await getLicence(actors.university, { licenceId });
  recorder.check("status of the university's licence", "Effective", status);
  return {
    licenceId,
    refused: { licenceId: company.licenceId.toString(), outcome: company.outcome, reasons: company.reasons },
    issued: { licenceId: licenceId.toString(), outcome: university.outcome, status, until: progress.until },
  };
}

/** Asks for a licence, has it decided, and compares the decision with the reference model's. */
async function request(
  { actors, publicClient, recorder }: JobContext,
  inputs: Inputs,
  study: Study,
  researcher: "company" | "university",
): Promise<{ licenceId: bigint; outcome: string; reasons: readonly string[] }> {
  recorder.progress(`The ${researcher} asks for a licence`);
  const now = Number((await publicClient.getBlock()).timestamp);
  const { licenceId } = await requestLicence(actors[researcher], {
    dataset: study.dataset,
    purpose: study.purpose,
    until: now + YEAR_SECONDS,
  });
  const { outcome, reasons } = await decideLicence(actors[researcher], { licenceId });
  const isNotForProfit = researcher === "university";
  const expected = decideLayers([datasetLayer(study.datasetTerms)], inputs, study, isNotForProfit, now);
  recorder.check(`decision on the ${researcher}'s request`, outcomeOf(expected), outcome);
  recorder.check(`reasons of the ${researcher}'s decision`, reasonsOf(expected).join(), reasons.join());
  return { licenceId, outcome, reasons };
}

function digestOf(text: string): `0x${string}` {
  return keccak256(stringToHex(text));
}
