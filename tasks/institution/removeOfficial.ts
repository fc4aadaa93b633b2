import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { removeInstitutionOfficial } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { parseAddress } from "../support/parse.ts";
import { printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly account: string;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const official = parseAddress("account", given.account);
    await withWriter(hre, given, async (client, acting) => {
      const removed = await removeInstitutionOfficial(client, { official, ...acting });
      printWritten(given.json, removed, (result) => [
        ["Institution", result.institutionId],
        ["Official removed", result.official],
      ]);
    });
  });

export default action;
