import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { getFactRecord } from "../../src/sdk/index.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { parsePurpose } from "../support/dataUse.ts";
import { parseInstitution, required } from "../support/parse.ts";
import { listed, printRead, when } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends ReadingArguments {
  readonly purpose: string;
  readonly licensee: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const purposeDigest = await parsePurpose("purpose", given.purpose);
    const licensee = parseInstitution("licensee", required("licensee", given.licensee, "whose use it is"));
    await withReader(hre, given, async (client) => {
      printRead(given.json, await getFactRecord(client, { licensee, purposeDigest }), (found) => [
        ["Licensee", licensee],
        ["Purpose", purposeDigest],
        ["Facts", listed(found.facts)],
        ["Statements", found.statements],
        ["Committee", found.committee ?? "none"],
        ["Approved until", found.ethicsUntil === 0 ? "no" : when(found.ethicsUntil)],
      ]);
    });
  });

export default action;
