import { expect } from "chai";
import { describe, it } from "mocha";

import { declarationsOf, expects, findUnnamedDeclarations, raises } from "../../../scripts/check/namedInTests.ts";
import { makeTree } from "../temporary.ts";

describe("Errors and events named in tests", () => {
  it("finds declarations with their lines", () => {
    const code = "error Refused(uint256 a);\ninterface I {\n    event Opened(\n        bytes32 id\n    );\n}\n";
    expect(declarationsOf(code)).to.deep.equal([
      { kind: "error", name: "Refused", line: 1 },
      { kind: "event", name: "Opened", line: 3 },
    ]);
  });

  it("tells what a contract raises", () => {
    expect(raises("if (a) revert I.Refused(1);", { kind: "error", name: "Refused" })).to.equal(true);
    expect(raises("if (a) revert Refused2();", { kind: "error", name: "Refused" })).to.equal(false);
    expect(raises("emit Opened(id);", { kind: "event", name: "Opened" })).to.equal(true);
    expect(raises("emit Opened(id);", { kind: "error", name: "Opened" })).to.equal(false);
  });

  const refused = { kind: "error", name: "Refused" } as const;
  const expectations: [string, boolean][] = [
    ["VM.expectRevert(I.Refused.selector);", true],
    ["VM.expectRevert(\n    abi.encodeWithSelector(\n        I.Refused.selector,\n        1\n    )\n);", true],
    ["VM.assertEq(bytes32(bytes4(reason)), bytes32(Refused.selector));", true],
    ["VM.expectRevert(I.NotRefused.selector);", false],
    ["VM.expectRevert(I.RefusedTwice.selector);", false],
    ["if (bytes4(reason) == I.Refused.selector) return;", false],
    ["VM.assertEq(a, b); if (bytes4(reason) == I.Refused.selector) return;", false],
  ];
  for (const [code, isExpected] of expectations) {
    it(`${isExpected ? "accepts" : "does not accept"} as an expected error: ${code.replace(/\s+/g, " ")}`, () => {
      expect(expects(code, refused)).to.equal(isExpected);
    });
  }

  it("takes an emitted event for expected in the function that says expectEmit, and in no other", () => {
    const opened = { kind: "event", name: "Opened" } as const;
    expect(expects("VM.expectEmit(address(c));\nemit I.Opened(id);", opened)).to.equal(true);
    expect(expects("emit I.Opened(id);", opened)).to.equal(false);
    expect(expects("VM.expectEmit(address(c)); emit I.Shut(id); } function f() { emit I.Opened(id);", opened)).to.equal(
      false,
    );
  });

  const root = makeTree({
    "contracts/a/IA.sol": "error Named();\nerror Unnamed();\nerror Idle();\nevent Done();\nevent Unlocked();\n",
    "contracts/a/A.sol": "revert Named(); revert Unnamed(); emit Done(); // revert Idle();\n",
    "contracts/mocks/M.sol": "error Double(); revert Double();\n",
    "test/a/A.t.sol": "VM.expectRevert(Named.selector); // VM.expectRevert(Unnamed.selector);\n",
  });

  it("lists what no test expects and what nothing raises, doubles and comments left out", () => {
    expect(findUnnamedDeclarations(root)).to.deep.equal([
      { file: "contracts/a/IA.sol", line: 2, reason: "no Solidity test expects the error Unnamed" },
      { file: "contracts/a/IA.sol", line: 3, reason: "nothing raises the error Idle" },
      { file: "contracts/a/IA.sol", line: 4, reason: "no Solidity test expects the event Done" },
    ]);
  });
});
