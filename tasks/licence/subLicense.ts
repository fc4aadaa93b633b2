import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { getLicence, subLicense } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { parseAddress, parseDigest, parseNumber, parseWhen, required } from "../support/parse.ts";
import { printWritten, when } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly licence: string;
  readonly holder: string;
  readonly until: string | undefined;
  readonly agreement: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const parent = parseNumber("licence", given.licence, 1n);
    const holder = parseAddress("holder", given.holder);
    const end = given.until === undefined ? undefined : parseWhen("until", given.until);
    const agreement = required("agreement", given.agreement, "the file of the agreement, or its digest");
    const agreementDigest = await parseDigest("agreement", agreement);
    await withWriter(hre, given, async (client, acting) => {
      const { purpose, progress } = await getLicence(client, { licenceId: parent });
      const until = end ?? progress.until;
      const parameters = { licenceId: parent, holder, until, agreementDigest, purpose, ...acting };
      printWritten(given.json, await subLicense(client, parameters), (issued) => [
        ["Licence", issued.licenceId],
        ["Derives from", issued.parent],
        ["Processor", issued.processor],
        ["Holder", holder],
        ["Until", when(until)],
      ]);
    });
  });

export default action;
