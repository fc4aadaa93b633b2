import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { getDataset, recordSequencing } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { parseBytes32 } from "../support/parse.ts";
import { type Line, printWritten } from "../support/print.ts";
import { parseIds, parsePerformance, type PerformanceArguments, performanceLines } from "../support/provenance.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments, PerformanceArguments {
  readonly sample: string;
  readonly datasets: readonly string[];
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const sampleId = parseBytes32("sample", given.sample);
    const datasetIds = parseIds("datasets", given.datasets);
    const sequencing = await parsePerformance(given);
    await withWriter(hre, given, async (client, acting) => {
      const found = await Promise.all(datasetIds.map(async (datasetId) => await getDataset(client, { datasetId })));
      const outputs = found.map(({ record }) => record);
      const recorded = await recordSequencing(client, { sampleId, outputs, ...sequencing, ...acting });
      printWritten(given.json, recorded, ({ activity }) => [
        ["Sample", sampleId],
        ...datasetIds.map((datasetId): Line => ["Dataset", datasetId]),
        ["Activity", activity],
        ...performanceLines(sequencing),
      ]);
    });
  });

export default action;
