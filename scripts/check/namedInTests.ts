import { readFileSync } from "node:fs";
import { join } from "node:path";

import { soliditySources, withoutComments } from "./soliditySources.ts";

/** A custom error or an event that the contracts declare. */
export interface Declaration {
  readonly kind: "error" | "event";
  readonly name: string;
}

/** A declaration that no test expects, or that nothing raises. */
export interface NamingViolation {
  /** Where it is declared, relative to the root. */
  readonly file: string;
  /** 1-based line of the declaration. */
  readonly line: number;
  readonly reason: string;
}

/** Declared for a standard's sake; the suite never raises them. */
const NEVER_RAISED: readonly string[] = ["Unlocked"];

/** Errors and events that a source declares, each with the line of its name; the source without comments. */
export function declarationsOf(code: string): (Declaration & { readonly line: number })[] {
  return [...code.matchAll(/\b(error|event)\s+([A-Z]\w*)\s*\(/g)].map(({ 1: kind, 2: name = "", index }) => ({
    kind: kind === "error" ? "error" : "event",
    name,
    line: code.slice(0, index).split("\n").length,
  }));
}

/** Whether a source without comments reverts with the error, or emits the event. */
export function raises(code: string, { kind, name }: Declaration): boolean {
  return new RegExp(`\\b${kind === "error" ? "revert" : "emit"}\\s+(?:\\w+\\.)*${name}\\s*\\(`).test(code);
}

/** Whether a test without comments expects it by name: an error's selector in what a call reverts with, an emitted event. */
export function expects(code: string, { kind, name }: Declaration): boolean {
  const patterns =
    kind === "error"
      ? [
          `\\b(?:expectRevert|expectPartialRevert|encodeWithSelector)\\(\\s*(?:\\w+\\.)*${name}\\.selector\\b`,
          `\\bassertEq\\([^;]*\\b${name}\\.selector\\b`,
        ]
      : [`\\bexpectEmit\\((?:(?!\\bfunction\\b)[\\s\\S])*?\\bemit\\s+(?:\\w+\\.)*${name}\\s*\\(`];
  return patterns.some((pattern) => new RegExp(pattern).test(code));
}

/** Every error and event of contracts/ (doubles left out) that no Solidity test expects, or that nothing raises. */
export function findUnnamedDeclarations(root: string): NamingViolation[] {
  const contracts = sourcesBelow(root, "contracts").filter(({ file }) => !file.startsWith("contracts/mocks/"));
  const tests = sourcesBelow(root, "test");
  return contracts.flatMap(({ file, code }) =>
    declarationsOf(code).flatMap(({ line, ...declaration }) => {
      const { kind, name } = declaration;
      if (!contracts.some((source) => raises(source.code, declaration))) {
        return NEVER_RAISED.includes(name) ? [] : [{ file, line, reason: `nothing raises the ${kind} ${name}` }];
      }
      const isExpected = tests.some((test) => expects(test.code, declaration));
      return isExpected ? [] : [{ file, line, reason: `no Solidity test expects the ${kind} ${name}` }];
    }),
  );
}

function sourcesBelow(root: string, folder: string): { readonly file: string; readonly code: string }[] {
  return soliditySources(root, folder).map((file) => ({
    file,
    code: withoutComments(readFileSync(join(root, file), "utf8")),
  }));
}
