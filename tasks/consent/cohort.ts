import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { FEW_PARTICIPANTS, getCohort, type StandingConsent } from "../../src/sdk/index.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { progress } from "../support/output.ts";
import { parseCount, parseNumber, parseScope } from "../support/parse.ts";
import { type Line, printRead } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends ReadingArguments {
  readonly scope: string;
  readonly limit: string | undefined;
  readonly offset: string | undefined;
  readonly block: string | undefined;
}

/** How those are counted who have never agreed to any terms. */
const NO_TERMS = "none";
const MOST = 1_000_000;

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const scopeId = parseScope("scope", given.scope);
    const limit = given.limit === undefined ? 0 : parseCount("limit", given.limit, 1, MOST);
    const offset = given.offset === undefined ? 0 : parseCount("offset", given.offset, 0, MOST);
    const block = given.block === undefined ? undefined : parseNumber("block", given.block, 0n);
    await withReader(hre, given, async (client) => {
      const { blockNumber, consents } = await getCohort(client, {
        scopeId,
        blockNumber: block,
        onProgress: ({ done, total }) => progress(`Read ${done} of ${total}`),
      });
      const byStatus = countBy(consents, ({ status }) => status);
      const byTerms = countBy(consents, ({ word }) => (word.terms === 0 ? NO_TERMS : String(word.terms)));
      const fewUnder = Object.keys(byTerms).filter(
        (terms) => terms !== NO_TERMS && (byTerms[terms] ?? 0) < FEW_PARTICIPANTS,
      );
      for (const terms of fewUnder) {
        progress(
          `Warning: fewer than ${FEW_PARTICIPANTS} participants stand under terms ${terms}; who they are may be guessed.`,
        );
      }
      const answers = consents.slice(offset, offset + limit);
      const counts = { scopeId, blockNumber, participants: consents.length, byStatus, byTerms, fewUnder };
      printRead(given.json, limit === 0 ? counts : { ...counts, offset, answers }, (): Line[] => [
        ["Scope", `${scopeId}, at block ${blockNumber}`],
        ["Participants", consents.length],
        ...Object.entries(byStatus),
        ...Object.entries(byTerms).map(([terms, count]) => [`Terms ${terms}`, count] as const),
        ...answers.map(({ participantId, status }) => ["Participant", `${participantId}  ${status}`] as const),
      ]);
    });
  });

/** How many consents there are of each kind, in the order of the kinds' names. */
function countBy(
  consents: readonly StandingConsent[],
  kindOf: (consent: StandingConsent) => string,
): Record<string, number> {
  const counts = new Map<string, number>();
  for (const kind of consents.map(kindOf).sort()) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return Object.fromEntries(counts);
}

export default action;
