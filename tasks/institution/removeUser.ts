import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { removeInstitutionUser } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { parseUser, type UserArguments } from "../support/institution.ts";
import { printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

type Arguments = WritingArguments & UserArguments;

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const commitment = parseUser(given);
    await withWriter(hre, given, async (client, acting) => {
      const removed = await removeInstitutionUser(client, { commitment, ...acting });
      printWritten(given.json, removed, (result) => [
        ["Institution", result.institutionId],
        ["User removed", result.commitment],
      ]);
    });
  });

export default action;
