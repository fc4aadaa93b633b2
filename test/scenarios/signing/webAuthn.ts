import { createHash } from "node:crypto";

import { concat, encodeAbiParameters, type Hex, hexToBytes, slice } from "viem";

import type { P256Key } from "./p256.ts";

const RELYING_PARTY = "consent.example";
/** User present and user verified (WebAuthn Level 2, 6.1). */
const FLAGS = "0x05";
const SIGNATURE_COUNTER = "0x00000001";

/** What an authenticator asserts of a challenge, as ERC7913WebAuthnVerifier takes it: the members of WebAuthnAuth. */
export function signAssertion(key: P256Key, challenge: Hex): Hex {
  const authenticatorData = concat([sha256(Buffer.from(RELYING_PARTY)), FLAGS, SIGNATURE_COUNTER]);
  const clientDataJSON = JSON.stringify({
    type: "webauthn.get",
    challenge: Buffer.from(hexToBytes(challenge)).toString("base64url"),
    origin: `https://${RELYING_PARTY}`,
    crossOrigin: false,
  });
  const message = concat([authenticatorData, sha256(Buffer.from(clientDataJSON))]);
  const signature = key.sign(sha256(hexToBytes(message)));
  return encodeAbiParameters(
    [
      { type: "bytes32" },
      { type: "bytes32" },
      { type: "uint256" },
      { type: "uint256" },
      { type: "bytes" },
      { type: "string" },
    ],
    [
      slice(signature, 0, 32),
      slice(signature, 32),
      BigInt(clientDataJSON.indexOf('"challenge"')),
      BigInt(clientDataJSON.indexOf('"type"')),
      authenticatorData,
      clientDataJSON,
    ],
  );
}

function sha256(bytes: Uint8Array): Hex {
  return `0x${createHash("sha256").update(bytes).digest("hex")}`;
}
