import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { appendToIndex } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { progress } from "../support/output.ts";
import { parseScope, readParticipants } from "../support/parse.ts";
import { isDryRun, printDryRun, printRead } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly scope: string;
  readonly participants: string;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const scopeId = parseScope("scope", given.scope);
    const participantIds = await readParticipants("participants", given.participants);
    const summary = await withWriter(hre, given, async (client, acting) => {
      return await appendToIndex(client, {
        scopeId,
        participantIds,
        ...acting,
        onProgress: ({ done, total }) => progress(`Appended ${done} of ${total}`),
      });
    });
    if (isDryRun(summary)) {
      printDryRun(given.json, summary, "It would succeed");
      return;
    }
    printRead(given.json, { scopeId, ...summary }, ({ appended, gasUsed, transactions }) => [
      ["Scope", scopeId],
      ["Appended", `${appended.length} of ${participantIds.length}; the others were there`],
      ["Transactions", transactions.length],
      ["Gas", gasUsed],
    ]);
  });

export default action;
