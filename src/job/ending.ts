import type { Hex } from "viem";

import { acceptDuty, dischargeDuty, getDuties, terminateLicence } from "../sdk/index.ts";
import type { Participant } from "./cohort.ts";
import { digestOf, type JobContext } from "./context.ts";
import { checkWitness } from "./coverage.ts";
import type { Inputs } from "./inputs.ts";
import { obtainLicence } from "./licence.ts";
import type { LicenceLife } from "./licenceLife.ts";
import type { Study } from "./study.ts";

/** The university shows that it has published, and the biobank accepts: the duty is fulfilled. */
export async function showEvidence(context: JobContext, licence: LicenceLife, evidence: Hex): Promise<void> {
  const { actors, recorder } = context;
  const { licenceId, name } = licence;
  recorder.progress("The university publishes, as it has promised");
  const duty = { licenceId, kind: "Publish" } as const;
  await recorder.refused("a duty accepted without evidence", "DutyStepNotOpen", () =>
    acceptDuty(actors.biobank, { ...duty, dryRun: true }),
  );
  await dischargeDuty(actors.university, { ...duty, evidence });
  await checkDuty("Discharged");
  await acceptDuty(actors.biobank, duty);
  await checkDuty("Fulfilled");
  await licence.expect("the duty to publish was fulfilled", "Effective");

  async function checkDuty(expected: string): Promise<void> {
    const duties = await getDuties(actors.university, { licenceId });
    recorder.check(`duties of ${name}`, expected, duties.map(({ state }) => state).join());
  }
}

/** The licence is renewed and then ended early: what derives from it ends with it, the renewal stands. */
export async function renewAndEnd(
  context: JobContext,
  inputs: Inputs,
  study: Study,
  { licence, sub, witness }: { licence: LicenceLife; sub: LicenceLife; witness: Participant | undefined },
): Promise<LicenceLife> {
  const { actors, recorder } = context;
  const { dataset, datasetId } = study;
  const { licenceId } = licence;
  const renewal = await obtainLicence(context, inputs, study, {
    ...{ dataset, datasetId },
    name: "the renewal",
    renews: licenceId,
  });
  recorder.progress("The university ends the first licence");
  await terminateLicence(actors.university, { licenceId, explanation: digestOf("the renewal takes its place") });
  await licence.expect("ended by the university", "Terminated");
  await sub.expect("its licence was ended", "Terminated");
  await renewal.expect("the first licence was ended", "Effective");
  await checkWitness(context, witness, [licence, sub], false);
  await checkWitness(context, witness, [renewal], true);
  return renewal;
}
