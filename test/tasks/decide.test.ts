import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import { createHardhatRuntimeEnvironment } from "hardhat/hre";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { after, before, describe, it } from "mocha";

import userConfig from "../../hardhat.config.ts";
import { errorOf, hardhat, root, runTask } from "../support/command.ts";

const cases = join(root, "examples/cases.json");
const ontology = join(root, "examples/ontology.json");

const ANSWERS = [
  { id: "a disease below the one agreed to, by a not-for-profit", decision: "APPROVE", reasons: [] },
  { id: "the same, after the withdrawal", decision: "DENY", reasons: ["consent:STATE_WITHDRAWN"] },
  {
    id: "each party alone, the worst answer wins",
    decision: "MANUAL",
    reasons: ["dataset:IRB_UNATTESTED"],
  },
];

describe("decide", () => {
  let hre: HardhatRuntimeEnvironment;
  let directory: string;

  before(async () => {
    hre = await createHardhatRuntimeEnvironment(userConfig, {}, root);
    directory = mkdtempSync(join(tmpdir(), "concord-decide-"));
  });

  after(() => rmSync(directory, { recursive: true, force: true }));

  const answersOf = (stdout: string): unknown[] =>
    stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as unknown);
  const decide = async (given: object) => await runTask(hre, "decide", { json: false, noCompile: true, ...given });
  const write = (name: string, value: unknown): string => {
    const file = join(directory, name);
    writeFileSync(file, typeof value === "string" ? value : JSON.stringify(value));
    return file;
  };

  it("gives one line of JSON a case, the same from both engines", async () => {
    const model = await decide({ file: cases, engine: "typescript", ontology });
    expect(model).to.include({ code: 0, stderr: "" });
    expect(answersOf(model.stdout)).to.deep.equal(ANSWERS);
    const contract = await decide({ file: cases, engine: "solidity", ontology });
    expect(contract.stdout).to.equal(model.stdout);
    expect(contract.stderr).to.match(/Decided 3 of 3 cases\n$/);
  });

  it("has no proof of anything without an ontology", async () => {
    for (const engine of ["typescript", "solidity"]) {
      const { stdout } = await decide({ file: cases, engine });
      expect(answersOf(stdout)[0]).to.deep.include({ decision: "DENY", reasons: ["consent:UNPROVEN"] });
    }
  });

  it("asks the contract in pages, and keeps the order", async () => {
    const one = (JSON.parse(readFileSync(cases, "utf8")) as object[])[1];
    const many = write(
      "many.json",
      Array.from({ length: 25 }, (_, i) => ({ ...one, id: `case ${i}` })),
    );
    const { stdout } = await decide({ file: many, engine: "solidity" });
    expect(answersOf(stdout).map((answer) => (answer as { id: string }).id)).to.deep.equal(
      Array.from({ length: 25 }, (_, i) => `case ${i}`),
    );
    const none = await decide({ file: write("none.json", []), engine: "solidity" });
    expect(none).to.include({ code: 0, stdout: "" });
  });

  it("names the file and the place of a mistake", async () => {
    const file = write("wrong.json", [{ id: "a", consent: { permissions: ["XYZ"] }, purpose: { kinds: ["GRU"] } }]);
    const refused = await decide({ file, engine: "typescript" });
    expect(refused).to.include({ code: 1, stdout: "" });
    expect(refused.stderr).to.contain(`${file}: $[0].consent.permissions[0]: is "XYZ"`);
    const reported = errorOf(await decide({ file, engine: "solidity", json: true }));
    expect(reported).to.deep.include({
      name: "DataUseUnknownBits",
      args: { file, path: "$[0].consent.permissions[0]" },
    });
  });

  it("refuses files that are no JSON, no cases, and no ontology", async () => {
    const refused = async (given: object) => errorOf(await decide({ engine: "typescript", json: true, ...given }));
    expect(await refused({ file: write("text.json", "cases") })).to.include({ name: "JsonFileError" });
    expect(await refused({ file: join(directory, "missing.json") })).to.include({ name: "JsonFileError" });
    expect((await refused({ file: ontology })).args).to.include({ path: "$" });
    expect(await refused({ file: cases, ontology: cases })).to.include({ name: "OntologyError" });
    const uses = write("duo.json", [{ id: "DUO:0000007", label: "disease specific research", parents: [] }]);
    expect(await refused({ file: cases, ontology: uses })).to.include({ name: "DiseaseOntologyError" });
  });

  it("knows two engines", async () => {
    for (const engine of ["vyper", "toString", ""]) {
      const refused = errorOf(await decide({ file: cases, engine, json: true }));
      expect(refused).to.deep.include({ name: "ArgumentInvalid", args: { argument: "engine", engine } });
      expect(refused.fix).to.contain("typescript, solidity");
    }
  });

  it("keeps stdout for the answers as a command, and ends with 1 where it refuses", async () => {
    const done = await hardhat(["decide", cases, "--no-compile", "--engine", "solidity", "--ontology", ontology]);
    expect(done.code, done.stderr).to.equal(0);
    expect(answersOf(done.stdout)).to.deep.equal(ANSWERS);
    expect(done.stderr).to.contain("Decided 3 of 3 cases");
    const refused = await hardhat(["decide", cases, "--engine", "vyper", "--json"]);
    expect(refused.code).to.equal(1);
    expect(JSON.parse(refused.stdout)).to.have.nested.property("error.name", "ArgumentInvalid");
  });
});
