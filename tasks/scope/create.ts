import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { createScope } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { parseInstitution, parseScope, required } from "../support/parse.ts";
import { printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly scope: string;
  readonly committee: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const scopeId = parseScope("scope", given.scope);
    const decider = required("committee", given.committee, "the institution that decides on requests");
    const committee = parseInstitution("committee", decider);
    await withWriter(hre, given, async (client, acting) => {
      printWritten(given.json, await createScope(client, { scopeId, committee, ...acting }), (created) => [
        ["Scope", created.scopeId],
        ["Custodian", created.custodian],
        ["Committee", created.committee],
      ]);
    });
  });

export default action;
