import { readFileSync } from "node:fs";
import { join, posix } from "node:path";

import { soliditySources, withoutComments } from "./soliditySources.ts";

/** The layers of contracts/, lowest first; folders of one layer are siblings. */
const LAYERS: readonly (readonly string[])[] = [
  ["types"],
  ["libraries"],
  ["access"],
  ["identity", "dataset"],
  ["consent"],
  ["licence"],
  ["audit"],
  ["governance"],
  ["lens"],
];

/** A Solidity source that breaks the one-way rule. */
export interface ImportViolation {
  /** The importing file, relative to the root. */
  readonly file: string;
  /** 1-based line of the import. */
  readonly line: number;
  readonly reason: string;
}

interface Import {
  readonly path: string;
  readonly line: number;
}

/** Import statements of a source, comments left out. */
export function importsOf(source: string): Import[] {
  const code = withoutComments(source);
  return [...code.matchAll(/\bimport\b[^;"']*["']([^"']+)["'][^;]*;/g)].map(({ 1: path = "", index }) => ({
    path,
    line: code.slice(0, index).split("\n").length,
  }));
}

/**
 * Says why a source may not import something, or nothing if it may: any file of a lower layer, its own folder, and only
 * interfaces of a sibling folder; nothing of a higher layer; doubles and tests nowhere but in tests.
 *
 * @param file the importing file, relative to the root, with forward slashes
 * @param path what the import statement names
 */
export function solidityImportObjection(file: string, path: string): string | undefined {
  const relative = path.startsWith("./") || path.startsWith("../");
  if (file.startsWith("test/") || file.endsWith(".t.sol")) return undefined;
  const [, folder = ""] = file.split("/");
  if (!relative) {
    if (folder === "types") return "types/ imports nothing";
    const known = path.startsWith("@openzeppelin/contracts/") || folder === "mocks";
    return known ? undefined : "only relative paths and @openzeppelin/contracts are imported";
  }

  const target = posix.join(posix.dirname(file), path);
  const [targetTop, targetFolder = ""] = target.split("/");
  if (targetTop !== "contracts") return "nothing outside contracts/ is imported";
  if (target.endsWith(".t.sol")) return "nobody imports tests";
  if (folder === "mocks") return undefined;
  if (targetFolder === "mocks") return "nobody imports mocks";

  const layer = LAYERS.findIndex((folders) => folders.includes(folder));
  const targetLayer = LAYERS.findIndex((folders) => folders.includes(targetFolder));
  if (layer === -1) return `${folder}/ is no known folder of contracts/`;
  if (targetLayer === -1) return `${targetFolder}/ is no known folder of contracts/`;
  if (folder === targetFolder || targetLayer < layer) return undefined;
  if (targetLayer > layer) return `${targetFolder}/ is above ${folder}/`;
  const isInterface = /^I[A-Z]\w*\.sol$/.test(posix.basename(target));
  return isInterface ? undefined : `${folder}/ and ${targetFolder}/ are siblings, which meet through interfaces only`;
}

/** Every violation of the one-way rule below contracts/ of the root given. */
export function findSolidityImportViolations(root: string): ImportViolation[] {
  return soliditySources(root, "contracts").flatMap((file) =>
    importsOf(readFileSync(join(root, file), "utf8")).flatMap(({ path, line }) => {
      const reason = solidityImportObjection(file, path);
      return reason === undefined ? [] : [{ file, line, reason: `${path}: ${reason}` }];
    }),
  );
}
