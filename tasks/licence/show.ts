import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { getLicence, purposeToJson } from "../../src/sdk/index.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { purposeLines } from "../support/dataUse.ts";
import { parseNumber } from "../support/parse.ts";
import { printRead, when } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends ReadingArguments {
  readonly licence: string;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const licenceId = parseNumber("licence", given.licence, 1n);
    await withReader(hre, given, async (client) => {
      const found = await getLicence(client, { licenceId });
      const { status, subject, progress, purpose } = found;
      printRead(given.json, { ...found, purpose: purposeToJson(purpose) }, () => [
        ["Licence", licenceId],
        ["Status", status],
        ["Dataset", subject.datasetId],
        ["Scope", subject.scopeId],
        ["Licensee", subject.licensee],
        ["Custodian", subject.custodian],
        ["Committee", subject.committee],
        ...purposeLines(purpose),
        ["Requested", when(progress.requestedAt)],
        ["Decided", progress.decidedAt === 0 ? "no" : `${progress.outcome}, ${when(progress.decidedAt)}`],
        ["Vote", progress.vote],
        ["Issued", orNo(progress.issuedAt)],
        ["Until", when(progress.until)],
        ["Terminated", orNo(progress.terminatedAt)],
        ["Holder", progress.holder],
      ]);
    });
  });

function orNo(seconds: number): string {
  return seconds === 0 ? "no" : when(seconds);
}

export default action;
