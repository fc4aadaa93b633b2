import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { readJson } from "../../src/files/json.ts";
import { relayDelegateChange, type SignedDelegateChange } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { delegationLines } from "../support/mandates.ts";
import { printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly file: string;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const signed = (await readJson(given.file)) as SignedDelegateChange;
    await withWriter(hre, given, async (client, acting) => {
      printWritten(given.json, await relayDelegateChange(client, { signed, ...acting }), delegationLines);
    });
  });

export default action;
