import type { LoggedEntry } from "../../src/sdk/index.ts";
import { type Line, when } from "./print.ts";

/** An entry of the audit log as lines. */
export function entryLines({ index, entry, head, isLate }: LoggedEntry): Line[] {
  const { batch, custodian, loggedAt } = entry;
  return [
    ["Entry", index],
    ["Licence", batch.licenceId],
    ["Participants", batch.count],
    ["Claimed block", isLate ? `${batch.claimedBlock} (late: its time cannot be proved)` : batch.claimedBlock],
    ["Root", batch.root],
    ["Agent", batch.agent],
    ["Workflow", batch.workflow],
    ["Custodian", custodian],
    ["Logged", when(loggedAt)],
    ["Head", head],
  ];
}
