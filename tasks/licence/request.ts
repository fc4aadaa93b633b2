import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { getDataset, requestLicence } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { purposeLines, readPurpose } from "../support/dataUse.ts";
import { parseBytes32, parseWhen, required } from "../support/parse.ts";
import { printWritten, when } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly dataset: string;
  readonly purpose: string;
  readonly until: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const datasetId = parseBytes32("dataset", given.dataset);
    const until = parseWhen("until", required("until", given.until, "the end of the licence"));
    const purpose = await readPurpose(given.purpose);
    await withWriter(hre, given, async (client, acting) => {
      const { record } = await getDataset(client, { datasetId });
      const requested = await requestLicence(client, { dataset: record, purpose, until, ...acting });
      printWritten(given.json, requested, ({ licenceId, licensee }) => [
        ["Licence", licenceId],
        ["Dataset", datasetId],
        ["Licensee", licensee],
        ...purposeLines(purpose),
        ["Until", when(until)],
      ]);
    });
  });

export default action;
