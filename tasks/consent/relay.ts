import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { readJson } from "../../src/files/json.ts";
import { encodeSignedChange, relayConsentChanges, type SignedChange } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { progress } from "../support/output.ts";
import { parseBatchSize } from "../support/parse.ts";
import { isDryRun, printDryRun } from "../support/print.ts";
import { printRelayed } from "../support/relaying.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly files: readonly string[];
  readonly batchSize: string | undefined;
}

interface ReadChange {
  /** Where it was read: "changes.json[3]". */
  readonly place: string;
  readonly change: SignedChange;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const batchSize = parseBatchSize(given.batchSize);
    const read = await readChanges(given.files);
    const changes = read.map(({ change }) => change);
    const summary = await withWriter(hre, given, async (client, acting) => {
      return await relayConsentChanges(client, {
        changes,
        batchSize,
        ...acting,
        onProgress: ({ done, total }) => progress(`Relayed ${done} of ${total}`),
      });
    });
    if (isDryRun(summary)) {
      printDryRun(given.json, summary, "It could be sent");
      return;
    }
    const places = read.map(({ place }) => place);
    printRelayed(given.json, summary, places);
  });

/** Every change of every file; each is checked before anything is sent. */
async function readChanges(files: readonly string[]): Promise<ReadChange[]> {
  const changes: ReadChange[] = [];
  for (const file of files) {
    const value = await readJson(file);
    const items = (Array.isArray(value) ? value : [value]) as readonly SignedChange[];
    items.forEach((change, index) => {
      const place = Array.isArray(value) ? `${file}[${index}]` : file;
      encodeSignedChange(change, place);
      changes.push({ place, change });
    });
  }
  return changes;
}

export default action;
