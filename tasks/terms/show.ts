import type { NewTaskActionFunction } from "hardhat/types/tasks";

import {
  type ConcordClient,
  getCohort,
  getScope,
  getTerms,
  type GetTermsReturnType,
  termsToJson,
  warningsOfTerms,
} from "../../src/sdk/index.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { tellWarnings, termsLines } from "../support/dataUse.ts";
import { parseScope, parseTerms } from "../support/parse.ts";
import { type Line, printRead } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends ReadingArguments {
  readonly scope: string;
  readonly terms: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const scopeId = parseScope("scope", given.scope);
    const reference = given.terms === undefined ? undefined : parseTerms("terms", given.terms);
    await withReader(hre, given, async (client) => {
      const participants = await countByTerms(client, scopeId);
      const readable = ({ terms, ...about }: GetTermsReturnType) => {
        const warnings = warningsOfTerms(terms, { participants: participants.get(about.number) ?? 0 });
        tellWarnings(warnings);
        return { ...about, terms: termsToJson(terms), warnings };
      };
      if (reference !== undefined) {
        const found = await getTerms(client, { scopeId, ...reference });
        printRead(given.json, readable(found), () => lines(found));
        return;
      }
      const all = await allTerms(client, scopeId);
      printRead(given.json, { scopeId, terms: all.map(readable) }, () =>
        all.length === 0 ? [["Terms", "none"]] : all.flatMap((found, index) => [...separator(index), ...lines(found)]),
      );
    });
  });

async function allTerms(client: ConcordClient, scopeId: `0x${string}`): Promise<GetTermsReturnType[]> {
  const { termsCount } = await getScope(client, { scopeId });
  const all: GetTermsReturnType[] = [];
  for (let number = 1; number <= termsCount; number += 1) all.push(await getTerms(client, { scopeId, number }));
  return all;
}

/** How many of the scope's participants have each terms, by their number. */
async function countByTerms(client: ConcordClient, scopeId: `0x${string}`): Promise<ReadonlyMap<number, number>> {
  const counts = new Map<number, number>();
  for (const { word } of (await getCohort(client, { scopeId })).consents) {
    counts.set(word.terms, (counts.get(word.terms) ?? 0) + 1);
  }
  return counts;
}

function lines({ number, digest, publisher, terms }: GetTermsReturnType): Line[] {
  return [["Number", number], ["Digest", digest], ["Publisher", publisher], ...termsLines(terms)];
}

function separator(index: number): Line[] {
  return index === 0 ? [] : [["", ""]];
}

export default action;
