import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { makeProcessingRecord, processingRecordToMarkdown } from "../../src/exports/index.ts";
import { withReader } from "../support/client.ts";
import { giveDocument, type NamingArguments, readTold, rendererOf } from "../support/exports.ts";
import { parseInstitution } from "../support/parse.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends NamingArguments {
  readonly custodian: string;
  readonly markdown: boolean;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const render = rendererOf(given, processingRecordToMarkdown);
    const custodian = parseInstitution("custodian", given.custodian);
    const told = await readTold(given);
    await withReader(hre, given, async (client) => {
      await giveDocument(given, await makeProcessingRecord(client, { custodian, ...told }), render);
    });
  });

export default action;
