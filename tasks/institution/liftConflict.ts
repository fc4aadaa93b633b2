import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { liftConflict } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { parseDigest, parseInstitution, required } from "../support/parse.ts";
import { printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly institution: string;
  readonly other: string;
  readonly document: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const institutionId = parseInstitution("institution", given.institution);
    const other = parseInstitution("other", given.other);
    const paper = required("document", given.document, "the file of the reasons, or its digest");
    const document = await parseDigest("document", paper);
    await withWriter(hre, given, async (client, acting) => {
      const result = await liftConflict(client, { institutionId, other, document, ...acting });
      printWritten(given.json, result, (lifted) => [
        ["Institution", lifted.institutionId],
        ["No longer in conflict with", lifted.other],
      ]);
    });
  });

export default action;
