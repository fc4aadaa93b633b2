import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { approveEthics } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { parsePurpose } from "../support/dataUse.ts";
import { parseDigest, parseInstitution, parseWhen, required } from "../support/parse.ts";
import { printWritten, when } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly purpose: string;
  readonly licensee: string | undefined;
  readonly until: string | undefined;
  readonly document: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const purposeDigest = await parsePurpose("purpose", given.purpose);
    const licensee = parseInstitution("licensee", required("licensee", given.licensee, "whose use it is"));
    const end = required("until", given.until, 'the end of the approval, or "now" to take it back');
    const until = end === "now" ? 0 : parseWhen("until", end);
    const paper = required("document", given.document, "the file of the approval, or its digest");
    const document = await parseDigest("document", paper);
    await withWriter(hre, given, async (client, acting) => {
      const approval = await approveEthics(client, { licensee, purposeDigest, until, document, ...acting });
      printWritten(given.json, approval, (approved) => [
        ["Licensee", licensee],
        ["Purpose", purposeDigest],
        ["Committee", approved.committee],
        ["Until", when(approved.until)],
      ]);
    });
  });

export default action;
