import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { accessPackageToMarkdown, findAccesses, makeAccessPackage } from "../../src/exports/index.ts";
import { withReader } from "../support/client.ts";
import {
  giveDocument,
  type NamingArguments,
  readAccesses,
  readKeys,
  readTold,
  rendererOf,
} from "../support/exports.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends NamingArguments {
  readonly keys: string;
  readonly accesses: readonly string[];
  readonly markdown: boolean;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const render = rendererOf(given, accessPackageToMarkdown);
    const keys = await readKeys(given.keys);
    const accesses = await readAccesses(given.accesses);
    const told = await readTold(given);
    await withReader(hre, given, async (client) => {
      const own = await findAccesses(client, { keys, accesses, blockNumber: told.blockNumber });
      await giveDocument(given, await makeAccessPackage(client, { keys, accesses: own, ...told }), render);
    });
  });

export default action;
