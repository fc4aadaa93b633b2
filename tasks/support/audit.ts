import type { Hex } from "viem";

import { type AccessLeaf, buildAccessTree, type Lawfulness, type LoggedEntry } from "../../src/sdk/index.ts";
import { UsageError } from "./errors.ts";
import { readLeaves } from "./exports.ts";
import { type Line, when } from "./print.ts";

const MEANINGS: Readonly<Record<Lawfulness, string>> = {
  Lawful: "the version relied on was current and permitted, and the licence in force",
  TimeUnproven: "the entry is late: the chain cannot tell when the data was used",
  LicenceNotInForce: "the licence was not in force",
  NotPermitted: "the participant did not permit it",
  VersionNotCurrent: "another version of the consent was current",
};

/** Whether an access was lawful, for people. */
export function lawfulnessLine(lawfulness: Lawfulness): Line {
  return ["Lawfulness", `${lawfulness}: ${MEANINGS[lawfulness]}`];
}

/**
 * A participant's part in an access as audit log has written it, with its proof.
 * @throws JsonFileError, InvalidInputError, UsageError ArgumentInvalid
 */
export async function readPart(file: string, participantId: Hex): Promise<{ leaf: AccessLeaf; proof: readonly Hex[] }> {
  const leaves = await readLeaves(file);
  const tree = buildAccessTree(leaves);
  const leaf = leaves.find((candidate) => candidate.participantId.toLowerCase() === participantId);
  if (leaf !== undefined) return { leaf, proof: tree.prove(leaf) };
  throw new UsageError(
    "ArgumentInvalid",
    `${participantId} is not among the participants of ${file}.`,
    { argument: "participant", given: participantId },
    "Name a participant of this access.",
  );
}

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
