import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { type Fact, FACTS } from "../../src/model/index.ts";
import { stateFacts } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { parsePurpose } from "../support/dataUse.ts";
import { parseChoices, parseDigest, required } from "../support/parse.ts";
import { listed, printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly purpose: string;
  readonly facts: string | undefined;
  readonly document: string | undefined;
}

const NAMES = Object.keys(FACTS) as readonly Fact[];

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const purposeDigest = await parsePurpose("purpose", given.purpose);
    const named = required("facts", given.facts, 'the facts with commas, or "none"');
    const facts = named === "none" ? [] : parseChoices("facts", named, NAMES);
    const paper = required("document", given.document, "the file of the signed paper, or its digest");
    const document = await parseDigest("document", paper);
    await withWriter(hre, given, async (client, acting) => {
      printWritten(given.json, await stateFacts(client, { purposeDigest, facts, document, ...acting }), (stated) => [
        ["Licensee", stated.licensee],
        ["Purpose", purposeDigest],
        ["Facts", listed(stated.facts)],
      ]);
    });
  });

export default action;
