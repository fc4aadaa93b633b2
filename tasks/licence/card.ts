import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { getLicenceCard } from "../../src/sdk/index.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { writeNewFile } from "../support/newFile.ts";
import { parseNumber } from "../support/parse.ts";
import { type Line, printRead, when } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends ReadingArguments {
  readonly licence: string;
  readonly svg: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const licenceId = parseNumber("licence", given.licence, 1n);
    await withReader(hre, given, async (client) => {
      const card = await getLicenceCard(client, { licenceId });
      if (given.svg !== undefined) await writeNewFile(given.svg, atob(card.image.split(",")[1] ?? ""));
      printRead(given.json, card, () => [
        ["Name", card.name],
        ...card.attributes.map(({ trait_type: label, value }): Line => [
          label,
          typeof value === "number" ? when(value) : value,
        ]),
      ]);
    });
  });

export default action;
