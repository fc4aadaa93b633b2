import { StandardMerkleTree } from "@openzeppelin/merkle-tree";
import type { Hex } from "viem";

import { InvalidInputError } from "../errors.ts";
import { type AccessLeaf, checkLeaf, LEAF_TYPES } from "../internal/audit.ts";
import { checkNonEmptyList } from "../internal/validate.ts";

/** The tree of one access: its root is logged, each proof goes to its participant. */
export interface AccessTree {
  readonly root: Hex;
  readonly count: number;
  /**
   * The proof of a leaf of this tree.
   * @throws InvalidInputError when there is no such leaf
   */
  prove(leaf: AccessLeaf): readonly Hex[];
}

export type BuildAccessTreeErrorType = InvalidInputError;

/**
 * Builds the Merkle tree over the participants whose data was used: OpenZeppelin's standard leaves of scope, participant
 * and version relied on.
 * @throws InvalidInputError when there is no leaf, or a malformed one
 */
export function buildAccessTree(leaves: readonly AccessLeaf[]): AccessTree {
  checkNonEmptyList("leaves", leaves);
  const values = leaves.map((leaf, index) => valueOf(checkLeaf(`leaves[${index}]`, leaf)));
  const tree = StandardMerkleTree.of(values, LEAF_TYPES);
  const hashes = new Set(values.map((value) => tree.leafHash(value)));
  return {
    root: tree.root as Hex,
    count: leaves.length,
    prove(leaf) {
      const value = valueOf(checkLeaf("leaf", leaf));
      if (!hashes.has(tree.leafHash(value))) {
        throw new InvalidInputError("leaf", "The leaf is not in the tree.", "Give a leaf of this access.");
      }
      return tree.getProof(value) as Hex[];
    },
  };
}

function valueOf({ scopeId, participantId, version }: AccessLeaf): [Hex, Hex, number] {
  return [scopeId, participantId, version];
}
