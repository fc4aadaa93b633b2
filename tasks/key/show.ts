import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { getForward, getRecovery } from "../../src/sdk/index.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { parseParticipant, parseScope } from "../support/parse.ts";
import { type Line, printRead, when } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends ReadingArguments {
  readonly scope: string;
  readonly participant: string;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const scopeId = parseScope("scope", given.scope);
    const participantId = parseParticipant("participant", given.participant);
    await withReader(hre, given, async (client) => {
      const recovery = await getRecovery(client, { scopeId, participantId });
      const forward = await getForward(client, { scopeId, participantId });
      const forwardsTo = forward.isForwarded ? forward.participantId : undefined;
      printRead(given.json, { scopeId, participantId, ...recovery, forwardsTo }, ({ pending, vetoedAt }): Line[] => [
        ["Scope", scopeId],
        ["Participant", participantId],
        ["Forwards to", forwardsTo ?? "nobody"],
        ...(pending === undefined
          ? [["Pending", "no"] as const]
          : [
              ["Pending to", pending.newParticipantId] as const,
              ["Proposed", when(pending.proposedAt)] as const,
              ["Ready", pending.readyAt === undefined ? "not confirmed" : when(pending.readyAt)] as const,
            ]),
        ["Last veto", vetoedAt === undefined ? "never" : when(vetoedAt)],
      ]);
    });
  });

export default action;
