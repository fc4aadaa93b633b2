import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { traceLineage, type TracedDataset } from "../../src/sdk/index.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { standingLine } from "../support/dataset.ts";
import { parseBytes32 } from "../support/parse.ts";
import { type Line, printRead } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends ReadingArguments {
  readonly dataset: string;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const datasetId = parseBytes32("dataset", given.dataset);
    await withReader(hre, given, async (client) => {
      printRead(given.json, await traceLineage(client, { datasetId }), (traced) => [
        ["Dataset", traced.dataset.datasetId],
        ["Depth", traced.dataset.depth],
        standingLine(traced.dataset),
        ...traced.versions.map((version) => line(`Version ${version.version}`, version)),
        ...traced.ancestors.map((ancestor) => line("Comes from", ancestor)),
        ...traced.descendants.map((descendant) => line("Goes into", descendant)),
      ]);
    });
  });

function line(label: string, { datasetId, record, isRetracted, isStanding }: TracedDataset): Line {
  const standing = isRetracted ? ", retracted" : isStanding ? "" : ", of retracted origin";
  return [label, `${datasetId} (${record.level}${standing})`];
}

export default action;
