import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { getConsentHistory } from "../../src/sdk/index.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { wordLines } from "../support/consent.ts";
import { parseCount, parseParticipant, parseScope } from "../support/parse.ts";
import { type Line, printRead } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends ReadingArguments {
  readonly scope: string;
  readonly participant: string;
  readonly offset: string | undefined;
  readonly limit: string | undefined;
}

const LAST_ORDINAL = 65_535;

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const scopeId = parseScope("scope", given.scope);
    const participantId = parseParticipant("participant", given.participant);
    const offset = given.offset === undefined ? 0 : parseCount("offset", given.offset, 0, LAST_ORDINAL);
    const limit = given.limit === undefined ? undefined : parseCount("limit", given.limit, 1, LAST_ORDINAL);
    await withReader(hre, given, async (client) => {
      const history = await getConsentHistory(client, { scopeId, participantId, offset, limit });
      printRead(given.json, { scopeId, participantId, ...history }, ({ words, total }): Line[] => [
        ["Participant", participantId],
        ["Consents", total],
        ...words.flatMap((word): Line[] => [["", ""], ["Ordinal", word.ordinal], ...wordLines(word)]),
      ]);
    });
  });

export default action;
