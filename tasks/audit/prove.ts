import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { proveLawfulness } from "../../src/sdk/index.ts";
import { lawfulnessLine, readPart } from "../support/audit.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { parseNumber, parseParticipant } from "../support/parse.ts";
import { printRead } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends ReadingArguments {
  readonly entry: string;
  readonly participant: string;
  readonly access: string;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const index = parseNumber("entry", given.entry, 0n);
    const participantId = parseParticipant("participant", given.participant);
    const { leaf, proof } = await readPart(given.access, participantId);
    await withReader(hre, given, async (client) => {
      const answer = await proveLawfulness(client, { index, leaf, proof });
      printRead(given.json, { index, ...answer, leaf, proof }, ({ lawfulness }) => [
        ["Entry", index],
        ["Participant", participantId],
        ["Version", leaf.version],
        lawfulnessLine(lawfulness),
      ]);
    });
  });

export default action;
