import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { declareConflict } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { parseDigest, parseInstitution, required } from "../support/parse.ts";
import { printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly institution: string;
  readonly document: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const other = parseInstitution("institution", given.institution);
    const paper = required("document", given.document, "the file of the declaration, or its digest");
    const document = await parseDigest("document", paper);
    await withWriter(hre, given, async (client, acting) => {
      const result = await declareConflict(client, { other, document, ...acting });
      printWritten(given.json, result, (declared) => [
        ["Institution", declared.declarant],
        ["In conflict with", declared.other],
      ]);
    });
  });

export default action;
