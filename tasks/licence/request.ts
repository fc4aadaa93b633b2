import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { getDataset, requestLicence } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { purposeLines, readPurpose } from "../support/dataUse.ts";
import { type AskArguments, parseAsk, readOfficialSignature } from "../support/licence.ts";
import { parseBytes32 } from "../support/parse.ts";
import { printWritten, when } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments, AskArguments {
  readonly dataset: string;
  readonly purpose: string;
  readonly signed: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const datasetId = parseBytes32("dataset", given.dataset);
    const ask = parseAsk(given);
    const signed = given.signed === undefined ? undefined : await readOfficialSignature(given.signed);
    const purpose = await readPurpose(given.purpose);
    await withWriter(hre, given, async (client, acting) => {
      const { record } = await getDataset(client, { datasetId });
      const requested = await requestLicence(client, { dataset: record, purpose, signed, ...ask, ...acting });
      printWritten(given.json, requested, ({ licenceId, licensee }) => [
        ["Licence", licenceId],
        ["Dataset", datasetId],
        ["Licensee", licensee],
        ...purposeLines(purpose),
        ["Delivery", ask.delivery ?? "InPlace"],
        ["Until", when(ask.until)],
      ]);
    });
  });

export default action;
