import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { getScope, getScopePolicy } from "../../src/sdk/index.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { parseScope } from "../support/parse.ts";
import { printRead } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends ReadingArguments {
  readonly scope: string;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const scopeId = parseScope("scope", given.scope);
    await withReader(hre, given, async (client) => {
      const found = await getScope(client, { scopeId });
      const policy = await getScopePolicy(client, { scopeId });
      printRead(given.json, { ...found, policy }, () => [
        ["Scope", found.scopeId],
        ["Custodian", found.custodian],
        ["Committee", found.committee],
        ["Terms", found.termsCount === 0 ? "none" : `1 to ${found.termsCount}`],
        ["Co-consent", policy.group ?? "none"],
        ["Committee's terms", policy.committeeTerms ?? "none"],
        ["Jurisdiction's terms", policy.jurisdictionTerms ?? "none"],
        ["Review committee", policy.reviewCommittee ?? "none"],
      ]);
    });
  });

export default action;
