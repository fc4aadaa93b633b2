import { bytesToHex, type Hex, keccak256, numberToHex, stringToBytes } from "viem";

import type { InvalidInputError } from "./errors.ts";
import { checkSigner } from "./internal/signerBytes.ts";
import { checkId, checkText, checkUint, refuse } from "./internal/validate.ts";

export type ParticipantIdOfErrorType = InvalidInputError;

/**
 * The pseudonym of whoever signs with the key: keccak256 of the signer bytes.
 * @param signer an account's address, an ERC-7913 verifier with its key, or a group, in hex
 * @throws InvalidInputError when it is no signer that the contracts can check
 */
export function participantIdOf(signer: Hex): Hex {
  checkSigner("signer", signer);
  return keccak256(signer);
}

/**
 * A random id for a participant without a key, whose consent a custodian keeps: 32 random bytes. Nothing but the
 * custodian's own records links it to a person.
 */
export function randomParticipantId(): Hex {
  return bytesToHex(globalThis.crypto.getRandomValues(new Uint8Array(32)));
}

/**
 * The first id of a series: 16 random bytes, and zeroes, which number its participants. A scope's index lists those of a
 * series under one entry, so that their imports take less gas than with ids that are random each. Draw one for each
 * scope, and number participants in an order that says nothing of them.
 */
export function randomParticipantSeries(): Hex {
  const bytes = new Uint8Array(32);
  globalThis.crypto.getRandomValues(bytes.subarray(0, 16));
  return bytesToHex(bytes);
}

export type ParticipantIdInSeriesErrorType = InvalidInputError;

/**
 * An id of a series.
 * @param first the series' first id
 * @param number from 0, without a gap
 * @throws InvalidInputError
 */
export function participantIdInSeries(first: Hex, number: number): Hex {
  checkId("first", first);
  checkUint("number", number, 32);
  if (BigInt(first) % 2n ** 128n !== 0n) {
    throw refuse("first", first, "not the first id of a series", "Draw one with randomParticipantSeries.");
  }
  return numberToHex(BigInt(first) + BigInt(number), { size: 32 });
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
