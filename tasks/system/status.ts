import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { type SystemStatus, systemStatus } from "../../deploy/system.ts";
import { contractNames } from "../../src/deployments/index.ts";
import { connectToRead } from "../support/connect.ts";
import { printResult } from "../support/output.ts";
import { runTask } from "../support/runTask.ts";

const STATES = {
  none: "Nothing is deployed.",
  interrupted: "A deployment was begun and not finished; `hardhat system deploy` resumes it.",
  mismatch: "What was recorded is not what the chain has.",
  deployed: "The suite is deployed.",
} as const;

const action: NewTaskActionFunction<{ readonly json: boolean }> = async ({ json }, hre) =>
  await runTask(json, async () => {
    const connection = await connectToRead(hre);
    try {
      printResult(json, await systemStatus(hre, connection), describe);
    } finally {
      await connection.close();
    }
  });

function describe(status: SystemStatus): string {
  const { problem, governance = [], roles } = status;
  return [
    `Network ${status.network}: chain ${status.chainId} (${status.fork}${status.embedded ? ", embedded" : ""}), genesis ${status.genesisHash}`,
    STATES[status.state],
    ...(problem === undefined ? [] : [`${problem.name}: ${problem.message}`, problem.fix]),
    ...status.contracts.map(
      ({ contract, address, code }) => `  ${address}  ${code.padEnd(9)}  ${contractNames[contract]}`,
    ),
    ...governance.map(({ account, executionDelay }) => `Governed by ${account}, delay ${executionDelay} s.`),
    ...Object.entries(roles ?? {}).map(
      ([role, holders]) => `  ${role.padEnd(17)}  ${holders.map(({ account }) => account).join(", ") || "nobody"}`,
    ),
  ].join("\n");
}

export default action;
