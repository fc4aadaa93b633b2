import { type Address, concat, type Hex } from "viem";

import type { InvalidInputError } from "../errors.ts";
import type { BytesLike } from "../internal/bytes.ts";
import { p256KeyOf, p256KeyOfPrivate, p256SignatureOfDer, p256SignatureOfPair, signP256 } from "../internal/p256.ts";
import type { SignerAdapter } from "../internal/signers.ts";
import { checkAddress } from "../internal/validate.ts";

/** A P-256 key: the private one, or a key store that signs with one it does not give away. */
export type P256SignerParameters = {
  /** The ERC-7913 verifier of such keys, for instance the deployment's p256Verifier; part of who the signer is. */
  readonly verifier: Address;
} & (
  | { readonly privateKey: Hex; readonly publicKey?: undefined; readonly sign?: undefined }
  | {
      /** 64 bytes of coordinates, an uncompressed point, or a SubjectPublicKeyInfo. */
      readonly publicKey: BytesLike;
      /**
       * Signs 32 bytes that are a digest already: they must not be hashed again, as WebCrypto would. Answers r and s,
       * 32 bytes each, or both in DER.
       */
      readonly sign: (digest: Hex) => Promise<BytesLike | { readonly der: BytesLike }>;
      readonly privateKey?: undefined;
    }
);

export type P256SignerReturnType = SignerAdapter;

export type P256SignerErrorType = InvalidInputError;

/**
 * A participant's P-256 key as a signer: an ERC-7913 verifier with the key. For a passkey see webAuthnSigner.
 * @throws InvalidInputError, also while signing, when what the key store answers is no signature
 */
export function p256Signer(parameters: P256SignerParameters): P256SignerReturnType {
  const { verifier, privateKey } = parameters;
  checkAddress("verifier", verifier);
  if (privateKey === undefined) {
    const { publicKey, sign } = parameters;
    return {
      signer: concat([verifier, p256KeyOf("publicKey", publicKey)]),
      sign: async ({ digest }) => {
        const answer = await sign(digest);
        const { r, s } = isDer(answer)
          ? p256SignatureOfDer("signature.der", answer.der)
          : p256SignatureOfPair("signature", answer);
        return concat([r, s]);
      },
    };
  }
  const key = p256KeyOfPrivate("privateKey", privateKey);
  return {
    signer: concat([verifier, key]),
    sign: async ({ digest }) => {
      const { r, s } = signP256(privateKey, digest);
      return concat([r, s]);
    },
  };
}

function isDer(answer: BytesLike | { readonly der: BytesLike }): answer is { readonly der: BytesLike } {
  return typeof answer === "object" && answer !== null && "der" in answer;
}
