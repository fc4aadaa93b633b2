import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { getDuties, getLicence, type GetLicenceReturnType, purposeToJson } from "../../src/sdk/index.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { purposeLines } from "../support/dataUse.ts";
import { elementsShown } from "../support/licence.ts";
import { parseNumber } from "../support/parse.ts";
import { type Line, listed, printRead, when } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends ReadingArguments {
  readonly licence: string;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const licenceId = parseNumber("licence", given.licence, 1n);
    await withReader(hre, given, async (client) => {
      const found = await getLicence(client, { licenceId });
      const { status, subject, progress, purpose, derivation } = found;
      const duties = await getDuties(client, { licenceId });
      printRead(given.json, { ...found, purpose: purposeToJson(purpose), duties }, () => [
        ["Licence", licenceId],
        ["Status", status],
        ...derivationLines(derivation),
        ["Dataset", subject.datasetId],
        ["Scope", subject.scopeId],
        ["Licensee", subject.licensee],
        ["Custodian", subject.custodian],
        ["Committee", subject.committee],
        ...purposeLines(purpose),
        ["Requested", when(progress.requestedAt)],
        ["Decided", progress.decidedAt === 0 ? "no" : `${progress.outcome}, ${when(progress.decidedAt)}`],
        ["Vote", progress.isAppealed ? `${progress.vote}, after an appeal` : progress.vote],
        ["Delivery", progress.delivery],
        ["Elements", elementsShown(progress.elements)],
        ["Promised", listed(progress.promised)],
        ...duties.map(({ kind, state, dueAt }): Line => [`Duty ${kind}`, `${state}, due ${when(dueAt)}`]),
        ["Issued", orNo(progress.issuedAt)],
        ["Until", when(progress.until)],
        ["Terminated", orNo(progress.terminatedAt)],
        ["Holder", progress.holder],
      ]);
    });
  });

function derivationLines(derivation: GetLicenceReturnType["derivation"]): Line[] {
  if (derivation === undefined) return [];
  return [
    ["Derives from", derivation.parent],
    ["Processor", derivation.processor],
  ];
}

function orNo(seconds: number): string {
  return seconds === 0 ? "no" : when(seconds);
}

export default action;
