import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { registerNarrowerTerms } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { numberOfTerms, parseScope, parseTerms } from "../support/parse.ts";
import { printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly scope: string;
  readonly narrower: string;
  readonly broader: string;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const scopeId = parseScope("scope", given.scope);
    const narrowerTerms = parseTerms("narrower", given.narrower);
    const broaderTerms = parseTerms("broader", given.broader);
    await withWriter(hre, given, async (client, acting) => {
      const narrower = await numberOfTerms(client, scopeId, narrowerTerms);
      const broader = await numberOfTerms(client, scopeId, broaderTerms);
      const registered = await registerNarrowerTerms(client, { scopeId, narrower, broader, ...acting });
      printWritten(given.json, registered, ({ publisher }) => [
        ["Scope", scopeId],
        ["Narrower", narrower],
        ["Than", broader],
        ["Publisher", publisher],
      ]);
    });
  });

export default action;
