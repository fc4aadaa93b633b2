/**
 * Type-checks and lints everything, as `tsc --noEmit` and `eslint --max-warnings 0 .` do one after the other, but reads
 * the sources and works out their types once for both, which is most of the work of either.
 *
 *     node scripts/checkTypeScript.ts     prints what is wrong, and exits with 1 if anything is
 */
import { join } from "node:path";

import { ESLint } from "eslint";
import ts from "typescript";

import { reportAndFail, ToolError } from "./toolError.ts";

const root = join(import.meta.dirname, "..");

function readProgram(): ts.Program {
  const stop = (diagnostic: ts.Diagnostic): never => {
    throw new ToolError("ConfigUnreadable", format([diagnostic]), "Mend tsconfig.json.");
  };
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: stop };
  const config = ts.getParsedCommandLineOfConfigFile(join(root, "tsconfig.json"), undefined, host);
  if (config === undefined) throw new ToolError("ConfigMissing", "There is no tsconfig.json.", "Restore it.");
  const { fileNames: rootNames, options, errors: configFileParsingDiagnostics } = config;
  return ts.createProgram({ rootNames, options, configFileParsingDiagnostics });
}

function format(diagnostics: readonly ts.Diagnostic[]): string {
  return ts.formatDiagnostics(diagnostics, {
    getCurrentDirectory: () => root,
    getCanonicalFileName: (name) => name,
    getNewLine: () => "\n",
  });
}

async function main(): Promise<void> {
  const program = readProgram();
  const diagnostics = ts.getPreEmitDiagnostics(program);
  process.stdout.write(format(diagnostics));

  const eslint = new ESLint({
    cwd: root,
    overrideConfig: {
      files: ["**/*.ts"],
      languageOptions: { parserOptions: { projectService: false, programs: [program] } },
    },
  });
  const results = await eslint.lintFiles(["."]);
  const formatter = await eslint.loadFormatter("stylish");
  process.stdout.write(await formatter.format(results));

  const found = results.some(({ errorCount, warningCount }) => errorCount + warningCount > 0);
  process.exitCode = diagnostics.length > 0 || found ? 1 : 0;
}

main().catch(reportAndFail);
