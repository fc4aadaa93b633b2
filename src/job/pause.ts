import { reinstateLicence, suspendLicence } from "../sdk/index.ts";
import type { Participant } from "./cohort.ts";
import { digestOf, type JobContext } from "./context.ts";
import { checkWitness } from "./coverage.ts";
import type { LicenceLife } from "./licenceLife.ts";

/** The committee lets a licence rest and then reinstates it: what derives from it rests as long, another stays. */
export async function pauseLicence(
  context: JobContext,
  { licence, sub, other }: { licence: LicenceLife; sub: LicenceLife; other: LicenceLife | undefined },
  witness: Participant | undefined,
): Promise<void> {
  const { actors, recorder } = context;
  const { licenceId } = licence;
  recorder.progress("The committee suspends the licence, and reinstates it");
  await suspendLicence(actors.committee, { licenceId, explanation: digestOf("a question about the purpose") });
  await licence.expect("suspended by the committee", "Suspended");
  await sub.expect("its licence was suspended", "Suspended");
  await other?.expect("the licence on the whole was suspended", "Effective");
  await checkWitness(context, witness, [licence, sub], false);
  await reinstateLicence(actors.committee, { licenceId, explanation: digestOf("the question was answered") });
  await licence.expect("reinstated", "Effective");
  await sub.expect("its licence was reinstated", "Effective");
  await checkWitness(context, witness, [licence, sub], true);
}
