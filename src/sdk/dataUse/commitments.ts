import { bytesToHex, concatHex, type Hex, keccak256, stringToBytes } from "viem";

import type { InvalidInputError } from "../errors.ts";
import { checkBytes, checkBytes32, checkText } from "../internal/validate.ts";

/** Salts shorter than this could be guessed beside a list of names. */
const SALT_BYTES = 16;

/** A name on a who-list: what goes on chain, and what opens it. */
export interface Commitment {
  /** What terms and purposes carry: bytes32. */
  readonly commitment: Hex;
  /** 16 random bytes. Keep it with the name: who has both can show whom the commitment names, and nobody else can. */
  readonly salt: Hex;
}

export type CommitToErrorType = InvalidInputError;

/**
 * A salted commitment to a user, project or investigator: keccak256 of the salt and of the name's keccak256. One name gets
 * one commitment in a consortium's directory, so that terms and purposes that mean the same person carry the same bytes.
 * @param name a public identifier, for instance an ORCID iD
 * @param salt 16 bytes in hex; random unless told
 * @throws InvalidInputError when the name is blank or the salt too short
 */
export function commitTo(name: string, salt: Hex = randomSalt()): Commitment {
  checkText("name", name);
  checkBytes("salt", salt, SALT_BYTES, SALT_BYTES);
  return { commitment: keccak256(concatHex([salt, keccak256(stringToBytes(name))])), salt };
}

export type OpensCommitmentErrorType = InvalidInputError;

/**
 * Whether a name and a salt are what a commitment was made of: the witness that a who-list names somebody.
 * @throws InvalidInputError when the commitment is no bytes32, the name blank or the salt too short
 */
export function opensCommitment(commitment: Hex, name: string, salt: Hex): boolean {
  checkBytes32("commitment", commitment);
  return BigInt(commitTo(name, salt).commitment) === BigInt(commitment);
}

function randomSalt(): Hex {
  return bytesToHex(globalThis.crypto.getRandomValues(new Uint8Array(SALT_BYTES)));
}
