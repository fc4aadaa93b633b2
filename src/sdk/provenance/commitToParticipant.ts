import { bytesToHex, encodeAbiParameters, type Hex, keccak256 } from "viem";

import type { InvalidInputError } from "../errors.ts";
import { checkId } from "../internal/validate.ts";

const SALT_BYTES = 32;

/** A commitment that links a specimen to a participant: what goes on chain, and what opens it. */
export interface ParticipantCommitment {
  /** What the specimen's record carries. */
  readonly commitment: Hex;
  /** 32 random bytes. The custodian keeps it with the participant's id; destroying it unlinks the specimen for ever. */
  readonly salt: Hex;
}

export type CommitToParticipantErrorType = InvalidInputError;

/**
 * A salted commitment to a participant in a scope. Draw a new salt for each specimen, so that nothing on chain links two
 * specimens of one person.
 * @param salt 32 bytes in hex; random unless told
 * @throws InvalidInputError
 */
export function commitToParticipant(scopeId: Hex, participantId: Hex, salt: Hex = randomSalt()): ParticipantCommitment {
  checkId("scopeId", scopeId);
  checkId("participantId", participantId);
  checkId("salt", salt);
  const types = [{ type: "bytes32" }, { type: "bytes32" }, { type: "bytes32" }] as const;
  return { commitment: keccak256(encodeAbiParameters(types, [scopeId, participantId, salt])), salt };
}

export type OpensParticipantCommitmentErrorType = InvalidInputError;

/**
 * Whether a specimen's commitment is to the participant: what the custodian shows to who may know.
 * @throws InvalidInputError
 */
export function opensParticipantCommitment(commitment: Hex, scopeId: Hex, participantId: Hex, salt: Hex): boolean {
  checkId("commitment", commitment);
  return commitToParticipant(scopeId, participantId, salt).commitment === commitment.toLowerCase();
}

function randomSalt(): Hex {
  return bytesToHex(globalThis.crypto.getRandomValues(new Uint8Array(SALT_BYTES)));
}
