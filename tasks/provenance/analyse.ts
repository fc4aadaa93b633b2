import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { getDataset, recordAnalysis } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { parseDigest, parseNumber, required } from "../support/parse.ts";
import { type Line, listed, printWritten } from "../support/print.ts";
import {
  parseIds,
  parseNamed,
  parsePerformance,
  parts,
  type PerformanceArguments,
  performanceLines,
} from "../support/provenance.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments, PerformanceArguments {
  readonly licence: string;
  readonly inputs: readonly string[];
  readonly workflow: string | undefined;
  readonly workflowVersion: string | undefined;
  readonly outputs: string | undefined;
  readonly results: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const licenceId = parseNumber("licence", given.licence, 1n);
    const inputs = parseIds("inputs", given.inputs);
    const file = required("workflow", given.workflow, "the file of the workflow, or its digest");
    const workflow = await parseDigest("workflow", file);
    const named = required("workflowVersion", given.workflowVersion, "the workflow's version");
    const version = parseNamed("workflowVersion", named);
    const made = parseIds("outputs", parts(given.outputs));
    const results = await Promise.all(parts(given.results).map(async (text) => await parseDigest("results", text)));
    const { startedAt, endedAt, agent } = await parsePerformance(given);
    await withWriter(hre, given, async (client, acting) => {
      const found = await Promise.all(made.map(async (datasetId) => await getDataset(client, { datasetId })));
      const outputs = found.map(({ record }) => record);
      const analysis = { licenceId, workflow, version, inputs, outputs, results, startedAt, endedAt, agent };
      printWritten(given.json, await recordAnalysis(client, { ...analysis, ...acting }), ({ activity }) => [
        ["Activity", activity],
        ["Licence", licenceId],
        ["Workflow", workflow],
        ...inputs.map((datasetId): Line => ["Input", datasetId]),
        ...made.map((datasetId): Line => ["Output", datasetId]),
        ["Results", listed(results)],
        ...performanceLines({ startedAt, endedAt }),
      ]);
    });
  });

export default action;
