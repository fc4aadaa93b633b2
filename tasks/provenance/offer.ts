import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { offerCustody } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { parseInstitution, parseWhen, required } from "../support/parse.ts";
import { printWritten, when } from "../support/print.ts";
import { parseIds } from "../support/provenance.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly to: string;
  readonly samples: readonly string[];
  readonly left: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const to = parseInstitution("to", given.to);
    const sampleIds = parseIds("samples", given.samples);
    const leftAt = parseWhen("left", required("left", given.left, "when the samples left"));
    await withWriter(hre, given, async (client, acting) => {
      printWritten(given.json, await offerCustody(client, { sampleIds, to, leftAt, ...acting }), () => [
        ["Samples", sampleIds.length],
        ["Offered to", to],
        ["Left", when(leftAt)],
      ]);
    });
  });

export default action;
