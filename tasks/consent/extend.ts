import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { extendConsent, participantIdOf } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { changedLines, standingTermsDigest } from "../support/consent.ts";
import { parseEnd, parseScope, required } from "../support/parse.ts";
import { printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly scope: string;
  readonly until: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const scopeId = parseScope("scope", given.scope);
    const until = parseEnd("until", required("until", given.until, "the consent's new end, or never"));
    await withWriter(hre, given, async (client, acting) => {
      const termsDigest = await standingTermsDigest(client, scopeId, participantIdOf(acting.account));
      printWritten(given.json, await extendConsent(client, { scopeId, termsDigest, until, ...acting }), changedLines);
    });
  });

export default action;
