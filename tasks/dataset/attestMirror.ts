import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { attestMirror } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { readManifest } from "../support/dataset.ts";
import { parseBytes32 } from "../support/parse.ts";
import { printWritten } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly dataset: string;
  readonly copy: string;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const datasetId = parseBytes32("dataset", given.dataset);
    // Read anew each time: an attestation is about the bytes that are there now.
    const { contentDigest: copyDigest } = await readManifest([given.copy], undefined);
    await withWriter(hre, given, async (client, acting) => {
      printWritten(given.json, await attestMirror(client, { datasetId, copyDigest, ...acting }), (attested) => [
        ["Dataset", attested.datasetId],
        ["Mirror", attested.institutionId],
        ["Copy", copyDigest],
        ["Offer", attested.offer],
      ]);
    });
  });

export default action;
