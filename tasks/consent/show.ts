import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { getConsent, getForward, getPermittedAt } from "../../src/sdk/index.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { permittedLine, wordLines } from "../support/consent.ts";
import { parseParticipant, parseScope, parseWhen } from "../support/parse.ts";
import { type Line, printRead } from "../support/print.ts";
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
      const forward = await getForward(client, { scopeId, participantId });
      const moved = forward.isForwarded ? { forwardsTo: forward.participantId } : {};
      const past =
        time === undefined ? undefined : { time, ...(await getPermittedAt(client, { scopeId, participantId, time })) };
      const result = { scopeId, ...consent, ...moved, ...(past === undefined ? {} : { permittedAt: past }) };
      printRead(given.json, result, ({ status, word }): Line[] => [
        ["Scope", scopeId],
        ["Participant", participantId],
        ...(forward.isForwarded ? [["Forwards to", forward.participantId] as const] : []),
        ["Status", status],
        ...(word.version === 0 ? [] : wordLines(word)),
        ...(past === undefined ? [] : [permittedLine(past)]),
      ]);
    });
  });

export default action;
