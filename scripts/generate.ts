/**
 * Writes everything that is made from the compiled contracts: the bindings' ABIs and error texts, TypeChain's typings,
 * docs/errors.md and docs/abi; and from the reference model docs/consent-states.md. Needs a build.
 *
 *     node scripts/generate.ts            brings the files up to date
 *     node scripts/generate.ts --check    lists the files that are not, and exits with 1 if there are any
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { format, resolveConfig } from "prettier";

import { transitionsOf } from "../src/model/index.ts";
import { renderAbis } from "./generate/abi.ts";
import { renderContractPage } from "./generate/abiDocs.ts";
import { artifactPaths, readCompilation } from "./generate/artifacts.ts";
import { collectErrors, renderErrorsPage, renderErrorTexts } from "./generate/errors.ts";
import { staleFiles, writeFiles, type GeneratedFiles } from "./generate/files.ts";
import { openzeppelinErrors } from "./generate/openzeppelinErrors.ts";
import { renderStatePicture } from "./generate/statePicture.ts";
import { readTree, writeTypings } from "./generate/typings.ts";
import { reportAndFail, ToolError } from "./toolError.ts";

const root = join(import.meta.dirname, "..");

async function generate(): Promise<GeneratedFiles> {
  const artifactsDir = join(root, "artifacts");
  const compilation = readCompilation(artifactsDir);
  const errors = collectErrors(compilation, openzeppelinErrors);
  const pages = compilation.contracts
    .filter(({ deployable }) => deployable)
    .map((contract): [string, string] => [`docs/abi/${contract.name}.md`, renderContractPage(contract, errors)]);
  const drafts = new Map<string, string>([
    ["src/bindings/abi.ts", renderAbis(compilation.contracts)],
    ["src/bindings/errors.ts", renderErrorTexts(errors)],
    ["docs/errors.md", renderErrorsPage(errors)],
    ["docs/consent-states.md", renderStatePicture(transitionsOf())],
    ...pages,
  ]);
  const files = new Map<string, string>();
  for (const [path, draft] of drafts) {
    const filepath = join(root, path);
    files.set(path, await format(draft, { ...(await resolveConfig(filepath)), filepath }));
  }
  for (const [path, content] of await typings(artifactsDir)) files.set(`typechain-types/${path}`, content);
  return files;
}

async function typings(artifactsDir: string): Promise<Map<string, string>> {
  const outDir = mkdtempSync(join(tmpdir(), "concord-typings-"));
  try {
    await writeTypings(root, artifactsDir, artifactPaths(artifactsDir), outDir);
    return readTree(outDir);
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

async function main(args: readonly string[]): Promise<void> {
  const files = await generate();
  const stale = staleFiles(root, files);
  if (!args.includes("--check")) {
    writeFiles(root, files);
    console.log(stale.length === 0 ? "Everything was up to date." : stale.map((path) => `wrote ${path}`).join("\n"));
  } else if (stale.length > 0) {
    throw new ToolError(
      "GeneratedFilesStale",
      `These files are not what the contracts make of them:\n${stale.map((path) => `  ${path}`).join("\n")}`,
      "Run `npm run generate` and commit what it writes.",
    );
  } else {
    console.log(`${files.size} generated files are up to date.`);
  }
}

main(process.argv.slice(2)).catch(reportAndFail);
