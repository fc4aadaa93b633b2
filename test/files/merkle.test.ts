import { SimpleMerkleTree, StandardMerkleTree } from "@openzeppelin/merkle-tree";
import { expect } from "chai";
import { describe, it } from "mocha";
import { type Hex, hexToBytes, keccak256, toBytes } from "viem";

import { EMPTY_ROOT, MerkleError, MerkleTree } from "../../src/files/merkle.ts";

const words = (count: number): Hex[] => Array.from({ length: count }, (_, i) => keccak256(toBytes(`leaf ${i}`)));

function treeOf(leaves: readonly Hex[]): MerkleTree {
  return MerkleTree.of(
    leaves.length,
    leaves.map((leaf) => hexToBytes(leaf)),
  );
}

describe("MerkleTree", () => {
  it("has the root and the proofs of OpenZeppelin's standard tree, whatever the number of leaves", () => {
    for (let count = 1; count <= 40; count++) {
      const leaves = words(count);
      const tree = treeOf(leaves);
      const standard = StandardMerkleTree.of(
        leaves.map((leaf) => [leaf]),
        ["bytes32"],
      );
      expect(tree.size).to.equal(count);
      expect(tree.root, `${count} leaves`).to.equal(standard.root);
      for (const leaf of leaves) expect(tree.prove(hexToBytes(leaf))).to.deep.equal(standard.getProof([leaf]));
    }
  });

  it("has 32 zero bytes as its root when there are no leaves", () => {
    expect(treeOf([]).root).to.equal(EMPTY_ROOT);
    expect(EMPTY_ROOT).to.equal(`0x${"0".repeat(64)}`);
  });

  it("takes equal leaves, as OpenZeppelin's tree does", () => {
    const [leaf] = words(1) as [Hex];
    const tree = treeOf([leaf, leaf, leaf]);
    expect(tree.root).to.equal(StandardMerkleTree.of([[leaf], [leaf], [leaf]], ["bytes32"]).root);
    expect(StandardMerkleTree.verify(tree.root, ["bytes32"], [leaf], tree.prove(toBytes(leaf)))).to.equal(true);
  });

  it("refuses to prove what is no leaf, an inner node too", () => {
    const leaves = words(4);
    const [leaf] = leaves as [Hex];
    const tree = treeOf(leaves);
    expect(() => tree.prove(toBytes(tree.root))).to.throw(MerkleError, "no such leaf");
    expect(() => treeOf([]).prove(toBytes(leaf))).to.throw(MerkleError, "no such leaf");
    expect(SimpleMerkleTree.verify(tree.root, leaf, tree.prove(toBytes(leaf)))).to.equal(false);
  });
});
