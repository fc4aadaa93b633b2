import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { readOntology } from "../../src/files/index.ts";
import { getOntologyRelease, isOntologyReleasePublished } from "../../src/sdk/index.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { parseBytes32 } from "../support/parse.ts";
import { type Line, printRead } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends ReadingArguments {
  readonly release: string;
}

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const isRoot = /^0x/i.test(given.release);
    const root = isRoot ? parseBytes32("release", given.release) : (await readOntology(given.release)).root;
    await withReader(hre, given, async (client) => {
      const isPublished = await isOntologyReleasePublished(client, { root });
      const release = isPublished ? await getOntologyRelease(client, { root }) : undefined;
      printRead(given.json, { root, isPublished, ...release }, (): Line[] => [
        ["Root", root],
        ...(release === undefined
          ? [["Published", "no"] as const]
          : ([
              ["Published", `${release.name} ${release.version}`],
              ["Terms", release.terms],
              ["Pairs", release.pairs],
              ["Source SHA-256", release.sourceDigest],
            ] as const)),
      ]);
    });
  });

export default action;
