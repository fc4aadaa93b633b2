import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { registerAliquots } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { UsageError } from "../support/errors.ts";
import { parseBytes32, parseCount } from "../support/parse.ts";
import { type Line, printWritten } from "../support/print.ts";
import {
  parseIds,
  parsePerformance,
  parts,
  type PerformanceArguments,
  performanceLines,
  randomLabel,
} from "../support/provenance.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments, PerformanceArguments {
  readonly source: string;
  readonly count: string | undefined;
  readonly labels: string | undefined;
}

/** A rack; more would not fit a transaction's gas. */
const MOST_ALIQUOTS = 384;

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const source = parseBytes32("source", given.source);
    if (given.labels !== undefined && given.count !== undefined) {
      const { labels, count } = given;
      const fix = "Give --labels or --count.";
      throw new UsageError("ArgumentUnexpected", "The aliquots are both named and counted.", { labels, count }, fix);
    }
    const count = parseCount("count", given.count ?? "1", 1, MOST_ALIQUOTS);
    const labels =
      given.labels === undefined ? Array.from({ length: count }, randomLabel) : parseIds("labels", parts(given.labels));
    const aliquoting = await parsePerformance(given);
    await withWriter(hre, given, async (client, acting) => {
      const registered = await registerAliquots(client, { source, labels, ...aliquoting, ...acting });
      printWritten(given.json, registered, ({ sampleIds, activity }) => [
        ...sampleIds.map((sampleId): Line => ["Aliquot", sampleId]),
        ["Source", source],
        ["Activity", activity],
        ...performanceLines(aliquoting),
      ]);
    });
  });

export default action;
