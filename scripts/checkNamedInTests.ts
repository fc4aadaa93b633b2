/** Holds that a Solidity test expects every error and event of contracts/: `node scripts/checkNamedInTests.ts`. */
import { join } from "node:path";

import { findUnnamedDeclarations } from "./check/namedInTests.ts";
import { reportAndFail, ToolError } from "./toolError.ts";

try {
  const violations = findUnnamedDeclarations(join(import.meta.dirname, ".."));
  if (violations.length > 0) {
    throw new ToolError(
      "DeclarationUntested",
      `These are declared and not tested:\n${violations.map(({ file, line, reason }) => `  ${file}:${line}: ${reason}`).join("\n")}`,
      "Write a test that expects it by name: `X.Error.selector` in what a call reverts with, `emit X.Event` after `expectEmit`.",
    );
  }
  console.log("A test expects every error and event.");
} catch (error) {
  reportAndFail(error);
}
