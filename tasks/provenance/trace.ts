import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { type ProvenanceGraph, traceBack, traceForward } from "../../src/provenance/index.ts";
import { getProvenance } from "../../src/sdk/index.ts";
import { formatTime } from "../../src/sdk/time.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { UsageError } from "../support/errors.ts";
import { type Line, listed, printRead } from "../support/print.ts";
import { entityOf } from "../support/provenance.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends ReadingArguments {
  readonly entity: string;
  readonly back: boolean;
  readonly forward: boolean;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const { back, forward } = given;
    if (back && forward) {
      const fix = "Give --back or --forward.";
      throw new UsageError("ArgumentUnexpected", "A trace goes one way.", { back, forward }, fix);
    }
    await withReader(hre, given, async (client) => {
      const graph = await getProvenance(client);
      const entity = entityOf(graph, "entity", given.entity);
      printRead(given.json, (forward ? traceForward : traceBack)(graph, entity), traceLines);
    });
  });

/** The activities in order with what they used, made and ended, and then what no activity tells of. */
function traceLines({ activities, entities }: ProvenanceGraph): Line[] {
  const told = new Set(activities.flatMap(({ used, generated, invalidated }) => [used, generated, invalidated].flat()));
  return [
    ...activities.flatMap(
      ({ number, kind, institutionId, startedAt, endedAt, used, generated, invalidated }): Line[] => [
        [`Activity ${number}`, `${kind} by ${institutionId}, ${formatTime(startedAt)} to ${formatTime(endedAt)}`],
        ...(used.length === 0 ? [] : [["  used", listed(used)] as const]),
        ...(generated.length === 0 ? [] : [["  made", listed(generated)] as const]),
        ...(invalidated.length === 0 ? [] : [["  ended", listed(invalidated)] as const]),
      ],
    ),
    ...entities.filter(({ key }) => !told.has(key)).map(({ key }): Line => ["Entity", key]),
  ];
}

export default action;
