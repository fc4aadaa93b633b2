import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { isZero } from "../../src/model/index.ts";
import { getSample } from "../../src/sdk/index.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { parseBytes32 } from "../support/parse.ts";
import { printRead, when } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends ReadingArguments {
  readonly sample: string;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const sampleId = parseBytes32("sample", given.sample);
    await withReader(hre, given, async (client) => {
      printRead(given.json, await getSample(client, { sampleId }), (sample) => [
        [sample.kind, sampleId],
        ["Keeper", sample.keeper],
        ["Held since", when(sample.heldSince)],
        ["Offered to", isZero(sample.offeredTo) ? "nobody" : sample.offeredTo],
        ["Custodian", sample.custodian],
        ["Last used", when(sample.lastAt)],
        ["Registered", when(sample.registeredAt)],
        ["Destroyed", sample.destroyedAt === 0 ? "no" : when(sample.destroyedAt)],
      ]);
    });
  });

export default action;
