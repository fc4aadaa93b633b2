import { expect } from "chai";
import fc from "fast-check";
import { describe, it } from "mocha";
import { type Hex, keccak256, toHex, toRlp } from "viem";

import { TrieError, TrieNodes } from "../../src/sdk/internal/trie.ts";

interface Built {
  /** How a parent refers to it: its hash, or itself where it is shorter. */
  readonly reference: Hex | Part[];
  readonly nodes: readonly Hex[];
}
type Part = Hex | Part[];

/** Writes down a part of a path: with a flag for a leaf, and a padding digit where the part is even. */
function hexPrefix(nibbles: string, isLeaf: boolean): Hex {
  const flag = (isLeaf ? 2 : 0) + (nibbles.length % 2);
  return `0x${flag}${nibbles.length % 2 === 0 ? "0" : ""}${nibbles}`;
}

function nodeOf(parts: Part[], children: readonly Hex[]): Built {
  const encoded = toRlp(parts as Hex[]);
  return encoded.length < 2 + 64
    ? { reference: parts, nodes: children }
    : { reference: keccak256(encoded), nodes: [encoded, ...children] };
}

/** A trie of some values by their paths, straight from the Yellow Paper's definition. */
function build(values: readonly (readonly [path: string, value: Hex])[]): Built {
  const [[first, value] = ["", "0x"] as const, ...rest] = values;
  if (rest.length === 0) return nodeOf([hexPrefix(first, true), toRlp(value)], []);
  let shared = 0;
  while (rest.every(([path]) => path.charAt(shared) === first.charAt(shared))) shared += 1;
  if (shared > 0) {
    const { reference, nodes } = build(values.map(([path, item]) => [path.slice(shared), item]));
    return nodeOf([hexPrefix(first.slice(0, shared), false), reference], nodes);
  }
  const children = [..."0123456789abcdef"].map((digit) => {
    const below = values.filter(([path]) => path.startsWith(digit));
    return below.length === 0 ? undefined : build(below.map(([path, item]) => [path.slice(1), item]));
  });
  const parts = children.map((child): Part => child?.reference ?? "0x");
  return nodeOf(
    [...parts, "0x"],
    children.flatMap((child) => child?.nodes ?? []),
  );
}

function rootOf({ reference, nodes }: Built): Hex {
  return typeof reference === "string" ? reference : keccak256(nodes[0] ?? toRlp(reference as Hex[]));
}

const keys = fc.uniqueArray(fc.nat(10_000), { minLength: 1, maxLength: 60 });
const valueOf = (number: number): Hex => toHex(number + 1, { size: 2 });
const bytes32 = (number: number): Hex => toHex(number, { size: 32 });

describe("TrieNodes", () => {
  it("reads what a trie holds, and that it does not hold what it does not", () => {
    fc.assert(
      fc.property(keys, fc.nat(10_000), (numbers, absent) => {
        const values = numbers.map((number) => [keccak256(bytes32(number)).slice(2), valueOf(number)] as const);
        const built = build(values);
        const nodes = new TrieNodes();
        for (const node of built.nodes) expect(nodes.add(node)).to.be.true;
        for (const number of numbers) expect(nodes.read(rootOf(built), bytes32(number))).to.equal(valueOf(number));
        if (!numbers.includes(absent)) expect(nodes.read(rootOf(built), bytes32(absent))).to.equal(undefined);
        expect(nodes.used).to.have.members(built.nodes);
      }),
    );
  });

  it("says that a node is missing, whichever is", () => {
    fc.assert(
      fc.property(keys, fc.nat(), (numbers, choice) => {
        const [wanted = 0] = numbers;
        const built = build(numbers.map((number) => [keccak256(bytes32(number)).slice(2), valueOf(number)]));
        const all = new TrieNodes();
        for (const node of built.nodes) all.add(node);
        all.read(rootOf(built), bytes32(wanted));
        const without = new TrieNodes();
        for (const node of all.used.toSpliced(choice % all.used.length, 1)) without.add(node);
        expect(() => without.read(rootOf(built), bytes32(wanted))).to.throw(TrieError, "is missing");
      }),
    );
  });

  it("finds nothing in an empty trie, whose root needs no node", () => {
    expect(new TrieNodes().read(keccak256("0x80"), bytes32(1))).to.equal(undefined);
  });

  it("refuses nodes that are none", () => {
    const path = keccak256(bytes32(1)).slice(2);
    const forged: readonly Part[] = [
      "0x01",
      [],
      ["0x20"],
      [hexPrefix(path, true), []],
      [hexPrefix("", false), []],
      ["0x40", "0x01"],
      ["0x", "0x01"],
      [[], "0x01"],
      ["0x20", "0x01", "0x02"],
      [hexPrefix(path, false), bytes32(5)],
    ];
    for (const parts of forged) {
      const node = toRlp(parts as Hex);
      const nodes = new TrieNodes();
      nodes.add(node);
      expect(() => nodes.read(keccak256(node), bytes32(1)), node).to.throw(TrieError);
    }
  });
});
