import { isBuiltin } from "node:module";
import { dirname, posix, relative, resolve, sep } from "node:path";

import type { Rule } from "eslint";

/**
 * What each folder of src/ may import besides itself: other folders of src/, packages, and Node's own modules.
 * `packages: []` keeps a folder free of any package, so that it runs anywhere.
 */
const SOURCE_FOLDERS: Readonly<
  Record<string, { src: readonly string[]; packages: "any" | readonly []; node: boolean }>
> = {
  model: { src: [], packages: [], node: false },
  bindings: { src: [], packages: "any", node: false },
  provenance: { src: [], packages: [], node: false },
  eip712: { src: [], packages: [], node: false },
  deployments: { src: [], packages: "any", node: false },
  files: { src: ["model"], packages: "any", node: true },
  sdk: { src: ["bindings", "eip712", "deployments", "model", "provenance"], packages: "any", node: false },
  exports: { src: ["bindings", "sdk", "model"], packages: "any", node: false },
  job: { src: ["sdk", "files", "model", "deployments", "provenance"], packages: "any", node: true },
};

/** Top folders that each top folder may import; src/ has its own table, test/ may import everything. */
const TOP_FOLDERS: Readonly<Record<string, readonly string[]>> = {
  src: ["src"],
  deploy: ["deploy", "src", "typechain-types"],
  tasks: ["tasks", "deploy", "src", "typechain-types"],
  bench: ["bench", "deploy", "scripts", "src", "typechain-types"],
  scripts: ["scripts", "bench", "deploy", "src"],
};

/**
 * Says why a file may not import something, or nothing if it may.
 *
 * @param file the importing file, relative to the root, with forward slashes
 * @param specifier what the import statement names
 */
export function importObjection(file: string, specifier: string): string | undefined {
  const [top = "", folder = ""] = file.split("/");
  const inSource = top === "src" ? SOURCE_FOLDERS[folder] : undefined;
  if (top === "src" && inSource === undefined) return `src/${folder} is no known folder of src/`;

  if (!specifier.startsWith(".")) {
    if (inSource === undefined) return undefined;
    if (isBuiltin(specifier)) return inSource.node ? undefined : `src/${folder} runs in browsers too: no ${specifier}`;
    if (/^(hardhat|@nomicfoundation)(\/|$)/.test(specifier)) return "nothing in src/ imports Hardhat";
    return inSource.packages === "any" ? undefined : `src/${folder} imports no packages`;
  }

  const target = posix.join(posix.dirname(file), specifier);
  const [targetTop = "", targetFolder = ""] = target.split("/");
  if (/^contracts\/mocks\/|\/contracts\/mocks\//.test(target) && top !== "test") return "nobody imports mocks";
  if (targetTop === "test" && top !== "test") return "nobody imports test";
  if (inSource !== undefined && targetTop === "src") {
    const allowed = targetFolder === folder || inSource.src.includes(targetFolder);
    return allowed ? undefined : `src/${folder} may not import src/${targetFolder}`;
  }
  const allowed = TOP_FOLDERS[top];
  return allowed === undefined || allowed.includes(targetTop) ? undefined : `${top}/ may not import ${targetTop}/`;
}

/** ESLint rule: imports point one way, as `importObjection` says. */
export const importDirections: Rule.RuleModule = {
  meta: { type: "problem", schema: [], messages: { direction: "{{objection}}." } },
  create(context) {
    const file = relative(context.cwd, resolve(context.filename)).split(sep).join("/");
    const check = (node: Rule.Node, source: unknown): void => {
      const { value } = (source ?? {}) as { value?: unknown };
      if (typeof value !== "string" || dirname(file).startsWith("..")) return;
      const objection = importObjection(file, value);
      if (objection !== undefined) context.report({ node, messageId: "direction", data: { objection } });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source),
      ExportAllDeclaration: (node) => check(node, node.source),
      ExportNamedDeclaration: (node) => check(node, node.source),
      ImportExpression: (node) => check(node, node.source),
    };
  },
};
