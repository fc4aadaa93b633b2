import { expect } from "chai";
import { describe, it } from "mocha";

import { projectOf, reachableFrom, type SolcOutput } from "../../../scripts/mutate/sources.ts";

const tree = (...imports: string[]) => ({
  ast: {
    nodeType: "SourceUnit",
    nodes: imports.map((absolutePath) => ({ nodeType: "ImportDirective", absolutePath })),
  },
});
const part = (sources: SolcOutput["sources"], settings: object) => ({
  input: {
    language: "Solidity",
    sources: Object.fromEntries(Object.keys(sources).map((source) => [source, { content: source }])),
    settings: { ...settings },
  },
  output: { sources },
});

describe("The sources of a build", () => {
  const all = () => true;
  const project = projectOf(
    [
      part({ A: tree("B"), B: tree("C", "B") }, { viaIR: true, remappings: ["x=y"], evmVersion: "cancun" }),
      part({ C: tree(), D: tree("A") }, { remappings: ["x=y", "u=v"] }),
    ],
    all,
  );

  it("are those of all its parts, compiled with the same settings but for the intermediate representation", () => {
    expect([...project.contents.keys()]).to.deep.equal(["A", "B", "C", "D"]);
    expect(project.settings).to.deep.equal({ viaIR: false, remappings: ["x=y", "u=v"], evmVersion: "cancun" });
  });

  it("are as they stand now, in whatever part: an earlier one may have what has changed since", () => {
    const now = part({ A: tree("B"), B: tree() }, {});
    const before = part({ A: tree("C") }, {});
    const stale = { ...before, input: { ...before.input, sources: { A: { content: "A as it was" } } } };
    for (const parts of [
      [now, stale],
      [stale, now],
    ]) {
      const current = projectOf(parts, (source, content) => content === source);
      expect(current.contents.get("A")).to.equal("A");
      expect(reachableFrom(["A"], current.trees)).to.deep.equal(["A", "B"]);
    }
  });

  it("are reached by imports, of whatever part", () => {
    expect(reachableFrom(["B"], project.trees)).to.deep.equal(["B", "C"]);
    expect(reachableFrom(["D", "C"], project.trees)).to.deep.equal(["A", "B", "C", "D"]);
  });
});
