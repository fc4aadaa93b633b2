import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { getMirrors } from "../../src/sdk/index.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { mirrorLines } from "../support/dataset.ts";
import { parseBytes32 } from "../support/parse.ts";
import { printRead } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends ReadingArguments {
  readonly dataset: string;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const datasetId = parseBytes32("dataset", given.dataset);
    await withReader(hre, given, async (client) => {
      printRead(given.json, await getMirrors(client, { datasetId }), mirrorLines);
    });
  });

export default action;
