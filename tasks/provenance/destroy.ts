import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { destroySamples } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { printWritten } from "../support/print.ts";
import {
  parseEvidence,
  parseIds,
  parsePerformance,
  type PerformanceArguments,
  performanceLines,
} from "../support/provenance.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments, PerformanceArguments {
  readonly samples: readonly string[];
  readonly evidence: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const sampleIds = parseIds("samples", given.samples);
    const evidence = await parseEvidence(given.evidence);
    const destruction = await parsePerformance(given);
    await withWriter(hre, given, async (client, acting) => {
      const destroyed = await destroySamples(client, { sampleIds, evidence, ...destruction, ...acting });
      printWritten(given.json, destroyed, ({ activity }) => [
        ["Samples destroyed", sampleIds.length],
        ["Activity", activity],
        ["Evidence", evidence],
        ...performanceLines(destruction),
      ]);
    });
  });

export default action;
