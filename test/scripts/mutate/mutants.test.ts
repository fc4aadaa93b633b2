import { expect } from "chai";
import { before, describe, it } from "mocha";
import solc from "solc";

import type { AstNode } from "../../../scripts/mutate/ast.ts";
import { applyMutant, enumsOf, mutantsOf, type Mutant } from "../../../scripts/mutate/mutants.ts";

const CONTENT = `// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

/// @notice Text – of more bytes than letters – before what is changed.
contract C {
    enum State { None, Open, Shut }
    error Refused(uint256 given, uint256 needed);
    event Moved(uint256 from, uint256 to);
    uint256 private constant WEEK = 7 days;
    bytes32 private constant TYPEHASH = keccak256("Move(uint256 to)");
    State private state = State.Open;
    uint256 private place;
    modifier open() { if (state != State.Open) revert Refused(0, 1); _; }

    function move(uint256 from, uint256 to) external open returns (bool) {
        if (to < from && !false) revert Refused(to, from);
        if (to == 0) return false;
        place = to + (from << 1);
        place |= 0xff;
        emit Moved(from, to);
        assembly { to := and(to, gt(from, 32)) }
        return true;
    }
}
`;

interface Output {
  readonly errors?: readonly { readonly severity: string; readonly message: string }[];
  readonly sources: Readonly<Record<string, { readonly ast: AstNode }>>;
}

function compile(content: string): Output {
  const settings = { outputSelection: { "*": { "": ["ast"] } } };
  const input = { language: "Solidity", sources: { "C.sol": { content } }, settings };
  return JSON.parse(solc.compile(JSON.stringify(input)) as string) as Output;
}

describe("mutantsOf", () => {
  let mutants: Mutant[];

  before(() => {
    const ast = compile(CONTENT).sources["C.sol"]!.ast;
    mutants = mutantsOf("C.sol", CONTENT, ast, new Map(enumsOf(ast)));
  });

  const made = (operator: string): string[] =>
    mutants
      .filter((mutant) => mutant.operator === operator)
      .map((mutant) => `${mutant.original} → ${mutant.replacement}`);

  const expected: Readonly<Record<string, string[]>> = {
    arithmetic: ["to + (from << 1) → (to - (from << 1))"],
    assembly: ["and → or", "gt → lt", "32 → 33", "32 → 31"],
    bits: ["from << 1 → (from >> 1)", "place |= 0xff → place &= 0xff"],
    boolean: [
      "to < from && !false → ((to < from) || !false)",
      "to < from && !false → to < from",
      "to < from && !false → !false",
      "!false → false",
    ],
    comparison: [
      "state != State.Open → (state == State.Open)",
      "to < from → (to <= from)",
      "to < from → (to >= from)",
      "to == 0 → (to != 0)",
    ],
    condition: [
      "state != State.Open → !(state != State.Open)",
      "to < from && !false → !(to < from && !false)",
      "to == 0 → !(to == 0)",
    ],
    constant: [
      "7 days → 8 days",
      "7 days → 6 days",
      '"Move(uint256 to)" → "Move(uint256 to) "',
      "0 → 1",
      "1 → 2",
      "1 → 0",
      "false → true",
      "0 → 1",
      "false → true",
      "1 → 2",
      "1 → 0",
      "0xff → 256",
      "0xff → 254",
      "true → false",
    ],
    "enum member": ["State.Open → C.State.Shut", "State.Open → C.State.Shut"],
    modifier: ["open → "],
    revert: [
      "if (state != State.Open) revert Refused(0, 1); → {}",
      "if (to < from && !false) revert Refused(to, from); → {}",
    ],
    statement: [
      "if (to == 0) return false; → {}",
      "place = to + (from << 1); → {}",
      "place |= 0xff; → {}",
      "emit Moved(from, to); → {}",
    ],
    swap: ["to, from → from, to", "from, to → to, from"],
  };
  for (const [operator, texts] of Object.entries(expected)) {
    it(`makes the mistakes of the kind "${operator}"`, () => {
      expect(made(operator)).to.have.members(texts);
    });
  }

  it("makes no other mistakes, and each one once", () => {
    expect(mutants).to.have.lengthOf(Object.values(expected).flat().length);
    expect(new Set(mutants.map(({ start, end, replacement }) => `${start} ${end} ${replacement}`)).size).to.equal(
      mutants.length,
    );
  });

  it("says the line and what stands on it", () => {
    const [moved] = mutants.filter(({ original }) => original === "emit Moved(from, to);");
    expect(moved).to.include({
      source: "C.sol",
      line: 20,
      function: "move",
      code: "emit Moved(from, to);",
      mutated: "{}",
    });
  });

  it("makes sources that compile", () => {
    for (const mutant of mutants.filter(({ operator }) => operator !== "constant")) {
      const errors = (compile(applyMutant(CONTENT, mutant)).errors ?? []).filter(
        ({ severity }) => severity === "error",
      );
      expect(errors, `${mutant.original} → ${mutant.replacement}`).to.deep.equal([]);
    }
  });
});
