import { type Hex, keccak256 } from "viem";

import type { InvalidInputError } from "../errors.ts";
import { type Group, groupTree } from "../internal/groupTree.ts";

export type GroupIdOfErrorType = InvalidInputError;

/**
 * The participant id of a group: keccak256 of its signer bytes, which name the root of its members' tree and how many
 * of them an opening needs.
 * @throws InvalidInputError
 */
export function groupIdOf(group: Group): Hex {
  return keccak256(groupTree(group).signer);
}
