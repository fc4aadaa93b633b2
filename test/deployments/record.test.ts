import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { describe, it } from "mocha";

import {
  contractKeys,
  contractNames,
  DeploymentRecordError,
  deploymentRecordSchema,
  parseDeploymentRecord,
} from "../../src/deployments/index.ts";
import { sampleRecord } from "../support/deployments.ts";

const docs = join(import.meta.dirname, "../../docs");

/** Sets a value at a path of a copy of the sample; `undefined` removes the field. */
function changed(path: readonly string[], value: unknown): unknown {
  const copy = structuredClone(sampleRecord()) as unknown as Record<string, unknown>;
  let target = copy;
  for (const key of path.slice(0, -1)) target = target[key] as Record<string, unknown>;
  const last = path.at(-1)!;
  if (value === undefined) Reflect.deleteProperty(target, last);
  else Object.defineProperty(target, last, { value, enumerable: true, configurable: true });
  return copy;
}

function refusal(value: unknown): DeploymentRecordError {
  try {
    parseDeploymentRecord(value);
  } catch (error) {
    expect(error).to.be.instanceOf(DeploymentRecordError);
    return error as DeploymentRecordError;
  }
  throw new Error("The value was taken for a deployment record.");
}

describe("parseDeploymentRecord", () => {
  it("takes a record, and the same after a round through JSON", () => {
    expect(parseDeploymentRecord(sampleRecord())).to.deep.equal(sampleRecord());
    expect(parseDeploymentRecord(JSON.parse(JSON.stringify(sampleRecord())))).to.deep.equal(sampleRecord());
  });

  const hostile: readonly [string, unknown, string][] = [
    ["nothing", undefined, "$"],
    ["null", null, "$"],
    ["a list", [], "$"],
    ["a string", "concord", "$"],
    ["an empty object", {}, "$.format"],
    ["a format that is text", changed(["format"], "1"), "$.format"],
    ["a missing field", changed(["chainId"], undefined), "$.chainId"],
    ["an unknown field", changed(["surprise"], 1), '$["surprise"]'],
    ["a field named __proto__", changed(["__proto__"], { chainId: 1 }), '$["__proto__"]'],
    ["a chain id of zero", changed(["chainId"], 0), "$.chainId"],
    ["a chain id as text", changed(["chainId"], "1337"), "$.chainId"],
    ["a fractional block", changed(["startBlock"], 7.5), "$.startBlock"],
    [
      "a number beyond exactness",
      changed(["contracts", "auditLog", "startBlock"], 2 ** 53),
      "$.contracts.auditLog.startBlock",
    ],
    ["not a number", changed(["chainId"], Number.NaN), "$.chainId"],
    ["an unknown fork", changed(["fork"], "london"), "$.fork"],
    ["a version that is none", changed(["suiteVersion"], "latest"), "$.suiteVersion"],
    ["an empty network", changed(["network"], ""), "$.network"],
    ["a short hash", changed(["genesisHash"], "0x12"), "$.genesisHash"],
    ["the zero address", changed(["parameters", "governance"], `0x${"0".repeat(40)}`), "$.parameters.governance"],
    [
      "an address with a line break",
      changed(["parameters", "governance"], `0x${"1".repeat(40)}\n`),
      "$.parameters.governance",
    ],
    ["a delay that does not fit", changed(["parameters", "executionDelay"], 2 ** 32), "$.parameters.executionDelay"],
    ["a missing contract", changed(["contracts", "auditLog"], undefined), "$.contracts.auditLog"],
    ["an unknown contract", changed(["contracts", "other"], {}), '$.contracts["other"]'],
    [
      "a contract of another name",
      changed(["contracts", "auditLog", "name"], "ConcordLens"),
      "$.contracts.auditLog.name",
    ],
    [
      "a number among constructor arguments",
      changed(["contracts", "auditLog", "constructorArguments"], ["a", ["b", [5]]]),
      "$.contracts.auditLog.constructorArguments[1][1][0]",
    ],
    ["another first block", changed(["startBlock"], 6), "$.startBlock"],
    [
      "one address for two contracts",
      changed(["contracts", "concordLens", "address"], sampleRecord().contracts.auditLog.address),
      "$.contracts.concordLens.address",
    ],
  ];
  for (const [what, value, path] of hostile) {
    it(`refuses ${what}`, () => {
      const error = refusal(value);
      expect(error).to.include({ name: "DeploymentRecordInvalid", path });
      expect(error.message.startsWith(`${path} `)).to.be.true;
      expect(error.fix).to.contain("hardhat system export");
    });
  }

  it("refuses lists without end", () => {
    let deep: unknown = "x";
    for (let i = 0; i < 100_000; i++) deep = [deep];
    expect(refusal(changed(["contracts", "auditLog", "constructorArguments"], [deep])).message).to.contain(
      "too deeply",
    );
  });

  it("shows a hostile value in one short line", () => {
    const { message } = refusal(changed(["network"], { toString: () => "x" }));
    expect(message).to.equal("$.network is an object, not a string");
    expect(refusal(changed(["fork"], `${"\n".repeat(1000)}`)).message.split("\n")).to.have.length(1);
  });

  it("names another format as such", () => {
    expect(refusal(changed(["format"], 2))).to.include({ name: "DeploymentRecordFormatUnknown", path: "$.format" });
  });
});

describe("deploymentRecordSchema", () => {
  it("is the published schema", () => {
    const published = readFileSync(join(docs, "schemas/deployment-record.schema.json"), "utf8");
    expect(JSON.parse(published)).to.deep.equal(JSON.parse(JSON.stringify(deploymentRecordSchema)));
  });

  it("takes the sample of docs/deployment-record.md", () => {
    const page = readFileSync(join(docs, "deployment-record.md"), "utf8");
    const [, sample = ""] = /```json\n(\{\n {2}"format"[\s\S]*?)```/.exec(page) ?? [];
    expect(parseDeploymentRecord(JSON.parse(sample)).contracts).to.have.all.keys(contractKeys);
  });

  it("knows every contract by its source's name, a standard's number left out", () => {
    for (const key of contractKeys) {
      const name = contractNames[key].replace(/^ERC\d+/, "");
      expect(name.toLowerCase()).to.equal(key.toLowerCase());
    }
  });
});
