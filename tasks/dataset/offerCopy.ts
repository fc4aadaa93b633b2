import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { getDataset, offerDatasetCopy } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { readManifest } from "../support/dataset.ts";
import { parseBytes32 } from "../support/parse.ts";
import { isDryRun, printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly dataset: string;
  readonly copy: string;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const datasetId = parseBytes32("dataset", given.dataset);
    const { contentDigest: copyDigest, bytes } = await readManifest([given.copy], undefined);
    await withWriter(hre, given, async (client, acting) => {
      const { record } = await getDataset(client, { datasetId });
      const offered = await offerDatasetCopy(client, { record, copyDigest, size: BigInt(bytes), ...acting });
      printWritten(given.json, isDryRun(offered) ? offered : { ...offered, copyDigest, bytes }, (result) => [
        ["Dataset", result.datasetId],
        ["Copy", result.copyDigest],
        ["Bytes", result.bytes],
        ["Offer", result.offer],
      ]);
    });
  });

export default action;
