import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { acceptCustody } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { parseWhen, required } from "../support/parse.ts";
import { listed, printWritten, when } from "../support/print.ts";
import { optionalDigest, parseIds } from "../support/provenance.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments {
  readonly samples: readonly string[];
  readonly arrived: string | undefined;
  readonly agent: string | undefined;
  readonly plan: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const sampleIds = parseIds("samples", given.samples);
    const arrivedAt = parseWhen("arrived", required("arrived", given.arrived, "when the samples arrived"));
    const agent = await optionalDigest("agent", given.agent);
    const plan = await optionalDigest("plan", given.plan);
    await withWriter(hre, given, async (client, acting) => {
      const accepted = await acceptCustody(client, { sampleIds, arrivedAt, agent, plan, ...acting });
      printWritten(given.json, accepted, ({ activities }) => [
        ["Samples", sampleIds.length],
        ["Activities", listed(activities.map(String))],
        ["Arrived", when(arrivedAt)],
      ]);
    });
  });

export default action;
