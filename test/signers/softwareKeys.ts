import { createECDH, createHash, generateKeyPairSync, sign } from "node:crypto";

import { bytesToHex, concat, type Hex, hexToBytes, numberToHex } from "viem";

import type { AssertionLike } from "../../src/sdk/index.ts";

// Made by Node alone: what the SDK and the contracts make of it is theirs to show.

const CURVE = "prime256v1";
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
/** Authenticator data: the user was there and was verified; the counter stands at 1. */
const FLAGS_AND_COUNTER = Buffer.from("0500000001", "hex");

/** A passkey on a new key. */
export interface SoftwarePasskey {
  /** SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array;
  readonly assert: (challenge: Uint8Array) => Promise<AssertionLike>;
}

export function softwarePasskey(): SoftwarePasskey {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: CURVE });
  const assert = async (challenge: Uint8Array): Promise<AssertionLike> => {
    const type = "webauthn.get";
    const origin = "https://study.example";
    const clientData = { type, challenge: Buffer.from(challenge).toString("base64url"), origin, crossOrigin: false };
    const clientDataJSON = Buffer.from(JSON.stringify(clientData));
    const authenticatorData = Buffer.concat([sha256("study.example"), FLAGS_AND_COUNTER]);
    const signature = sign("sha256", Buffer.concat([authenticatorData, sha256(clientDataJSON)]), privateKey);
    return { authenticatorData, clientDataJSON, signature };
  };
  return { publicKey: publicKey.export({ format: "der", type: "spki" }), assert };
}

/** A new key in a store that signs digests, in either form of s. */
export interface DigestKey {
  /** An uncompressed point. */
  readonly publicKey: Uint8Array;
  /** r, then s. */
  readonly sign: (digest: Hex) => Promise<Hex>;
}

export function digestKey(): DigestKey {
  const { secret, publicKey } = newKey();
  const signDigest = async (digest: Hex): Promise<Hex> => {
    // ECDSA by hand: Node's own hashes what it signs.
    const nonce = newKey();
    const r = numberOf(nonce.publicKey.subarray(1, 33)) % ORDER;
    const s = (inverse(nonce.secret) * (BigInt(digest) + r * secret)) % ORDER;
    return concat([numberToHex(r, { size: 32 }), numberToHex(s, { size: 32 })]);
  };
  return { publicKey, sign: signDigest };
}

/** The same signature in the other form of s. */
export function otherForm(signature: Hex): Hex {
  const bytes = hexToBytes(signature);
  const s = ORDER - numberOf(bytes.subarray(32));
  return concat([bytesToHex(bytes.subarray(0, 32)), numberToHex(s, { size: 32 })]);
}

function newKey(): { readonly secret: bigint; readonly publicKey: Buffer } {
  const key = createECDH(CURVE);
  key.generateKeys();
  return { secret: numberOf(key.getPrivateKey()), publicKey: key.getPublicKey() };
}

function numberOf(bytes: Uint8Array): bigint {
  return BigInt(bytesToHex(bytes));
}

/** By Fermat: the order is a prime. */
function inverse(value: bigint): bigint {
  let [result, power] = [1n, value];
  for (let exponent = ORDER - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * power) % ORDER;
    power = (power * power) % ORDER;
  }
  return result;
}

function sha256(data: string | Uint8Array): Buffer {
  return createHash("sha256").update(data).digest();
}
