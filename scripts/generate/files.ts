import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { readTree } from "./typings.ts";

/** Generated files by their path relative to the root. */
export type GeneratedFiles = ReadonlyMap<string, string>;

/** Folders that hold generated files only: what the generators do not make there is stale. */
const GENERATED_FOLDERS: readonly string[] = ["docs/abi", "typechain-types"];

/** Paths, sorted, that are missing on disk, differ from what the generators make, or are no longer made. */
export function staleFiles(root: string, generated: GeneratedFiles): string[] {
  const stale = [...generated].filter(([path, content]) => readIfPresent(join(root, path)) !== content);
  return [...stale.map(([path]) => path), ...leftovers(root, generated)].sort();
}

/** Brings the disk to what the generators make. */
export function writeFiles(root: string, generated: GeneratedFiles): void {
  for (const path of leftovers(root, generated)) rmSync(join(root, path));
  for (const [path, content] of generated) {
    if (readIfPresent(join(root, path)) === content) continue;
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
}

function leftovers(root: string, generated: GeneratedFiles): string[] {
  return GENERATED_FOLDERS.filter((folder) => existsSync(join(root, folder))).flatMap((folder) =>
    [...readTree(join(root, folder)).keys()].map((path) => `${folder}/${path}`).filter((path) => !generated.has(path)),
  );
}

function readIfPresent(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
}
