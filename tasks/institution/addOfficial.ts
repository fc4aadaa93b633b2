import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { addInstitutionOfficial } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { parseAddress, parseInstitution } from "../support/parse.ts";
import { printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly institution: string;
  readonly account: string;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const institutionId = parseInstitution("institution", given.institution);
    const official = parseAddress("account", given.account);
    await withWriter(hre, given, async (client, acting) => {
      const added = await addInstitutionOfficial(client, { institutionId, official, ...acting });
      printWritten(given.json, added, (result) => [
        ["Institution", result.institutionId],
        ["Official added", result.official],
      ]);
    });
  });

export default action;
