import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { succeedInstitution } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { parseInstitution } from "../support/parse.ts";
import { printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly institution: string;
  readonly successor: string;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const institutionId = parseInstitution("institution", given.institution);
    const successor = parseInstitution("successor", given.successor);
    await withWriter(hre, given, async (client, acting) => {
      const result = await succeedInstitution(client, { institutionId, successor, ...acting });
      printWritten(given.json, result, (changed) => [
        ["Succeeded", changed.institutionId],
        ["Successor", changed.successor],
      ]);
    });
  });

export default action;
