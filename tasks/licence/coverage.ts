import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { countCoverage, getCohortCoverage, type ParticipantCoverage, suppressCoverage } from "../../src/sdk/index.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { UsageError } from "../support/errors.ts";
import { progress } from "../support/output.ts";
import { parseNumber, readParticipants } from "../support/parse.ts";
import { about, ABOUT_COUNTS, type Line, listed, printRead } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends ReadingArguments {
  readonly licence: string;
  readonly participants: string;
  readonly each: boolean;
  readonly public: boolean;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const licenceId = parseNumber("licence", given.licence, 1n);
    if (given.each && given.public) {
      const message = "Single answers are never public.";
      throw new UsageError("ArgumentUnexpected", message, { argument: "each" }, "Give --each or --public, not both.");
    }
    const participantIds = await readParticipants("participants", given.participants);
    await withReader(hre, given, async (client) => {
      const { blockNumber, coverage } = await getCohortCoverage(client, {
        licenceId,
        participantIds,
        onProgress: ({ done, total }) => {
          if (total > 1) progress(`Read ${done} of ${total}`);
        },
      });
      if (given.public) printPublic(given.json, { licenceId, blockNumber }, coverage);
      else printExact(given.json, { licenceId, blockNumber }, coverage, given.each || participantIds.length === 1);
    });
  });

interface Place {
  readonly licenceId: bigint;
  readonly blockNumber: bigint;
}

function printExact(json: boolean, place: Place, coverage: readonly ParticipantCoverage[], each: boolean): void {
  const count = countCoverage(coverage);
  const answers = coverage.map(({ participantId, isEffective, outcome, reasons }) => {
    return { participantId, isEffective, outcome, reasons };
  });
  printRead(json, { ...place, ...count, ...(each ? { answers } : {}) }, (): Line[] => [
    placeLine(place),
    ["Covered", `${count.covered} of ${count.participants}`],
    ...Object.entries(count.byReason),
    ...(each
      ? answers.map(({ participantId, isEffective, reasons }): Line => {
          return ["Participant", `${participantId}  ${isEffective ? "covered" : listed(reasons)}`];
        })
      : []),
  ]);
}

/** In JSON, null stands for what is not told. */
function printPublic(json: boolean, place: Place, coverage: readonly ParticipantCoverage[]): void {
  const count = suppressCoverage(countCoverage(coverage));
  const { participants = null, covered = null, notCovered = null, byReason } = count;
  printRead(json, { ...place, participants, covered, notCovered, byReason }, (): Line[] => [
    placeLine(place),
    ["Counts", ABOUT_COUNTS],
    ["Participants", participants === null ? "not told" : about(participants)],
    ["Covered", about(covered)],
    ["Not covered", about(notCovered)],
    ...Object.entries(byReason).map(([reason, told]): Line => [reason, about(told)]),
  ]);
}

function placeLine({ licenceId, blockNumber }: Place): Line {
  return ["Licence", `${licenceId}, at block ${blockNumber}`];
}

export default action;
