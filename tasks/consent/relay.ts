import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { readJson } from "../../src/files/json.ts";
import { encodeSignedChange, relayConsentChanges, type RelayedChange, type SignedChange } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { RefusalError } from "../support/errors.ts";
import { printResult, progress } from "../support/output.ts";
import { parseCount } from "../support/parse.ts";
import { isDryRun, printRead } from "../support/print.ts";
import { errorReport, runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly files: readonly string[];
  readonly batchSize: string | undefined;
}

interface ReadChange {
  /** Where it was read: "changes.json[3]". */
  readonly place: string;
  readonly change: SignedChange;
}

const LARGEST_BATCH = 100;

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const batchSize =
      given.batchSize === undefined ? LARGEST_BATCH : parseCount("batchSize", given.batchSize, 1, LARGEST_BATCH);
    const changes = await readChanges(given.files);
    const summary = await withWriter(hre, given, async (client, acting) => {
      return await relayConsentChanges(client, {
        changes: changes.map(({ change }) => change),
        batchSize,
        ...acting,
        onProgress: ({ done, total }) => progress(`Relayed ${done} of ${total}`),
      });
    });
    if (isDryRun(summary)) {
      printResult(given.json, summary, ({ gas }) => `It could be sent, for about ${gas} gas. Nothing was sent.`);
      return;
    }
    const outcomes = summary.changes.map((change, index) => outcome(changes[index]?.place, change));
    const result = { ...summary, changes: outcomes };
    const rejections = outcomes.filter((change) => !change.accepted);
    // With --json a failure prints one document too: the error, which holds what became of every change.
    if (!given.json || rejections.length === 0) {
      printRead(given.json, result, ({ accepted, rejected, gasUsed, transactions }) => [
        ["Accepted", accepted],
        ["Rejected", rejected],
        ["Transactions", transactions.length],
        ["Gas", gasUsed],
        ...rejections.map(({ place, error }) => ["Refused", `${place}: ${error?.name}: ${error?.message}`] as const),
      ]);
    }
    if (rejections.length === 0) return;
    throw new RefusalError(
      "ChangesRejected",
      `${rejections.length} of ${changes.length} changes were rejected; ${summary.accepted} were applied.`,
      result,
      "See each change's own error; a change that was rejected has used up nothing.",
    );
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

function outcome(place: string | undefined, change: RelayedChange) {
  if (change.accepted) return { place, ...change, error: undefined };
  return { place, ...change, error: errorReport(change.error) };
}

export default action;
