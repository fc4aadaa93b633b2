import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { withdrawConsent } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { changedLines } from "../support/consent.ts";
import { parseExtent, parseScope } from "../support/parse.ts";
import { printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly scope: string;
  readonly extent: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const scopeId = parseScope("scope", given.scope);
    const extent = given.extent === undefined ? undefined : parseExtent("extent", given.extent);
    await withWriter(hre, given, async (client, acting) => {
      printWritten(given.json, await withdrawConsent(client, { scopeId, extent, ...acting }), changedLines);
    });
  });

export default action;
