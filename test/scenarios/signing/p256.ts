import { createECDH } from "node:crypto";

import { concat, type Hex, hexToBigInt, keccak256, numberToHex, slice } from "viem";

/** Order of the group of P-256 (SEC 2, 2.4.2). */
const N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** A P-256 key that signs digests as they are; Node's own signing hashes them first. */
export interface P256Key {
  /** x and y of the public point, 64 bytes. */
  readonly publicKey: Hex;
  /** r and s, s in the lower of its two forms: 64 bytes. The same for the same digest. */
  sign(digest: Hex): Hex;
}

/** The key that belongs to a seed of 32 bytes. */
export function makeP256Key(seed: Hex): P256Key {
  const secret = scalarOf(seed);
  return {
    publicKey: slice(pointOf(secret), 1),
    sign: (digest) => {
      // Nobody attacks these keys: any nonce does that no other digest gets.
      const nonce = scalarOf(keccak256(concat([word(secret), digest])));
      const r = hexToBigInt(slice(pointOf(nonce), 1, 33)) % N;
      const s = (inverseOf(nonce) * (hexToBigInt(digest) + r * secret)) % N;
      return concat([word(r), word(s > N / 2n ? N - s : s)]);
    },
  };
}

/** The generator times a scalar, uncompressed: 0x04, x, y. */
function pointOf(scalar: bigint): Hex {
  const ecdh = createECDH("prime256v1");
  ecdh.setPrivateKey(Buffer.from(word(scalar).slice(2), "hex"));
  return `0x${ecdh.getPublicKey("hex")}`;
}

function scalarOf(hash: Hex): bigint {
  return (hexToBigInt(hash) % (N - 1n)) + 1n;
}

/** By the extended Euclidean algorithm. */
function inverseOf(value: bigint): bigint {
  let [low, high, lowFactor, factor] = [value, N, 1n, 0n];
  while (low > 1n) {
    const quotient = high / low;
    [low, high] = [high % low, low];
    [lowFactor, factor] = [factor - quotient * lowFactor, lowFactor];
  }
  return ((lowFactor % N) + N) % N;
}

function word(value: bigint): Hex {
  return numberToHex(value, { size: 32 });
}
