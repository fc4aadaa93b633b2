import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { publishOntologyRelease } from "../../src/sdk/index.ts";
import { withWriter, type WritingArguments } from "../support/client.ts";
import { required } from "../support/parse.ts";
import { printWritten } from "../support/print.ts";
import { readRelease, type ReleaseArguments } from "../support/release.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends WritingArguments, ReleaseArguments {
  readonly name: string | undefined;
  readonly releaseVersion: string | undefined;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const release = await readRelease(given);
    const name = required("name", given.name ?? release.name, "the name of what is released");
    const version = required("releaseVersion", given.releaseVersion ?? release.version, "as its makers write it");
    await withWriter(hre, given, async (client, acting) => {
      const parameters = { ...release, name, version, ...acting };
      printWritten(given.json, await publishOntologyRelease(client, parameters), (published) => [
        ["Published", `${name} ${version}`],
        ["Root", published.root],
        ["Terms", release.terms],
        ["Pairs", release.pairs],
      ]);
    });
  });

export default action;
