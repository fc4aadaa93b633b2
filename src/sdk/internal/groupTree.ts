import { StandardMerkleTree } from "@openzeppelin/merkle-tree";
import { concat, type Hex, keccak256, numberToHex, zeroAddress } from "viem";

import { InvalidInputError } from "../errors.ts";
import { checkSigner, isGroup } from "./signerBytes.ts";
import { checkNonEmptyList, checkUint, refuse } from "./validate.ts";

/** Several signers as one: k of them open, any one of them closes. */
export interface Group {
  /** Signer bytes of all members, in any order: each once, none a group. */
  readonly members: readonly Hex[];
  /** How many members an opening needs (uint8), from 1 to all of them. */
  readonly threshold: number;
}

/** A group's signer bytes, and the proof that a member belongs to it. */
export interface GroupTree {
  readonly signer: Hex;
  /** undefined for who is no member */
  readonly proofOf: (member: Hex) => readonly Hex[] | undefined;
}

/** The tree over a group's members: OpenZeppelin's standard leaves of their ids. */
export function groupTree({ members, threshold }: Group): GroupTree {
  checkNonEmptyList("members", members);
  const ids = members.map((member, index) => {
    const input = `members[${index}]`;
    checkSigner(input, member);
    if (isGroup(member))
      throw refuse(input, member, "a group itself", "Give the members of that group, or leave it out.");
    return keccak256(member);
  });
  ids.forEach((id, index) => {
    if (ids.indexOf(id) === index) return;
    const told = `members[${index}] stands in the list already.`;
    throw new InvalidInputError(`members[${index}]`, told, "Name each member once.");
  });
  checkUint("threshold", threshold, 8, 1);
  if (threshold > members.length) {
    const told = `threshold is ${threshold}, but there are only ${members.length} members.`;
    throw new InvalidInputError("threshold", told, "Give a threshold that all members together can reach.");
  }
  const tree = StandardMerkleTree.of(
    ids.map((id) => [id]),
    ["bytes32"],
  );
  return {
    signer: concat([zeroAddress, tree.root as Hex, numberToHex(threshold, { size: 1 })]),
    proofOf: (member) => {
      const id = keccak256(member);
      return ids.includes(id) ? (tree.getProof([id]) as Hex[]) : undefined;
    },
  };
}
