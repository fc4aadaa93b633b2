import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { runTypeChain } from "typechain";
import typechainTransformers from "typechain/dist/codegen/outputTransformers/index.js";

import { publishedArtifacts } from "./artifacts.ts";

/** Makes TypeChain's relative imports of folders resolvable in ES modules. */
export function withIndexExtensions(code: string): string {
  return code.replace(/^(import\s.*?\sfrom\s+)(['"])(\.[^'"]*?)(?<!\.js)\2;?$/gm, "$1$2$3/index.js$2;");
}

/**
 * Writes TypeChain's ethers typings of the published contracts, and of nothing else: types of tests and doubles would
 * reach the package. Hardhat's own plugin gives TypeChain every artifact, which is why it is switched off.
 *
 * @param root the project's root
 * @param artifactsDir Hardhat's artifacts
 * @param artifacts paths of all artifacts of the build
 * @param outDir folder to fill; emptied first
 */
export async function writeTypings(
  root: string,
  artifactsDir: string,
  artifacts: readonly string[],
  outDir: string,
): Promise<void> {
  const files = publishedArtifacts(artifactsDir, artifacts);
  // TypeChain would format with prettier's synchronous API, which is gone; the folder is exempt from formatting.
  const { outputTransformers } = typechainTransformers;
  outputTransformers.splice(
    0,
    outputTransformers.length,
    ...outputTransformers.filter(({ name }) => name !== "prettierOutputTransformer" && name !== "withIndexExtensions"),
    withIndexExtensions,
  );
  rmSync(outDir, { recursive: true, force: true });
  await runTypeChain({
    cwd: root,
    allFiles: files,
    filesToProcess: files,
    outDir,
    target: "ethers-v6",
    flags: {
      alwaysGenerateOverloads: false,
      discriminateTypes: false,
      tsNocheck: false,
      environment: undefined,
      node16Modules: true,
    },
  });
}

/** Every file below a folder, by its path relative to the folder. */
export function readTree(dir: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(path.slice(dir.length + 1), readFileSync(path, "utf8"));
  }
  return files;
}
