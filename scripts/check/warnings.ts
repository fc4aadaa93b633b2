import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { ToolError } from "../toolError.ts";
import { soliditySources } from "./soliditySources.ts";

interface Diagnostic {
  readonly errorCode?: string;
  readonly severity: string;
  readonly formattedMessage?: string;
  readonly message: string;
  readonly sourceLocation?: { readonly file: string };
}

interface BuildInfo {
  readonly input: { readonly sources: Readonly<Record<string, { readonly content: string }>> };
}

interface BuildInfoOutput {
  readonly output: { readonly errors?: readonly Diagnostic[] };
}

/**
 * Code sizes of EIP-170 and EIP-3860. Tests are never deployed to a chain that has those limits, and they compile the
 * contracts along without the optimizer; the snapshot of sizes judges what is deployed.
 */
const SIZE_WARNINGS: readonly (string | undefined)[] = ["5574", "3860"];

/** Where Hardhat keeps what it compiled: contracts, and Solidity tests. */
const BUILD_INFO = ["artifacts/build-info", "cache/test-artifacts/build-info"] as const;

const OWN_SOURCE = /^project\/(.+)$/;

/**
 * The compiler's warnings about the project's own sources, as Hardhat keeps them beside the artifacts.
 *
 * A partial build leaves the outputs of earlier ones in place, so each source is judged by the newest output that
 * compiled it as it now stands.
 *
 * @throws ToolError NotBuilt if an own source was never compiled as it now stands
 */
export function compilerWarnings(root: string): string[] {
  const dirs = BUILD_INFO.map((dir) => join(root, dir)).filter((dir) => existsSync(dir));
  if (dirs.length === 0) {
    throw new ToolError("NotBuilt", `There is no ${join(root, BUILD_INFO[0])}.`, "Run `npx hardhat build` first.");
  }
  const newestFirst = dirs
    .flatMap((dir) => readdirSync(dir).map((name) => join(dir, name)))
    .filter((file) => file.endsWith(".json") && !file.endsWith(".output.json"))
    .map((file) => ({ file, time: statSync(file).mtimeMs }))
    .sort((a, b) => b.time - a.time);

  const judged = new Set<string>();
  const warnings: string[] = [];
  for (const { file } of newestFirst) {
    const { input } = JSON.parse(readFileSync(file, "utf8")) as BuildInfo;
    const outputFile = file.replace(/\.json$/, ".output.json");
    const { output } = JSON.parse(readFileSync(outputFile, "utf8")) as BuildInfoOutput;
    const current = Object.entries(input.sources)
      .filter(([source, { content }]) => !judged.has(source) && isCurrent(root, source, content))
      .map(([source]) => source);
    for (const source of current) judged.add(source);
    for (const { errorCode, severity, formattedMessage, message, sourceLocation } of output.errors ?? []) {
      if (SIZE_WARNINGS.includes(errorCode)) continue;
      const ours = sourceLocation === undefined || current.includes(sourceLocation.file);
      if (severity === "warning" && ours) warnings.push(formattedMessage ?? message);
    }
  }
  const missing = ownSources(root).filter((source) => !judged.has(`project/${source}`));
  if (missing.length > 0) {
    throw new ToolError(
      "NotBuilt",
      `Not compiled as they now stand: ${missing.join(", ")}.`,
      "Run `npx hardhat build` and try again.",
    );
  }
  return warnings;
}

function isCurrent(root: string, source: string, content: string): boolean {
  const path = OWN_SOURCE.exec(source)?.[1];
  if (path === undefined) return false;
  const file = join(root, path);
  return existsSync(file) && readFileSync(file, "utf8") === content;
}

function ownSources(root: string): string[] {
  return ["contracts", "test"].flatMap((folder) => soliditySources(root, folder));
}
