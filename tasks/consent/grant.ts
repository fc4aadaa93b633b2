import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { grantConsent } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { changedLines, type GrantArguments, parseGrant } from "../support/consent.ts";
import { digestOfTerms, parseScope, parseTerms } from "../support/parse.ts";
import { printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends GrantArguments, WritingArguments {
  readonly scope: string;
  readonly terms: string;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const scopeId = parseScope("scope", given.scope);
    const terms = parseTerms("terms", given.terms);
    const grant = parseGrant(given);
    await withWriter(hre, given, async (client, acting) => {
      const termsDigest = await digestOfTerms(client, scopeId, terms);
      const granted = await grantConsent(client, { scopeId, termsDigest, ...grant, ...acting });
      printWritten(given.json, granted, changedLines);
    });
  });

export default action;
