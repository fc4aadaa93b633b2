/** Fails on compiler warnings about our own sources: `node scripts/checkWarnings.ts`, after a build. */
import { join } from "node:path";

import { compilerWarnings } from "./check/warnings.ts";
import { reportAndFail, ToolError } from "./toolError.ts";

try {
  const warnings = compilerWarnings(join(import.meta.dirname, ".."));
  if (warnings.length > 0) {
    throw new ToolError(
      "CompilerWarnings",
      `The compiler warns ${warnings.length} times:\n\n${warnings.join("\n")}`,
      "Mend the source: warnings count as errors here.",
    );
  }
  console.log("The compiler has no warnings.");
} catch (error) {
  reportAndFail(error);
}
