import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

import type { TaskOverrideActionFunction } from "hardhat/types/tasks";

/**
 * Runs mocha over the files given, over every `*.test.ts` below the directories given, or over all of them: Hardhat alone
 * takes no directories, and would load fixtures and helpers too.
 */
const mochaAction: TaskOverrideActionFunction = async (args, hre, runSuper) => {
  const given = args.testFiles as readonly string[];
  const places = given.length > 0 ? given : [hre.config.paths.tests.mocha];
  const testFiles = places.flatMap((place) => (isDirectory(place) ? testFilesBelow(place) : [place]));
  return await runSuper({ ...args, testFiles });
};

function isDirectory(place: string): boolean {
  return statSync(place, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function testFilesBelow(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".test.ts"))
    .sort()
    .map((path) => join(dir, path));
}

export default mochaAction;
