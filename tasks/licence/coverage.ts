import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { getCohortCoverage } from "../../src/sdk/index.ts";
import { countCoverage } from "../../src/sdk/licences/countCoverage.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { progress } from "../support/output.ts";
import { parseNumber, readParticipants } from "../support/parse.ts";
import { type Line, listed, printRead } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends ReadingArguments {
  readonly licence: string;
  readonly participants: string;
  readonly each: boolean;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const licenceId = parseNumber("licence", given.licence, 1n);
    const participantIds = await readParticipants("participants", given.participants);
    const each = given.each || participantIds.length === 1;
    await withReader(hre, given, async (client) => {
      const { blockNumber, coverage } = await getCohortCoverage(client, {
        licenceId,
        participantIds,
        onProgress: ({ done, total }) => {
          if (total > 1) progress(`Read ${done} of ${total}`);
        },
      });
      const count = countCoverage(coverage);
      const answers = coverage.map(({ participantId, isEffective, outcome, reasons }) => {
        return { participantId, isEffective, outcome, reasons };
      });
      printRead(given.json, { licenceId, blockNumber, ...count, ...(each ? { answers } : {}) }, (): Line[] => [
        ["Licence", `${licenceId}, at block ${blockNumber}`],
        ["Covered", `${count.covered} of ${count.participants}`],
        ...Object.entries(count.byReason),
        ...(each
          ? answers.map(({ participantId, isEffective, reasons }): Line => {
              return ["Participant", `${participantId}  ${isEffective ? "covered" : listed(reasons)}`];
            })
          : []),
      ]);
    });
  });

export default action;
