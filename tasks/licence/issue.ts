import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { issueLicence } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { parseDigest, parseNumber, required } from "../support/parse.ts";
import { printWritten, when } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly licence: string;
  readonly agreement: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const licenceId = parseNumber("licence", given.licence, 1n);
    const agreement = required("agreement", given.agreement, "the file of the data use agreement, or its digest");
    const agreementDigest = await parseDigest("agreement", agreement);
    await withWriter(hre, given, async (client, acting) => {
      printWritten(given.json, await issueLicence(client, { licenceId, agreementDigest, ...acting }), (issued) => [
        ["Licence", licenceId],
        ["Holder", issued.holder],
        ["Until", when(issued.until)],
        ["Agreement", agreementDigest],
      ]);
    });
  });

export default action;
