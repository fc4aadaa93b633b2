import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { addInstitutionUser, type AddInstitutionUserReturnType } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { parseNewUser, type UserArguments } from "../support/institution.ts";
import { printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

type Arguments = WritingArguments & UserArguments;

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const { commitment, salt } = parseNewUser(given);
    await withWriter(hre, given, async (client, acting) => {
      const added = await addInstitutionUser(client, { commitment, ...acting });
      const kept = salt === undefined ? added : { ...added, salt };
      printWritten<AddInstitutionUserReturnType<false>>(given.json, kept, (result) => [
        ["Institution", result.institutionId],
        ["User added", result.commitment],
        ...(salt === undefined ? [] : [["Salt, to be kept with the name", salt] as const]),
      ]);
    });
  });

export default action;
