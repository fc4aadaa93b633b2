import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { getLicence, reopenLicenceReasons } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { digestOfTerms, parseDigest, parseNumber, parseTerms, required } from "../support/parse.ts";
import { listed, printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly licence: string;
  readonly reasons: readonly string[];
  readonly terms: string | undefined;
  readonly explanation: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const { reasons } = given;
    const licenceId = parseNumber("licence", given.licence, 1n);
    const terms = given.terms === undefined ? undefined : parseTerms("terms", given.terms);
    const why = required("explanation", given.explanation, "a file that says why, or its digest");
    const explanation = await parseDigest("explanation", why);
    await withWriter(hre, given, async (client, acting) => {
      const { subject } = await getLicence(client, { licenceId });
      const termsDigest =
        terms === undefined ? subject.datasetTerms : await digestOfTerms(client, subject.scopeId, terms);
      const parameters = { licenceId, termsDigest, reasons, explanation, ...acting };
      printWritten(given.json, await reopenLicenceReasons(client, parameters), (reopened) => [
        ["Licence", licenceId],
        ["Terms", reopened.termsDigest],
        ["Reopened", listed(reopened.reasons)],
        ["Explanation", explanation],
      ]);
    });
  });

export default action;
