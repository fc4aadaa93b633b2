import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { assertVerified, verifySystem } from "../../deploy/system.ts";
import { connectToRead } from "../support/connect.ts";
import { printResult, progress } from "../support/output.ts";
import { runTask } from "../support/runTask.ts";

const action: NewTaskActionFunction<{ readonly json: boolean }> = async ({ json }, hre) =>
  await runTask(json, async () => {
    const connection = await connectToRead(hre);
    try {
      const verification = await verifySystem(hre, connection, { onProgress: progress });
      // With --json a failure prints one document too: the error, which holds every check.
      if (json) assertVerified(verification);
      printResult(json, verification, ({ checks }) =>
        checks
          .map(({ name, problem }) => (problem === undefined ? `ok    ${name}` : `FAIL  ${name}: ${problem}`))
          .join("\n"),
      );
      assertVerified(verification);
    } finally {
      await connection.close();
    }
  });

export default action;
