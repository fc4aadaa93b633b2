import { getCoverage } from "../sdk/index.ts";
import type { Participant } from "./cohort.ts";
import type { Relayed } from "./consents.ts";
import type { JobContext } from "./context.ts";
import type { LicenceLife } from "./licenceLife.ts";
import type { JobResult } from "./result.ts";

/**
 * Asks every licence about the first who withdrew, at the block that included the withdrawal and at the one before: with
 * no transaction but the withdrawal's, each has lost them in that block.
 */
export async function checkSameBlock(
  { actors, recorder }: JobContext,
  { participants, firstBlock }: Relayed,
  covered: readonly Participant[],
  licences: readonly LicenceLife[],
): Promise<JobResult["sameBlock"]> {
  // The first batch has at least the first of them.
  const [gone] = participants;
  if (gone === undefined || firstBlock === undefined || !covered.includes(gone)) return null;
  const { participantId } = gone;
  for (const { licenceId, name } of licences) {
    for (const [blockNumber, expected] of [[firstBlock - 1n, ""] as const, [firstBlock, "STATE_WITHDRAWN"] as const]) {
      const answer = await getCoverage(actors.university, { licenceId, participantId, blockNumber });
      const step = `coverage of ${participantId} by ${name} at block ${blockNumber}`;
      recorder.check(step, expected === "", answer.isEffective);
      recorder.check(step, expected === "" ? "" : `consent:${expected}`, answer.reasons.join());
    }
  }
  return { participantId, block: Number(firstBlock), licences: licences.map(({ name }) => name) };
}
