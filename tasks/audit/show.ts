import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { getAuditEntry } from "../../src/sdk/index.ts";
import { entryLines } from "../support/audit.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { parseNumber } from "../support/parse.ts";
import { printRead } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends ReadingArguments {
  readonly entry: string;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const index = parseNumber("entry", given.entry, 0n);
    await withReader(hre, given, async (client) => {
      printRead(given.json, await getAuditEntry(client, { index }), entryLines);
    });
  });

export default action;
