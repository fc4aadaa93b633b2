import { utimesSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { describe, it } from "mocha";

import { compilerWarnings } from "../../../scripts/check/warnings.ts";
import { makeTree } from "../temporary.ts";

const warning = (file: string, message: string) => ({
  severity: "warning",
  message,
  formattedMessage: `Warning: ${message}\n --> ${file}`,
  sourceLocation: { file },
});

/** A tree with the sources given and one build output for each build, the first the oldest. */
function built(
  sources: Record<string, string>,
  ...builds: { sources: Record<string, string>; errors?: object[] }[]
): string {
  const infos = builds.flatMap(({ sources: compiled, errors }, index) => {
    const entries = Object.entries(compiled).map(([name, content]) => [name, { content }]);
    const info = { input: { sources: Object.fromEntries(entries) as object } };
    return [
      [`artifacts/build-info/${index}.json`, JSON.stringify(info)],
      [`artifacts/build-info/${index}.output.json`, JSON.stringify({ output: { errors } })],
    ];
  });
  const root = makeTree({ ...sources, ...(Object.fromEntries(infos) as Record<string, string>) });
  builds.forEach((_, index) => utimesSync(join(root, `artifacts/build-info/${index}.json`), index, index));
  return root;
}

describe("compilerWarnings", () => {
  const own = "project/contracts/A.sol";
  const test = "project/test/T.t.sol";
  const npm = "npm/@openzeppelin/contracts@5.7.0/B.sol";

  const clean = built({ "contracts/A.sol": "a" }, { sources: { [own]: "a" } });
  const warned = built(
    { "contracts/A.sol": "a", "test/T.t.sol": "t" },
    {
      sources: { [own]: "a", [test]: "t", [npm]: "b" },
      errors: [
        warning(own, "unused"),
        warning(test, "shadowed"),
        { ...warning(test, "code too large"), errorCode: "5574" },
        { ...warning(test, "initcode too large"), errorCode: "3860" },
        { ...warning(own, "code too large"), errorCode: "5574" },
        warning(npm, "theirs"),
        { severity: "info", message: "noted" },
      ],
    },
  );
  const mended = built(
    { "contracts/A.sol": "mended", "contracts/B.sol": "b" },
    { sources: { [own]: "a", "project/contracts/B.sol": "b" }, errors: [warning(own, "unused")] },
    { sources: { [own]: "mended" } },
  );
  const rebuilt = built(
    { "contracts/A.sol": "a" },
    { sources: { [own]: "a" }, errors: [warning(own, "gone with other settings")] },
    { sources: { [own]: "a" } },
  );
  const stale = built({ "contracts/A.sol": "changed" }, { sources: { [own]: "a" } });

  it("finds none in a clean build", () => {
    expect(compilerWarnings(clean)).to.deep.equal([]);
  });

  it("finds those about contracts and tests, and leaves out packages and code sizes", () => {
    expect(compilerWarnings(warned)).to.deep.equal([`Warning: unused\n --> ${own}`, `Warning: shadowed\n --> ${test}`]);
  });

  it("finds those of tests, which are built apart", () => {
    const root = makeTree({
      "test/T.t.sol": "t",
      "cache/test-artifacts/build-info/0.json": JSON.stringify({ input: { sources: { [test]: { content: "t" } } } }),
      "cache/test-artifacts/build-info/0.output.json": JSON.stringify({
        output: { errors: [warning(test, "unused")] },
      }),
    });
    expect(compilerWarnings(root)).to.deep.equal([`Warning: unused\n --> ${test}`]);
  });

  it("forgets a warning that a later build no longer has", () => {
    expect(compilerWarnings(mended)).to.deep.equal([]);
    expect(compilerWarnings(rebuilt)).to.deep.equal([]);
  });

  it("refuses to judge a source that was not compiled as it stands", () => {
    expect(() => compilerWarnings(stale)).to.throw("Not compiled as they now stand: contracts/A.sol.");
  });
});
