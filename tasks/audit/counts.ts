import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { countAccesses, suppressAccessCounts } from "../../src/sdk/index.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { parseNumber } from "../support/parse.ts";
import { about, ABOUT_COUNTS, type Line, printRead } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends ReadingArguments {
  readonly atBlock: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const atBlock = given.atBlock === undefined ? undefined : parseNumber("atBlock", given.atBlock, 0n);
    await withReader(hre, given, async (client) => {
      const { blockNumber, counts } = await countAccesses(client, { blockNumber: atBlock });
      const rows = suppressAccessCounts(counts).map(({ accesses = null, ...row }) => ({ ...row, accesses }));
      printRead(given.json, { blockNumber, counts: rows }, (): Line[] => [
        ["Block", blockNumber],
        ["Counts", ABOUT_COUNTS],
        ...rows.map(({ licenceId, month, custodian, participants, accesses }): Line => {
          return [
            `Licence ${licenceId}, ${month}`,
            `${about(participants)} in ${about(accesses)} accesses, by ${custodian}`,
          ];
        }),
      ]);
    });
  });

export default action;
