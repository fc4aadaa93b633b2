import { p256 } from "@noble/curves/nist.js";
import { bytesToHex, concat, type Hex, hexToBytes, size, slice } from "viem";

import { InvalidInputError } from "../errors.ts";
import { type BytesLike, hexOf } from "./bytes.ts";
import { refuse } from "./validate.ts";

const COORDINATE_BYTES = 32;
const PAIR_BYTES = 2 * COORDINATE_BYTES;
/** What stands before the coordinates of an uncompressed point (SEC 1, section 2.3.3). */
const UNCOMPRESSED: Hex = "0x04";
/** What stands before them in a SubjectPublicKeyInfo (RFC 5480), as WebAuthn's getPublicKey gives it. */
const SPKI_PREFIX: Hex = "0x3059301306072a8648ce3d020106082a8648ce3d03010703420004";

/** An ECDSA signature: 32 bytes each, s in the lower half of the group's order, as the verifiers demand it. */
export interface P256Signature {
  readonly r: Hex;
  readonly s: Hex;
}

/**
 * The two coordinates of a public key, 32 bytes each, from whichever form browsers and key stores give it in.
 * @throws InvalidInputError when it is no point of the curve
 */
export function p256KeyOf(input: string, publicKey: BytesLike): Hex {
  const bytes = hexOf(input, publicKey);
  const key = withoutPrefix(withoutPrefix(bytes, SPKI_PREFIX), UNCOMPRESSED);
  if (size(key) !== PAIR_BYTES) {
    const fix = "Give 64 bytes of coordinates, an uncompressed point of 65, or a SubjectPublicKeyInfo of 91.";
    throw refuse(input, bytes, "no public key of the curve P-256", fix);
  }
  try {
    p256.ProjectivePoint.fromHex(hexToBytes(concat([UNCOMPRESSED, key])));
  } catch (cause) {
    const told = `${input} is no point of the curve P-256.`;
    throw new InvalidInputError(input, told, "Give the key as its store gives it, unchanged.", { cause });
  }
  return key;
}

/**
 * The coordinates of the public key that belongs to a private one.
 * @throws InvalidInputError, which does not quote the key
 */
export function p256KeyOfPrivate(input: string, privateKey: Hex): Hex {
  try {
    return slice(bytesToHex(p256.getPublicKey(hexToBytes(privateKey), false)), 1);
  } catch {
    // The cause may hold the key.
    const fix = "Give 32 bytes in hex, from 1 to the order of the group, exclusive.";
    throw new InvalidInputError(input, `${input} is no private key of the curve P-256.`, fix);
  }
}

/** Signs 32 bytes as they are: they are a digest already. */
export function signP256(privateKey: Hex, digest: Hex): P256Signature {
  return signatureOf(p256.sign(hexToBytes(digest), hexToBytes(privateKey), { prehash: false }));
}

/** A signature from r and s, 32 bytes each. @throws InvalidInputError */
export function p256SignatureOfPair(input: string, pair: BytesLike): P256Signature {
  const bytes = hexOf(input, pair);
  try {
    return signatureOf(p256.Signature.fromCompact(hexToBytes(bytes)));
  } catch (cause) {
    const told = `${input} is no signature of the curve P-256.`;
    throw new InvalidInputError(input, told, "Give r and s, 32 bytes each.", { cause });
  }
}

/** A signature in DER (RFC 3279, section 2.2.3), as authenticators and key stores give it. @throws InvalidInputError */
export function p256SignatureOfDer(input: string, der: BytesLike): P256Signature {
  const bytes = hexOf(input, der);
  try {
    return signatureOf(p256.Signature.fromDER(hexToBytes(bytes)));
  } catch (cause) {
    const told = `${input} is no signature of the curve P-256 in DER.`;
    throw new InvalidInputError(input, told, "Give the signature as the authenticator gives it, unchanged.", { cause });
  }
}

function signatureOf(signature: InstanceType<typeof p256.Signature>): P256Signature {
  const pair = bytesToHex(signature.normalizeS().toCompactRawBytes());
  return { r: slice(pair, 0, COORDINATE_BYTES), s: slice(pair, COORDINATE_BYTES) };
}

function withoutPrefix(bytes: Hex, prefix: Hex): Hex {
  const isLonger = size(bytes) === size(prefix) + PAIR_BYTES;
  return isLonger && bytes.toLowerCase().startsWith(prefix) ? slice(bytes, size(prefix)) : bytes;
}
