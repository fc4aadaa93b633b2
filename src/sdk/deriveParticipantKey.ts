import { bytesToBigInt, concatBytes, type Hex, hexToBytes, numberToBytes, numberToHex, stringToBytes } from "viem";

import { InvalidInputError } from "./errors.ts";
import { firstPrivateKey } from "./internal/secp256k1.ts";
import { checkBytes, checkBytes32, checkUint } from "./internal/validate.ts";

export interface DeriveParticipantKeyParameters {
  /** The participant's secret: at least 16 random bytes, better 32. Whoever has it can sign for them. */
  readonly seed: Uint8Array | Hex;
  /** What the consent is about; each scope has a key of its own. */
  readonly scopeId: Hex;
  /** Which of several keys for the scope, for instance after a loss (uint32); 0 unless told. */
  readonly index?: number | undefined;
}

/** A secp256k1 private key, as viem's privateKeyToAccount takes it. */
export type DeriveParticipantKeyReturnType = Hex;

export type DeriveParticipantKeyErrorType = InvalidInputError;

const SALT = stringToBytes("concord.participant-key.v1");
const SHORTEST_SEED = 16;
const COUNTER_BYTES = 4;
const KEY_BITS = 256;

/**
 * Derives a participant's key for one scope from a secret seed, so that nothing on the chain links a person's scopes.
 *
 * HKDF-SHA256 (RFC 5869, by WebCrypto) over the seed; salt "concord.participant-key.v1" in UTF-8; info the scope's id,
 * the index and the attempt, both as 4 bytes big-endian; 32 bytes out. The attempt counts from 0 and rises while the
 * bytes are no secp256k1 private key, which happens about once in 2^128 times.
 * @throws InvalidInputError when the seed is shorter than 16 bytes, or the scope's id or the index is malformed
 */
export async function deriveParticipantKey(
  parameters: DeriveParticipantKeyParameters,
): Promise<DeriveParticipantKeyReturnType> {
  const { seed, scopeId, index = 0 } = parameters;
  const secret = seedBytes(seed);
  checkBytes32("scopeId", scopeId);
  checkUint("index", index, 32);

  const { subtle } = globalThis.crypto;
  const key = await subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  const bound = concatBytes([hexToBytes(scopeId), numberToBytes(index, { size: COUNTER_BYTES })]);
  const privateKey = await firstPrivateKey(async (attempt) => {
    const info = concatBytes([bound, numberToBytes(attempt, { size: COUNTER_BYTES })]);
    const bits = await subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt: SALT, info }, key, KEY_BITS);
    return bytesToBigInt(new Uint8Array(bits));
  });
  return numberToHex(privateKey, { size: KEY_BITS / 8 });
}

/** The seed as bytes. A refusal never repeats it. */
function seedBytes(seed: Uint8Array | Hex): Uint8Array<ArrayBuffer> {
  if (typeof seed === "string") {
    try {
      checkBytes("seed", seed, SHORTEST_SEED);
    } catch {
      throw badSeed();
    }
    return new Uint8Array(hexToBytes(seed));
  }
  if (!(seed instanceof Uint8Array) || seed.length < SHORTEST_SEED) throw badSeed();
  return new Uint8Array(seed);
}

function badSeed(): InvalidInputError {
  return new InvalidInputError(
    "seed",
    `The seed is not at least ${SHORTEST_SEED} bytes.`,
    "Give 32 random bytes, as a Uint8Array or in hex.",
  );
}
