import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { attestCopiesDestroyed } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { parseNumber } from "../support/parse.ts";
import { printWritten } from "../support/print.ts";
import { parseEvidence, parsePerformance, type PerformanceArguments, performanceLines } from "../support/provenance.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments, PerformanceArguments {
  readonly licence: string;
  readonly evidence: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const licenceId = parseNumber("licence", given.licence, 1n);
    const evidence = await parseEvidence(given.evidence);
    const destruction = await parsePerformance(given);
    await withWriter(hre, given, async (client, acting) => {
      const attested = await attestCopiesDestroyed(client, { licenceId, evidence, ...destruction, ...acting });
      printWritten(given.json, attested, ({ activity }) => [
        ["Licence", licenceId],
        ["Activity", activity],
        ["Evidence", evidence],
        ...performanceLines(destruction),
      ]);
    });
  });

export default action;
