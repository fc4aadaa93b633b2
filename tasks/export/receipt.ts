import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { makeConsentReceipt } from "../../src/exports/index.ts";
import { withReader } from "../support/client.ts";
import { giveDocument, type NamingArguments, readTold } from "../support/exports.ts";
import { parseParticipant, parseScope } from "../support/parse.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends NamingArguments {
  readonly scope: string;
  readonly participant: string;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const scopeId = parseScope("scope", given.scope);
    const participantId = parseParticipant("participant", given.participant);
    const told = await readTold(given);
    await withReader(hre, given, async (client) => {
      await giveDocument(given, await makeConsentReceipt(client, { scopeId, participantId, ...told }));
    });
  });

export default action;
