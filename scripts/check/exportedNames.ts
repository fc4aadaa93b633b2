import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import ts from "typescript";

import { ToolError } from "../toolError.ts";

/** Names that each entry of the package exports, types included; an entry of plain files has none of its own. */
export type ExportedNames = Readonly<Record<string, readonly string[]>>;

type Exports = Readonly<Record<string, string | { readonly types: string }>>;

/**
 * Reads the entries of package.json `exports` and the names that their declaration files export.
 *
 * @param root the project's root, after `npm run dist`
 * @throws ToolError EntryMissing if an entry has no declaration file
 */
export function exportedNames(root: string): ExportedNames {
  const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { exports: Exports };
  const declarations = Object.entries(exports).flatMap(([entry, target]) =>
    typeof target === "string" ? [] : [[entry, join(root, target.types)] as const],
  );
  for (const [entry, file] of declarations) {
    if (existsSync(file)) continue;
    throw new ToolError(
      "EntryMissing",
      `The entry ${entry} has no ${file}.`,
      "Write its index.ts, then `npm run build`.",
    );
  }
  const program = ts.createProgram({
    rootNames: declarations.map(([, file]) => file),
    options: { module: ts.ModuleKind.Node20, skipLibCheck: true, types: [], noLib: true },
  });
  const checker = program.getTypeChecker();
  const namesIn = (file: string): string[] => {
    const source = program.getSourceFile(file);
    const symbol = source === undefined ? undefined : checker.getSymbolAtLocation(source);
    return symbol === undefined
      ? []
      : checker
          .getExportsOfModule(symbol)
          .map(({ name }) => name)
          .sort();
  };
  const names = new Map(declarations.map(([entry, file]) => [entry, namesIn(file)]));
  return Object.fromEntries(Object.keys(exports).map((entry) => [entry, names.get(entry) ?? []]));
}

/** One sentence for each entry or name that was added or removed. */
export function compareExports(current: ExportedNames, committed: ExportedNames): string[] {
  const entries = [...new Set([...Object.keys(committed), ...Object.keys(current)])].sort();
  return entries.flatMap((entry) => {
    const before = committed[entry];
    const now = current[entry];
    if (before === undefined) return [`${entry}: a new entry`];
    if (now === undefined) return [`${entry}: the entry is gone`];
    const added = now.filter((name) => !before.includes(name)).map((name) => `${entry}: ${name} is new`);
    return [...added, ...before.filter((name) => !now.includes(name)).map((name) => `${entry}: ${name} is gone`)];
  });
}
