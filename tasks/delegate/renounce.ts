import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { renounceMandate } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { delegationLines } from "../support/mandates.ts";
import { parseParticipant, parseScope } from "../support/parse.ts";
import { printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly scope: string;
  readonly participant: string;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const scopeId = parseScope("scope", given.scope);
    const participantId = parseParticipant("participant", given.participant);
    await withWriter(hre, given, async (client, acting) => {
      printWritten(given.json, await renounceMandate(client, { scopeId, participantId, ...acting }), delegationLines);
    });
  });

export default action;
