import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { claimScope } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { parseScope } from "../support/parse.ts";
import { printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly scope: string;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const scopeId = parseScope("scope", given.scope);
    await withWriter(hre, given, async (client, acting) => {
      printWritten(given.json, await claimScope(client, { scopeId, ...acting }), (claimed) => [
        ["Scope", claimed.scopeId],
        ["Custodian", claimed.custodian],
        ["Committee", claimed.committee],
      ]);
    });
  });

export default action;
