import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { exportSystem } from "../../deploy/system.ts";
import { connectToRead } from "../support/connect.ts";
import { printResult, toJson } from "../support/output.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments {
  readonly out: string | undefined;
  readonly json: boolean;
}

const action: NewTaskActionFunction<Arguments> = async ({ out, json }, hre) =>
  await runTask(json, async () => {
    const connection = await connectToRead(hre);
    try {
      const record = await exportSystem(hre, connection, { out });
      if (out === undefined) printResult(json, record, toJson);
      else printResult(json, { out }, () => `Wrote ${out}.`);
    } finally {
      await connection.close();
    }
  });

export default action;
