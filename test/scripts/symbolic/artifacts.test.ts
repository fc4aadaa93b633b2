import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { describe, it } from "mocha";

import { writeForgeArtifacts } from "../../../scripts/symbolic/artifacts.ts";
import { makeTree } from "../temporary.ts";

const SOURCE = "contracts/consent/Registry.sol";

describe("writeForgeArtifacts", () => {
  const input = `project/${SOURCE}`;
  const artifact = (contractName: string): string =>
    JSON.stringify({ contractName, inputSourceName: input, buildInfoId: "build" });
  const evm = (object: string): object => ({
    bytecode: { object, linkReferences: {} },
    deployedBytecode: { object: "01", immutableReferences: {} },
    methodIdentifiers: { "f()": "26121ff0" },
  });
  const root = makeTree({
    [`${SOURCE}/Registry.json`]: artifact("Registry"),
    "contracts/consent/Other.sol/Other.json": artifact("Other"),
    "build-info/build.json": JSON.stringify({ solcLongVersion: "0.8.37+commit.1" }),
    "build-info/build.output.json": JSON.stringify({
      output: {
        sources: { [input]: { id: 7, ast: { nodeType: "SourceUnit" } } },
        contracts: { [input]: { Registry: { abi: [], evm: evm("00ff") }, Other: { abi: [], evm: evm("ff") } } },
      },
    }),
  });
  const out = join(root, "out");

  it("writes the contracts of the sources named as Foundry does", () => {
    writeForgeArtifacts(root, [SOURCE], out);
    expect(JSON.parse(readFileSync(join(out, "Registry.sol", "Registry.json"), "utf8"))).to.deep.equal({
      abi: [],
      ast: { nodeType: "SourceUnit" },
      id: 7,
      metadata: { compiler: { version: "0.8.37+commit.1" } },
      methodIdentifiers: { "f()": "26121ff0" },
      bytecode: { object: "0x00ff", linkReferences: {} },
      deployedBytecode: { object: "0x01", immutableReferences: {} },
    });
  });

  it("leaves out the contracts of other sources", () => {
    writeForgeArtifacts(root, [SOURCE], out);
    expect(existsSync(join(out, "Other.sol"))).to.equal(false);
  });
});
