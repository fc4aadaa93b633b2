import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { declareDutyBreach, DUTY_KINDS } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { parseChoice, parseDigest, parseNumber, required } from "../support/parse.ts";
import { printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly licence: string;
  readonly kind: string;
  readonly explanation: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const licenceId = parseNumber("licence", given.licence, 1n);
    const kind = parseChoice("kind", given.kind, DUTY_KINDS);
    const why = required("explanation", given.explanation, "a file that says why, or its digest");
    const explanation = await parseDigest("explanation", why);
    await withWriter(hre, given, async (client, acting) => {
      printWritten(given.json, await declareDutyBreach(client, { licenceId, kind, explanation, ...acting }), () => [
        ["Licence", licenceId],
        ["Breached", kind],
        ["Explanation", explanation],
      ]);
    });
  });

export default action;
