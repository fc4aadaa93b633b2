import type { NewTaskActionFunction } from "hardhat/types/tasks";

import {
  type ConcordClient,
  type ConsentEvent,
  getConsentHistory,
  getConsentStatusAt,
  type GetConsentStatusAtReturnType,
} from "../../src/sdk/index.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { wordLines } from "../support/consent.ts";
import { parseCount, parseParticipant, parseScope, parseWhen } from "../support/parse.ts";
import { type Line, printRead, when } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends ReadingArguments {
  readonly scope: string;
  readonly participant: string;
  readonly offset: string | undefined;
  readonly limit: string | undefined;
  readonly at: string | undefined;
}

/** What stood at a time that was asked for. */
interface Then extends GetConsentStatusAtReturnType {
  readonly time: number;
}

const LAST_ORDINAL = 65_535;

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const scopeId = parseScope("scope", given.scope);
    const participantId = parseParticipant("participant", given.participant);
    const offset = given.offset === undefined ? 0 : parseCount("offset", given.offset, 0, LAST_ORDINAL);
    const limit = given.limit === undefined ? undefined : parseCount("limit", given.limit, 1, LAST_ORDINAL);
    const time = given.at === undefined ? undefined : parseWhen("at", given.at);
    const at = async (client: ConcordClient): Promise<{ at?: Then }> => {
      if (time === undefined) return {};
      return { at: { time, ...(await getConsentStatusAt(client, { scopeId, participantId, time })) } };
    };
    await withReader(hre, given, async (client) => {
      const history = await getConsentHistory(client, { scopeId, participantId, offset, limit });
      const result = { scopeId, participantId, ...history, ...(await at(client)) };
      printRead(given.json, result, ({ words, events, total, at: then }): Line[] => [
        ["Participant", participantId],
        ["Consents", total],
        ...(then === undefined
          ? []
          : [["Stood", `${then.status}, version ${then.word.version}, at ${when(then.time)}`] as const]),
        ...words.flatMap((word): Line[] => [
          ["", ""],
          ["Ordinal", word.ordinal],
          ...wordLines(word),
          ...events.filter((event) => event.word.ordinal === word.ordinal).map(eventLine),
        ]),
      ]);
    });
  });

/** Who did what, and when. */
function eventLine({ name, time, actor, word }: ConsentEvent): Line {
  const who =
    actor.kind === "Delegate"
      ? actor.delegateId
      : "institution" in actor
        ? actor.institution
        : actor.kind.toLowerCase();
  return [`Version ${word.version}`, `${name.replace(/^Consent/, "")} ${when(time)} by ${who}`];
}

export default action;
