import { readdirSync } from "node:fs";
import { join } from "node:path";

import type { TaskOverrideActionFunction } from "hardhat/types/tasks";

/** Runs mocha over the files given, or over every `*.test.ts`: Hardhat alone would load fixtures and helpers too. */
const mochaAction: TaskOverrideActionFunction = async (args, hre, runSuper) => {
  const given = args.testFiles as readonly string[];
  const testFiles = given.length > 0 ? given : testFilesBelow(hre.config.paths.tests.mocha);
  return await runSuper({ ...args, testFiles });
};

function testFilesBelow(dir: string): string[] {
  return readdirSync(dir, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".test.ts"))
    .sort()
    .map((path) => join(dir, path));
}

export default mochaAction;
