import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { deferDuty, DUTY_KINDS } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { parseChoice, parseNumber, parseWhen, required } from "../support/parse.ts";
import { printWritten, when } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly licence: string;
  readonly kind: string;
  readonly due: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const licenceId = parseNumber("licence", given.licence, 1n);
    const kind = parseChoice("kind", given.kind, DUTY_KINDS);
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
