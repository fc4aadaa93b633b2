import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { dismissDelegate, removeGuardian } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { delegationLines } from "../support/mandates.ts";
import { parseParticipant, parseScope } from "../support/parse.ts";
import { printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly scope: string;
  readonly delegate: string;
  readonly guardianOf: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const scopeId = parseScope("scope", given.scope);
    const delegateId = parseParticipant("delegate", given.delegate);
    const participantId = given.guardianOf === undefined ? undefined : parseParticipant("guardianOf", given.guardianOf);
    await withWriter(hre, given, async (client, acting) => {
      const removed =
        participantId === undefined
          ? await dismissDelegate(client, { scopeId, delegateId, ...acting })
          : await removeGuardian(client, { scopeId, participantId, delegateId, ...acting });
      printWritten(given.json, removed, delegationLines);
    });
  });

export default action;
