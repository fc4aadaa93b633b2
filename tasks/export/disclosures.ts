import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { findAccesses, makeDisclosureAccounting, type Protocol } from "../../src/exports/index.ts";
import { readJson } from "../../src/files/json.ts";
import { withReader } from "../support/client.ts";
import { giveDocument, type NamingArguments, readAccesses, readKeys, readTold } from "../support/exports.ts";
import { parseWhen } from "../support/parse.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends NamingArguments {
  readonly keys: string;
  readonly accesses: readonly string[];
  readonly protocols: string | undefined;
  readonly since: string | undefined;
  readonly until: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const from = given.since === undefined ? undefined : parseWhen("since", given.since);
    const to = given.until === undefined ? undefined : parseWhen("until", given.until);
    const keys = await readKeys(given.keys);
    const accesses = await readAccesses(given.accesses);
    // Their form is checked when the document is made.
    const protocols = given.protocols === undefined ? [] : ((await readJson(given.protocols)) as readonly Protocol[]);
    const told = { keys, protocols, from, to, ...(await readTold(given)) };
    await withReader(hre, given, async (client) => {
      const own = await findAccesses(client, { keys, accesses, blockNumber: told.blockNumber });
      await giveDocument(given, await makeDisclosureAccounting(client, { ...told, accesses: own }));
    });
  });

export default action;
