import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { listDelegates } from "../../src/sdk/index.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { delegationLines } from "../support/mandates.ts";
import { parseParticipant, parseScope } from "../support/parse.ts";
import { type Line, printRead } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends ReadingArguments {
  readonly scope: string;
  readonly participant: string;
  readonly asDelegate: boolean;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const scopeId = parseScope("scope", given.scope);
    const id = parseParticipant("participant", given.participant);
    await withReader(hre, given, async (client) => {
      const whose = given.asDelegate ? { delegateId: id } : { participantId: id };
      const { blockNumber, delegations } = await listDelegates(client, { scopeId, ...whose });
      printRead(given.json, { scopeId, blockNumber, delegations }, (): Line[] =>
        delegations.length === 0
          ? [["Delegates", "none"]]
          : delegations.flatMap((delegation, index): Line[] => [
              ...(index === 0 ? [] : [["", ""] as const]),
              ...delegationLines(delegation),
            ]),
      );
    });
  });

export default action;
