import type { SolidityHooks } from "hardhat/types/hooks";

import { writeTypings } from "../generate/typings.ts";

/** Refreshes the typings after every successful build, unless `--no-typechain` is given. */
export default async (): Promise<Partial<SolidityHooks>> => ({
  async processArtifactsAfterSuccessfulBuild({ config, globalOptions }, artifacts) {
    if (globalOptions.noTypechain || config.typechain.outDir === undefined) return;
    await writeTypings(config.paths.root, config.paths.artifacts, artifacts, config.typechain.outDir);
  },
});
