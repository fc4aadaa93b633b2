import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { expelInstitution } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { parseInstitution } from "../support/parse.ts";
import { printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly institution: string;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const institutionId = parseInstitution("institution", given.institution);
    await withWriter(hre, given, async (client, acting) => {
      const result = await expelInstitution(client, { institutionId, ...acting });
      printWritten(given.json, result, (changed) => [["Expelled", changed.institutionId]]);
    });
  });

export default action;
