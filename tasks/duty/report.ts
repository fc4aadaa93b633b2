import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { DUTY_KINDS, reportOverdueDuty } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { parseChoice, parseNumber } from "../support/parse.ts";
import { printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly licence: string;
  readonly kind: string;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const licenceId = parseNumber("licence", given.licence, 1n);
    const kind = parseChoice("kind", given.kind, DUTY_KINDS);
    await withWriter(hre, given, async (client, acting) => {
      printWritten(given.json, await reportOverdueDuty(client, { licenceId, kind, ...acting }), () => [
        ["Licence", licenceId],
        ["Breached", kind],
      ]);
    });
  });

export default action;
