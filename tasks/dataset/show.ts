import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { getDataset, getMirrors } from "../../src/sdk/index.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { datasetLines, mirrorLines, standingLine } from "../support/dataset.ts";
import { parseBytes32 } from "../support/parse.ts";
import { listed, printRead, when } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends ReadingArguments {
  readonly dataset: string;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const datasetId = parseBytes32("dataset", given.dataset);
    await withReader(hre, given, async (client) => {
      const [dataset, { copy, mirrors }] = await Promise.all([
        getDataset(client, { datasetId }),
        getMirrors(client, { datasetId }),
      ]);
      printRead(given.json, { ...dataset, copy, mirrors }, (found) => [
        ...datasetLines(found),
        ["Version", found.version],
        ["Anchored", when(found.anchoredAt)],
        ["In custody of", found.custodian],
        ["Depth", found.depth],
        ["Ancestors", listed(found.ancestors.map((number) => `number ${number}`))],
        standingLine(found),
        ...mirrorLines(found),
      ]);
    });
  });

export default action;
