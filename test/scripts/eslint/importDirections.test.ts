import { expect } from "chai";
import { Linter } from "eslint";
import { describe, it } from "mocha";

import { importDirections, importObjection } from "../../../scripts/eslint/importDirections.ts";

describe("import directions", () => {
  const allowed: [string, string][] = [
    ["src/model/index.ts", "./consent.ts"],
    ["src/sdk/grant.ts", "../model/index.ts"],
    ["src/sdk/grant.ts", "viem"],
    ["src/job/run.ts", "../sdk/index.ts"],
    ["src/job/run.ts", "../provenance/index.ts"],
    ["src/job/run.ts", "node:crypto"],
    ["src/exports/makeVisaClaims.ts", "../sdk/index.ts"],
    ["src/files/vcf.ts", "node:fs"],
    ["src/files/vcf.ts", "@gmod/vcf"],
    ["src/files/regionTable.ts", "../model/index.ts"],
    ["tasks/consent/grant.ts", "../../src/sdk/index.ts"],
    ["tasks/system/deploy.ts", "../../deploy/system.ts"],
    ["bench/gas.ts", "../deploy/system.ts"],
    ["test/deploy/system.test.ts", "../../deploy/system.ts"],
    ["test/consent/fixture.ts", "../../contracts/mocks/doubles.ts"],
    ["hardhat.config.ts", "./tasks/index.ts"],
  ];
  for (const [file, specifier] of allowed) {
    it(`lets ${file} import ${specifier}`, () => {
      expect(importObjection(file, specifier)).to.equal(undefined);
    });
  }

  const refused: [string, string, string][] = [
    ["src/model/consent.ts", "viem", "src/model imports no packages"],
    ["src/model/consent.ts", "node:crypto", "src/model runs in browsers too"],
    ["src/model/consent.ts", "../eip712/index.ts", "src/model may not import src/eip712"],
    ["src/eip712/index.ts", "viem", "src/eip712 imports no packages"],
    ["src/deployments/index.ts", "../bindings/abi.ts", "src/deployments may not import src/bindings"],
    ["src/files/vcf.ts", "../sdk/index.ts", "src/files may not import src/sdk"],
    ["src/sdk/grant.ts", "../files/index.ts", "src/sdk may not import src/files"],
    ["src/sdk/grant.ts", "fs", "src/sdk runs in browsers too"],
    ["src/sdk/grant.ts", "hardhat", "nothing in src/ imports Hardhat"],
    ["src/job/run.ts", "@nomicfoundation/hardhat-ethers", "nothing in src/ imports Hardhat"],
    ["src/job/run.ts", "../../deploy/system.ts", "src/ may not import deploy/"],
    ["src/job/run.ts", "../bindings/abi.ts", "src/job may not import src/bindings"],
    ["src/exports/makeVisaClaims.ts", "../files/index.ts", "src/exports may not import src/files"],
    ["src/exports/json.ts", "node:crypto", "src/exports runs in browsers too"],
    ["src/other/index.ts", "./a.ts", "src/other is no known folder"],
    ["tasks/index.ts", "../test/fixture.ts", "nobody imports test"],
    ["bench/gas.ts", "../contracts/mocks/doubles.ts", "nobody imports mocks"],
    ["deploy/system.ts", "../tasks/index.ts", "deploy/ may not import tasks/"],
  ];
  for (const [file, specifier, reason] of refused) {
    it(`refuses ${specifier} in ${file}`, () => {
      expect(importObjection(file, specifier)).to.include(reason);
    });
  }

  it("sees every form of import", () => {
    const code = [
      'import "viem";',
      'import { a } from "viem";',
      'export { a as b } from "viem";',
      'export * from "viem";',
      'await import("viem");',
      "export const c = 1;",
    ].join("\n");
    const messages = new Linter({ cwd: "/repository" }).verify(
      code,
      [
        {
          files: ["**/*.js"],
          plugins: { concord: { rules: { "import-directions": importDirections } } },
          rules: { "concord/import-directions": "error" },
        },
      ],
      "/repository/src/model/index.js",
    );
    expect(messages.map(({ line, message }) => `${line}: ${message}`)).to.deep.equal(
      [1, 2, 3, 4, 5].map((line) => `${line}: src/model imports no packages.`),
    );
  });
});
