import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { cancelCustodyOffer } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { printWritten } from "../support/print.ts";
import { parseIds } from "../support/provenance.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly samples: readonly string[];
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const sampleIds = parseIds("samples", given.samples);
    await withWriter(hre, given, async (client, acting) => {
      printWritten(given.json, await cancelCustodyOffer(client, { sampleIds, ...acting }), () => [
        ["Offers cancelled", sampleIds.length],
      ]);
    });
  });

export default action;
