import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { deferDuty } from "../../src/sdk/index.ts";
import { withWriter } from "../support/client.ts";
import { type DutyArguments, parseDuty } from "../support/duty.ts";
import { parseWhen, required } from "../support/parse.ts";
import { printWritten, when } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends DutyArguments {
  readonly due: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const { licenceId, kind } = parseDuty(given);
    const dueAt = parseWhen("due", required("due", given.due, "the later date"));
    await withWriter(hre, given, async (client, acting) => {
      printWritten(given.json, await deferDuty(client, { licenceId, kind, dueAt, ...acting }), () => [
        ["Licence", licenceId],
        ["Deferred", kind],
        ["Due", when(dueAt)],
      ]);
    });
  });

export default action;
