import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { getConsent, getPermittedAt } from "../../src/sdk/index.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { wordLines } from "../support/consent.ts";
import { parseParticipant, parseScope, parseWhen } from "../support/parse.ts";
import { type Line, printRead, when } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends ReadingArguments {
  readonly scope: string;
  readonly participant: string;
  readonly at: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const scopeId = parseScope("scope", given.scope);
    const participantId = parseParticipant("participant", given.participant);
    const time = given.at === undefined ? undefined : parseWhen("at", given.at);
    await withReader(hre, given, async (client) => {
      const consent = await getConsent(client, { scopeId, participantId });
      const past =
        time === undefined ? undefined : { time, ...(await getPermittedAt(client, { scopeId, participantId, time })) };
      const result = { scopeId, ...consent, ...(past === undefined ? {} : { permittedAt: past }) };
      printRead(given.json, result, ({ status, word }): Line[] => [
        ["Scope", scopeId],
        ["Participant", participantId],
        ["Status", status],
        ...(word.version === 0 ? [] : wordLines(word)),
        ...(past === undefined
          ? []
          : [
              [
                "Permitted",
                `${past.permitted ? `yes, by version ${past.version}` : "no"}, at ${when(past.time)}`,
              ] as const,
            ]),
      ]);
    });
  });

export default action;
