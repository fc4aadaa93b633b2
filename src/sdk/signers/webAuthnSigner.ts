import {
  type Address,
  bytesToString,
  concat,
  encodeAbiParameters,
  type Hex,
  hexToBytes,
  parseAbiParameters,
  stringToBytes,
} from "viem";

import { InvalidInputError } from "../errors.ts";
import { type BytesLike, hexOf } from "../internal/bytes.ts";
import { p256KeyOf, p256SignatureOfDer } from "../internal/p256.ts";
import type { SignerAdapter } from "../internal/signers.ts";
import { checkAddress, checkObject } from "../internal/validate.ts";

export interface WebAuthnSignerParameters {
  /** The passkey's public key: what the browser's getPublicKey gave at its creation, or its 64 bytes of coordinates. */
  readonly publicKey: BytesLike;
  /** The ERC-7913 verifier of passkeys, for instance the deployment's webAuthnVerifier; part of who the signer is. */
  readonly verifier: Address;
  /**
   * Has the authenticator sign the challenge, for instance by navigator.credentials.get, and answers its response. The
   * user must be verified: userVerification "required".
   */
  readonly assert: (challenge: Uint8Array<ArrayBuffer>) => Promise<AssertionLike>;
}

/** What an authenticator answers: the browser's AuthenticatorAssertionResponse fits. */
export interface AssertionLike {
  readonly authenticatorData: BytesLike;
  /** UTF-8. */
  readonly clientDataJSON: BytesLike;
  /** In DER. */
  readonly signature: BytesLike;
}

export type WebAuthnSignerReturnType = SignerAdapter;

export type WebAuthnSignerErrorType = InvalidInputError;

/** WebAuthnAuth of OpenZeppelin's WebAuthn library, member by member. */
const AUTHENTICATION = parseAbiParameters(
  "bytes32 r, bytes32 s, uint256 challengeIndex, uint256 typeIndex, bytes authenticatorData, string clientDataJSON",
);

/** Where the flags stand in authenticator data, and its shortest length (WebAuthn level 3, section 6.1). */
const FLAGS_INDEX = 32;
const SHORTEST_AUTHENTICATOR_DATA = 37;
const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;

/**
 * A participant's passkey as a signer: an ERC-7913 verifier with the key. The challenge is the EIP-712 digest; a
 * browser shows none of what is signed.
 * @throws InvalidInputError, also while signing, when what the authenticator answers could not be accepted on chain
 */
export function webAuthnSigner(parameters: WebAuthnSignerParameters): WebAuthnSignerReturnType {
  const { publicKey, verifier, assert } = parameters;
  checkAddress("verifier", verifier);
  return {
    signer: concat([verifier, p256KeyOf("publicKey", publicKey)]),
    sign: async ({ digest }) => encodeAssertion(digest, await assert(new Uint8Array(hexToBytes(digest)))),
  };
}

function encodeAssertion(challenge: Hex, assertion: AssertionLike): Hex {
  checkObject("assertion", assertion);
  const authenticatorData = hexOf("assertion.authenticatorData", assertion.authenticatorData);
  checkUser(hexToBytes(authenticatorData));
  const clientData = hexToBytes(hexOf("assertion.clientDataJSON", assertion.clientDataJSON));
  const expected = { type: '"type":"webauthn.get"', challenge: `"challenge":"${base64Url(hexToBytes(challenge))}"` };
  const typeIndex = indexOf(clientData, expected.type, "it is no assertion");
  const challengeIndex = indexOf(clientData, expected.challenge, "it answers another challenge");
  const { r, s } = p256SignatureOfDer("assertion.signature", assertion.signature);
  const text = bytesToString(clientData);
  return encodeAbiParameters(AUTHENTICATION, [
    r,
    s,
    BigInt(challengeIndex),
    BigInt(typeIndex),
    authenticatorData,
    text,
  ]);
}

/** The verifier wants a user who was there and was verified. */
function checkUser(authenticatorData: Uint8Array): void {
  const flags = authenticatorData[FLAGS_INDEX] ?? 0;
  const wanted = USER_PRESENT | USER_VERIFIED;
  if (authenticatorData.length >= SHORTEST_AUTHENTICATOR_DATA && (flags & wanted) === wanted) return;
  throw new InvalidInputError(
    "assertion.authenticatorData",
    "The authenticator has not verified the user.",
    'Ask the browser with userVerification "required".',
  );
}

/** Where a text stands in the client data, in bytes: the verifier counts bytes, not characters. */
function indexOf(clientData: Uint8Array, text: string, otherwise: string): number {
  const sought = stringToBytes(text);
  for (let start = 0; start + sought.length <= clientData.length; start++) {
    if (sought.every((byte, offset) => clientData[start + offset] === byte)) return start;
  }
  const told = `assertion.clientDataJSON lacks ${text}: ${otherwise}.`;
  throw new InvalidInputError("assertion.clientDataJSON", told, "Pass the challenge on as it is, and the answer too.");
}

/** Base64 for URLs, without padding (RFC 4648, section 5). */
function base64Url(bytes: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
