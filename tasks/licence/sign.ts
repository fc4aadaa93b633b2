import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { signLicenceRequest } from "../../src/sdk/index.ts";
import { type SigningArguments, withWriter } from "../support/client.ts";
import { readPurpose } from "../support/dataUse.ts";
import { type AskArguments, parseAsk } from "../support/licence.ts";
import { writeNewFile } from "../support/newFile.ts";
import { printResult, toJson } from "../support/output.ts";
import { parseAddress, parseBytes32, parseWhen, required } from "../support/parse.ts";
import { table, when } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends SigningArguments, AskArguments {
  readonly dataset: string;
  readonly purpose: string;
  readonly holder: string | undefined;
  readonly deadline: string | undefined;
  readonly out: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const { out } = given;
    const datasetId = parseBytes32("dataset", given.dataset);
    const holder = parseAddress("holder", required("holder", given.holder, "the account that will ask"));
    const deadline = given.deadline === undefined ? undefined : parseWhen("deadline", given.deadline);
    const ask = parseAsk(given);
    const purpose = await readPurpose(given.purpose);
    await withWriter(hre, { ...given, dryRun: false }, async (client) => {
      const signed = await signLicenceRequest(client, { holder, datasetId, purpose, deadline, ...ask });
      if (out === undefined) {
        printResult(given.json, signed, toJson);
        return;
      }
      await writeNewFile(out, `${toJson(signed)}\n`);
      printResult(given.json, { out, holder, datasetId, deadline: signed.deadline }, () =>
        table([
          ["Signed for", holder],
          ["Dataset", datasetId],
          ["Send until", when(signed.deadline)],
          ["File", out],
        ]),
      );
    });
  });

export default action;
