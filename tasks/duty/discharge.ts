import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { dischargeDuty, DUTY_KINDS } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { parseChoice, parseDigest, parseNumber, required } from "../support/parse.ts";
import { printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly licence: string;
  readonly kind: string;
  readonly evidence: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const licenceId = parseNumber("licence", given.licence, 1n);
    const kind = parseChoice("kind", given.kind, DUTY_KINDS);
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
