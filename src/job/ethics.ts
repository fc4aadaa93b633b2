import type { Hex } from "viem";

import { approveEthics, purposeDigest } from "../sdk/index.ts";
import { latestTime } from "./clock.ts";
import type { Participant } from "./cohort.ts";
import { digestOf, type JobContext, YEAR_SECONDS } from "./context.ts";
import { checkWitness } from "./coverage.ts";
import type { LicenceLife } from "./licenceLife.ts";
import type { Study } from "./study.ts";

/** The committee approves the university's use for a year. */
export async function approveStudy(context: JobContext, study: Study): Promise<void> {
  const { actors, publicClient, recorder } = context;
  recorder.progress("The committee approves the university's study");
  const until = (await latestTime(publicClient)) + YEAR_SECONDS;
  const approved = await approveEthics(actors.committee, {
    ...useOf(study),
    until,
    document: digestOf("ethics approval"),
  });
  recorder.check("end of the ethics approval", until, approved.until);
}

/** The committee takes its approval back, and gives it again: every licence for the use rests as long, at once. */
export async function lapseApproval(
  context: JobContext,
  study: Study,
  licences: readonly LicenceLife[],
  witness: Participant | undefined,
): Promise<void> {
  const { actors, recorder } = context;
  recorder.progress("The committee takes its approval back, and gives it again");
  await approveEthics(actors.committee, { ...useOf(study), until: 0, document: digestOf("an incident was reported") });
  for (const licence of licences) await licence.expect("the ethics approval was taken back", "EthicsLapsed");
  await checkWitness(context, witness, licences, false);
  await approveStudy(context, study);
  for (const licence of licences) await licence.expect("the study was approved again", "Effective");
  await checkWitness(context, witness, licences, true);
}

function useOf({ members, purpose }: Study): {
  readonly licensee: Hex;
  readonly purposeDigest: Hex;
} {
  return { licensee: members.institutions.university, purposeDigest: purposeDigest(purpose) };
}
