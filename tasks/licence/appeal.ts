import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { appealLicence } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { parseDigest, parseNumber, required } from "../support/parse.ts";
import { printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly licence: string;
  readonly document: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const licenceId = parseNumber("licence", given.licence, 1n);
    const grounds = required("document", given.document, "the file of the grounds, or its digest");
    const document = await parseDigest("document", grounds);
    await withWriter(hre, given, async (client, acting) => {
      printWritten(given.json, await appealLicence(client, { licenceId, document, ...acting }), () => [
        ["Appealed", licenceId],
        ["Document", document],
      ]);
    });
  });

export default action;
