import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { deploySystem, readParameters, rehearseSystem, SystemError } from "../../deploy/system.ts";
import { contractKeys } from "../../src/deployments/index.ts";
import { printResult, progress } from "../support/output.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments {
  readonly parameters: string | undefined;
  readonly dryRun: boolean;
  readonly json: boolean;
}

const action: NewTaskActionFunction<Arguments> = async ({ parameters: file, dryRun, json }, hre) =>
  await runTask(json, async () => {
    const connection = await hre.network.create();
    try {
      const parameters = file === undefined ? undefined : await requireParameters(file);
      const options = { parameters, onProgress: progress };
      if (dryRun) {
        printResult(json, await rehearseSystem(hre, connection, options), ({ deployed, transactions, gas }) =>
          deployed ? "Nothing to do." : `Would send at most ${transactions} transactions of ${gas} gas together.`,
        );
        return;
      }
      printResult(
        json,
        await deploySystem(hre, connection, options),
        ({ record, transactions, gasUsed, file: written }) => {
          const heading =
            transactions === 0
              ? "Nothing was sent."
              : `Sent ${transactions} transactions; the deployment used ${gasUsed} gas.`;
          const lines = contractKeys.map((key) => `  ${record.contracts[key].address}  ${record.contracts[key].name}`);
          return [
            heading,
            `Chain ${record.chainId} (${record.fork}), from block ${record.startBlock}; governance is ${record.parameters.governance}.`,
            ...lines,
            written === undefined ? "The chain ends with this command: nothing was written." : `Record: ${written}`,
          ].join("\n");
        },
      );
    } finally {
      await connection.close();
    }
  });

async function requireParameters(file: string) {
  const parameters = await readParameters(file);
  if (parameters !== undefined) return parameters;
  throw new SystemError("SystemParametersMissing", `There is no file ${file}.`, { file }, "Check the path.");
}

export default action;
