import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

import { importDirections } from "./scripts/eslint/importDirections.ts";

const noOnly = {
  selector: "CallExpression[callee.property.name='only'][callee.object.name=/^(describe|context|it|specify)$/]",
  message: "`.only` leaves the other tests out.",
};
const noDefaultExport = { selector: "ExportDefaultDeclaration", message: "Name the export." };

export default defineConfig(
  globalIgnores([
    "artifacts/",
    "cache/",
    "coverage/",
    "dist/",
    "src/bindings/abi.ts",
    // Compiled and type-checked in outside projects by the package's tests, where their imports exist.
    "test/package/examples/",
    "typechain-types/",
  ]),
  js.configs.recommended,
  tseslint.configs.strict,
  {
    linterOptions: { reportUnusedDisableDirectives: "error" },
    plugins: { concord: { rules: { "import-directions": importDirections } } },
    rules: {
      "concord/import-directions": "error",
      eqeqeq: "error",
      "no-restricted-syntax": ["error", noOnly, noDefaultExport],
      "@typescript-eslint/consistent-type-imports": "error",
    },
  },
  {
    files: ["**/*.ts"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ["**/*.mjs"],
    languageOptions: {
      globals: {
        console: "readonly",
        process: "readonly",
        clearInterval: "readonly",
        setInterval: "readonly",
        setTimeout: "readonly",
      },
    },
  },
  {
    // Hardhat takes its configuration, task actions, hooks and Ignition modules as default exports.
    files: ["*.config.{js,ts}", "deploy/modules/**", "scripts/hardhat/*{Action,Hook}.ts", "tasks/**"],
    rules: { "no-restricted-syntax": ["error", noOnly] },
  },
  {
    // Chai's assertions are property reads.
    files: ["test/**/*.ts"],
    rules: { "@typescript-eslint/no-unused-expressions": "off", "@typescript-eslint/no-non-null-assertion": "off" },
  },
);
