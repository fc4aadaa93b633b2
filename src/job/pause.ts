import { getCoverage, reinstateLicence, suspendLicence } from "../sdk/index.ts";
import type { Participant } from "./cohort.ts";
import { digestOf, type JobContext } from "./context.ts";
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
  await checkWitness(false);
  await reinstateLicence(actors.committee, { licenceId, explanation: digestOf("the question was answered") });
  await licence.expect("reinstated", "Effective");
  await sub.expect("its licence was reinstated", "Effective");
  await checkWitness(true);

  async function checkWitness(expected: boolean): Promise<void> {
    if (witness === undefined) return;
    for (const { licenceId, name } of [licence, sub]) {
      const { participantId } = witness;
      const { isEffective } = await getCoverage(actors.university, { licenceId, participantId });
      recorder.check(`coverage of ${participantId} by ${name}`, expected, isEffective);
    }
  }
}
