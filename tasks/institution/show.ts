import type { NewTaskActionFunction } from "hardhat/types/tasks";
import { isAddress } from "viem";

import { getInstitution } from "../../src/sdk/index.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { parseInstitution } from "../support/parse.ts";
import { listed, printRead, when } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends ReadingArguments {
  readonly institution: string;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const { institution } = given;
    const wanted = isAddress(institution)
      ? { institutionAccount: institution }
      : { institutionId: parseInstitution("institution", institution) };
    await withReader(hre, given, async (client) => {
      printRead(given.json, await getInstitution(client, wanted), (found) => [
        ["Institution", found.institutionId],
        ["Standing", found.standing],
        ["Roles", listed(found.roles)],
        ["Not for profit", found.notForProfit ? "yes" : "no"],
        ["Admitted", when(found.admittedAt)],
      ]);
    });
  });

export default action;
