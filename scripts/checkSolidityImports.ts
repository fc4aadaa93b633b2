/** Holds the one-way rule of imports between the folders of contracts/: `node scripts/checkSolidityImports.ts`. */
import { join } from "node:path";

import { findSolidityImportViolations } from "./check/solidityImports.ts";
import { reportAndFail, ToolError } from "./toolError.ts";

try {
  const violations = findSolidityImportViolations(join(import.meta.dirname, ".."));
  if (violations.length > 0) {
    throw new ToolError(
      "SolidityImportRefused",
      `These imports go the wrong way:\n${violations.map(({ file, line, reason }) => `  ${file}:${line}: ${reason}`).join("\n")}`,
      "Import a lower layer, or the interface of a sibling; move what both need to a lower layer.",
    );
  }
  console.log("Solidity imports point one way.");
} catch (error) {
  reportAndFail(error);
}
