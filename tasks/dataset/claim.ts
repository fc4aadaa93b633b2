import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { claimDataset, getDataset } from "../../src/sdk/index.ts";
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
      const { record } = await getDataset(client, { datasetId });
      printWritten(given.json, await claimDataset(client, { record, ...acting }), (claimed) => [
        ["Claimed", claimed.datasetId],
        ["Custodian", claimed.custodian],
        ["Before", claimed.previousCustodian],
      ]);
    });
  });

export default action;
