import { p256 } from "@noble/curves/nist.js";
import { type Address, bytesToHex, concat, type Hex, hexToBytes, keccak256, sha256, stringToHex, toHex } from "viem";

import { EMPTY_WORD } from "../../src/model/index.ts";
import {
  groupSigner,
  p256Signer,
  type SignedChange,
  type SignerAdapter,
  signGrant,
  smartAccountSigner,
  webAuthnSigner,
} from "../../src/sdk/index.ts";
import { type Bench, keyOf, SAMPLES, SIGNED } from "../world.ts";

/** Numbers of keys that no other scenario uses. */
const FIRST_KEY = 1_000;

/** First grants by every kind of signer that is no plain account. */
export async function signerKinds(bench: Bench): Promise<void> {
  const { connection, measure, sendAlone, offer, record, relayer } = bench;
  const { p256Verifier, webAuthnVerifier } = record.contracts;
  const grant = async (signer: SignerAdapter): Promise<SignedChange> =>
    signGrant(relayer, { ...offer, ...SIGNED, signer, standing: EMPTY_WORD });
  const secrets = Array.from({ length: SAMPLES }, (_, index) => keccak256(stringToHex(`key ${index}`)));

  const keys = secrets.map((privateKey) => p256Signer({ verifier: p256Verifier.address, privateKey }));
  const byKey = await Promise.all(keys.map(grant));
  await measure(`first grant, relayed by P-256 signature, mean of ${SAMPLES}`, sendAlone(...byKey), SAMPLES);
  const passkeys = secrets.map((secret) => passkey(webAuthnVerifier.address, secret));
  const byPasskey = await Promise.all(passkeys.map(grant));
  await measure(`first grant, relayed by passkey, mean of ${SAMPLES}`, sendAlone(...byPasskey), SAMPLES);

  const people = await Promise.all([0, 1, 2].map(async (index) => keyOf(bench, FIRST_KEY + index)));
  const [owner, ...others] = people as [(typeof people)[number], ...typeof people];
  const { address } = await connection.viem.deployContract("OwnedWallet", [owner.address]);
  await measure(
    "first grant, relayed by a smart account's signature",
    sendAlone(await grant(smartAccountSigner({ address, owner }))),
  );
  const group = groupSigner({ members: people.map((member) => member.address), threshold: 2, signers: others });
  await measure("first grant of a group, 2 of 3 members sign", sendAlone(await grant(group)));
}

/** A passkey, with what a browser and its authenticator make of a challenge; always the same of the same. */
function passkey(verifier: Address, secret: Hex): SignerAdapter {
  const key = hexToBytes(secret);
  return webAuthnSigner({
    verifier,
    publicKey: p256.getPublicKey(key, false),
    assert: async (challenge) => {
      const { type, origin } = { type: "webauthn.get", origin: "https://study.example" };
      const fields = { type, challenge: Buffer.from(challenge).toString("base64url"), origin, crossOrigin: false };
      const clientDataJSON = stringToHex(JSON.stringify(fields));
      // The site, the flags "user present" and "user verified", and a counter.
      const authenticatorData = concat([sha256(stringToHex("study.example")), "0x05", toHex(1, { size: 4 })]);
      const digest = sha256(concat([authenticatorData, sha256(clientDataJSON)]));
      const signature = p256.sign(hexToBytes(digest), key, { prehash: false });
      return { authenticatorData, clientDataJSON, signature: bytesToHex(signature.toDERRawBytes()) };
    },
  });
}
