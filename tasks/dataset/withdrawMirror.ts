import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { withdrawMirror } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { parseBytes32 } from "../support/parse.ts";
import { printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly dataset: string;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const datasetId = parseBytes32("dataset", given.dataset);
    await withWriter(hre, given, async (client, acting) => {
      printWritten(given.json, await withdrawMirror(client, { datasetId, ...acting }), (withdrawn) => [
        ["Dataset", withdrawn.datasetId],
        ["No mirror", withdrawn.institutionId],
      ]);
    });
  });

export default action;
