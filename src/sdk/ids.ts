import { type Hex, keccak256, stringToBytes } from "viem";

import type { InvalidInputError } from "./errors.ts";
import { checkBytes, checkText } from "./internal/validate.ts";

/** Bytes of an account's address: the shortest signer there is. */
const SHORTEST_SIGNER = 20;

export type ParticipantIdOfErrorType = InvalidInputError;

/**
 * The pseudonym of whoever signs with the key: keccak256 of the signer bytes.
 * @param signer an account's address, or the longer bytes of another kind of signer (ERC-7913), in hex
 * @throws InvalidInputError when it is no hex or shorter than an address
 */
export function participantIdOf(signer: Hex): Hex {
  checkBytes("signer", signer, SHORTEST_SIGNER);
  return keccak256(signer);
}

export type ScopeIdOfErrorType = InvalidInputError;

/**
 * The id of a scope: keccak256 of its public name in UTF-8.
 * @throws InvalidInputError when the name is blank
 */
export function scopeIdOf(name: string): Hex {
  checkText("name", name);
  return keccak256(stringToBytes(name));
}

export type InstitutionIdOfErrorType = InvalidInputError;

/**
 * The id of an institution: keccak256 of its public identifier in UTF-8, for instance its ROR id.
 * @throws InvalidInputError when the identifier is blank
 */
export function institutionIdOf(identifier: string): Hex {
  checkText("identifier", identifier);
  return keccak256(stringToBytes(identifier));
}
