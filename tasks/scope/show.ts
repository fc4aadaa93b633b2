import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { getScope } from "../../src/sdk/index.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { parseScope } from "../support/parse.ts";
import { printRead } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends ReadingArguments {
  readonly scope: string;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const scopeId = parseScope("scope", given.scope);
    await withReader(hre, given, async (client) => {
      printRead(given.json, await getScope(client, { scopeId }), (found) => [
        ["Scope", found.scopeId],
        ["Custodian", found.custodian],
        ["Committee", found.committee],
        ["Terms", found.termsCount === 0 ? "none" : `1 to ${found.termsCount}`],
      ]);
    });
  });

export default action;
