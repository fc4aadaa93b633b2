import type { NewTaskActionFunction } from "hardhat/types/tasks";
import type { Hex } from "viem";

import { type AccessLeaf, buildAccessTree, proveLawfulness } from "../../src/sdk/index.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { UsageError } from "../support/errors.ts";
import { readLeaves } from "../support/exports.ts";
import { parseNumber, parseParticipant } from "../support/parse.ts";
import { printRead } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends ReadingArguments {
  readonly entry: string;
  readonly participant: string;
  readonly access: string;
}

const MEANINGS = {
  Lawful: "the version relied on was current and permitted, and the licence in force",
  TimeUnproven: "the entry is late: the chain cannot tell when the data was used",
  LicenceNotInForce: "the licence was not in force",
  NotPermitted: "the participant did not permit it",
  VersionNotCurrent: "another version of the consent was current",
} as const;

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const index = parseNumber("entry", given.entry, 0n);
    const participantId = parseParticipant("participant", given.participant);
    const leaves = await readLeaves(given.access);
    const tree = buildAccessTree(leaves);
    const leaf = leafOf(leaves, participantId, given.access);
    const proof = tree.prove(leaf);
    await withReader(hre, given, async (client) => {
      const answer = await proveLawfulness(client, { index, leaf, proof });
      printRead(given.json, { index, ...answer, leaf, proof }, ({ lawfulness }) => [
        ["Entry", index],
        ["Participant", participantId],
        ["Version", leaf.version],
        ["Lawfulness", `${lawfulness}: ${MEANINGS[lawfulness]}`],
      ]);
    });
  });

function leafOf(leaves: readonly AccessLeaf[], participantId: Hex, file: string): AccessLeaf {
  const leaf = leaves.find((candidate) => candidate.participantId.toLowerCase() === participantId);
  if (leaf !== undefined) return leaf;
  throw new UsageError(
    "ArgumentInvalid",
    `${participantId} is not among the participants of ${file}.`,
    { argument: "participant", given: participantId },
    "Name a participant of this access.",
  );
}

export default action;
