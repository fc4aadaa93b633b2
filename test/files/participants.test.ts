import { StandardMerkleTree } from "@openzeppelin/merkle-tree";
import { expect } from "chai";
import { describe, it } from "mocha";
import { keccak256, toBytes } from "viem";

import { EMPTY_ROOT, type Hex, ParticipantsError, participantsTree } from "../../src/files/index.ts";

const ids = (count: number): Hex[] => Array.from({ length: count }, (_, i) => keccak256(toBytes(`participant ${i}`)));

describe("participantsTree", () => {
  it("has the root and the proofs of OpenZeppelin's standard tree, whatever the number of leaves", () => {
    for (const count of [1, 2, 3, 4, 5, 7, 8, 9, 31, 100]) {
      const list = ids(count);
      const tree = participantsTree(list);
      const standard = StandardMerkleTree.of(
        list.map((id) => [id]),
        ["bytes32"],
      );
      expect(tree.root, `${count} leaves`).to.equal(standard.root);
      expect(tree.size).to.equal(count);
      for (const id of list) {
        expect(tree.prove(id)).to.deep.equal(standard.getProof([id]));
        expect(StandardMerkleTree.verify(tree.root, ["bytes32"], [id], tree.prove(id))).to.equal(true);
      }
    }
  });

  it("has the same root in any order and case", () => {
    const list = ids(9);
    const upper = list.map((id): Hex => `0x${id.slice(2).toUpperCase()}`).reverse();
    expect(participantsTree(upper).root).to.equal(participantsTree(list).root);
    expect(participantsTree(list).prove(upper[3] as Hex)).to.deep.equal(participantsTree(list).prove(list[5] as Hex));
  });

  it("has 32 zero bytes as its root when there is nobody", () => {
    const tree = participantsTree([]);
    expect(tree.root).to.equal(`0x${"0".repeat(64)}`);
    expect(tree.root).to.equal(EMPTY_ROOT);
    expect(tree.size).to.equal(0);
    expect(() => tree.prove(ids(1)[0] as Hex)).to.throw(ParticipantsError, "not one of the participants");
  });

  it("refuses an id that is listed twice, also in another case", () => {
    const [first, second] = ids(2) as [Hex, Hex];
    expect(() => participantsTree([first, second, first])).to.throw(ParticipantsError, "ids[2]");
    expect(() => participantsTree([first, `0x${first.slice(2).toUpperCase()}`])).to.throw(ParticipantsError, "ids[1]");
  });

  for (const wrong of ["0x", "0x12", `0x${"g".repeat(64)}`, "f".repeat(64), `0x${"1".repeat(66)}`, 5, null]) {
    it(`refuses ${JSON.stringify(wrong)} as an id`, () => {
      expect(() => participantsTree([ids(1)[0] as Hex, wrong as Hex])).to.throw(ParticipantsError, "ids[1]");
    });
  }

  it("refuses to prove a stranger, saying what to do", () => {
    const tree = participantsTree(ids(3));
    expect(() => tree.prove(ids(4)[3] as Hex))
      .to.throw(ParticipantsError)
      .with.property("fix").that.is.not.empty;
  });
});
