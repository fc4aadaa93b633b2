import { expect } from "chai";
import { describe, it } from "mocha";

import {
  findSolidityImportViolations,
  importsOf,
  solidityImportObjection,
} from "../../../scripts/check/solidityImports.ts";
import { makeTree } from "../temporary.ts";

describe("Solidity imports", () => {
  describe("importsOf", () => {
    it("finds every form of import, with its line, and none in comments", () => {
      const source = [
        'import "./A.sol";',
        "// import './B.sol';",
        "import {",
        "    C as D",
        "} from './C.sol';",
        "/* import './E.sol'; */",
        'import * as F from "../F.sol";',
        'string constant G = "// no comment"; import "./G.sol";',
      ].join("\n");
      expect(importsOf(source)).to.deep.equal([
        { path: "./A.sol", line: 1 },
        { path: "./C.sol", line: 3 },
        { path: "../F.sol", line: 7 },
        { path: "./G.sol", line: 8 },
      ]);
    });
  });

  describe("solidityImportObjection", () => {
    const allowed: [string, string][] = [
      ["contracts/types/Consent.sol", "./Ids.sol"],
      ["contracts/libraries/Words.sol", "../types/Ids.sol"],
      ["contracts/libraries/Words.sol", "@openzeppelin/contracts/utils/math/Math.sol"],
      ["contracts/identity/InstitutionRegistry.sol", "../access/Roles.sol"],
      ["contracts/identity/InstitutionRegistry.sol", "../dataset/IDatasetRegistry.sol"],
      ["contracts/identity/InstitutionRegistry.sol", "./IInstitutionRegistry.sol"],
      ["contracts/consent/TermsRegistry.sol", "../dataset/OntologyRegistry.sol"],
      ["contracts/lens/ConcordLens.sol", "../audit/AuditLog.sol"],
      ["contracts/mocks/Adversary.sol", "../lens/ConcordLens.sol"],
      ["contracts/consent/ConsentRegistry.t.sol", "../mocks/Adversary.sol"],
      ["test/consent/ConsentRegistry.t.sol", "../../contracts/mocks/Adversary.sol"],
    ];
    for (const [file, path] of allowed) {
      it(`lets ${file} import ${path}`, () => {
        expect(solidityImportObjection(file, path)).to.equal(undefined);
      });
    }

    const refused: [string, string, string][] = [
      ["contracts/types/Ids.sol", "@openzeppelin/contracts/utils/math/Math.sol", "types/ imports nothing"],
      ["contracts/types/Ids.sol", "../libraries/Words.sol", "libraries/ is above types/"],
      ["contracts/identity/InstitutionRegistry.sol", "../dataset/DatasetRegistry.sol", "meet through interfaces only"],
      ["contracts/identity/InstitutionRegistry.sol", "../dataset/Ids.sol", "meet through interfaces only"],
      ["contracts/access/Roles.sol", "../identity/IInstitutionRegistry.sol", "identity/ is above access/"],
      ["contracts/consent/ConsentRegistry.sol", "../licence/LicenceRegistry.sol", "licence/ is above consent/"],
      ["contracts/consent/ConsentRegistry.sol", "../licence/ILicenceRegistry.sol", "licence/ is above consent/"],
      ["contracts/governance/Council.sol", "../lens/ConcordLens.sol", "lens/ is above governance/"],
      ["contracts/consent/ConsentRegistry.sol", "../mocks/Adversary.sol", "nobody imports mocks"],
      ["contracts/consent/ConsentRegistry.sol", "./ConsentRegistry.t.sol", "nobody imports tests"],
      ["contracts/mocks/Adversary.sol", "../../test/Helper.sol", "nothing outside contracts/"],
      ["contracts/consent/ConsentRegistry.sol", "contracts/types/Ids.sol", "only relative paths"],
      ["contracts/consent/ConsentRegistry.sol", "hardhat/console.sol", "only relative paths"],
      ["contracts/bridge/Bridge.sol", "../types/Ids.sol", "bridge/ is no known folder"],
      ["contracts/consent/ConsentRegistry.sol", "../bridge/IBridge.sol", "bridge/ is no known folder"],
    ];
    for (const [file, path, reason] of refused) {
      it(`refuses ${path} in ${file}`, () => {
        expect(solidityImportObjection(file, path)).to.include(reason);
      });
    }
  });

  describe("findSolidityImportViolations", () => {
    const root = makeTree({
      "contracts/types/Ids.sol": "type Id is bytes32;\n",
      "contracts/libraries/Words.sol": 'import {Id} from "../types/Ids.sol";\n',
      "contracts/access/Roles.sol": '\nimport {Id} from "../types/Ids.sol";\nimport {C} from "../consent/C.sol";\n',
      "contracts/consent/C.sol": 'import {Roles} from "../access/Roles.sol";\n',
      "contracts/consent/D.sol": 'import "../mocks/M.sol";\n',
      "contracts/mocks/M.sol": "contract M {}\n",
    });

    it("lists each violation of a tree with its file and line", () => {
      expect(findSolidityImportViolations(root)).to.deep.equal([
        { file: "contracts/access/Roles.sol", line: 3, reason: "../consent/C.sol: consent/ is above access/" },
        { file: "contracts/consent/D.sol", line: 1, reason: "../mocks/M.sol: nobody imports mocks" },
      ]);
    });
  });
});
