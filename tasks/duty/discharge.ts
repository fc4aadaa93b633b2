import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { dischargeDuty } from "../../src/sdk/index.ts";
import { withWriter } from "../support/client.ts";
import { type DutyArguments, parseDuty } from "../support/duty.ts";
import { parseDigest, required } from "../support/parse.ts";
import { printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends DutyArguments {
  readonly evidence: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const { licenceId, kind } = parseDuty(given);
    const paper = required("evidence", given.evidence, "the file of the evidence, or its digest");
    const evidence = await parseDigest("evidence", paper);
    await withWriter(hre, given, async (client, acting) => {
      printWritten(given.json, await dischargeDuty(client, { licenceId, kind, evidence, ...acting }), () => [
        ["Licence", licenceId],
        ["Evidence shown for", kind],
        ["Evidence", evidence],
      ]);
    });
  });

export default action;
