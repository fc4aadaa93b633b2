import { type Hex, hashTypedData, type LocalAccount, type TypedDataDefinition, type WalletClient } from "viem";

import { InvalidInputError, WalletMissingError } from "../errors.ts";
import { type EthersSigner, isSigner } from "../fromEthers.ts";
import { toSdkError } from "./failures.ts";
import { checkSigner } from "./signerBytes.ts";
import { checkBytes } from "./validate.ts";

/**
 * Who signs for a participant: a viem account with its key, a viem wallet client with an account, an ethers signer, or
 * any other kind of signer that the contracts know, through its adapter.
 */
export type ParticipantSigner =
  Pick<LocalAccount, "address" | "signTypedData"> | WalletClient | EthersSigner | SignerAdapter;

/**
 * A signer that is no plain key of an account: see p256Signer, webAuthnSigner, smartAccountSigner and groupSigner, or
 * write one's own, for instance for a key on another machine.
 */
export interface SignerAdapter {
  /** The signer bytes: an account's address, an ERC-7913 verifier with its key, or a group. */
  readonly signer: Hex;
  /** Signs what is asked for; the signature in the form of the signer's kind. */
  readonly sign: (request: SigningRequest) => Promise<Hex>;
}

/** What is to be signed, whole and as its digest: an adapter takes whichever its key can sign. */
export interface SigningRequest {
  /** The EIP-712 typed data. */
  readonly typedData: TypedDataDefinition;
  /** The EIP-712 digest of the typed data: 32 bytes. */
  readonly digest: Hex;
}

/** A signer, whatever its kind: its bytes, and how it signs. */
export interface ResolvedSigner {
  readonly signer: Hex;
  readonly sign: (typedData: TypedDataDefinition) => Promise<Hex>;
}

/** @throws InvalidInputError, WalletMissingError, RequestFailedError when the wallet does not tell its address */
export async function resolveSigner(signer: ParticipantSigner | undefined, input = "signer"): Promise<ResolvedSigner> {
  if (signer === undefined) throw new WalletMissingError("signer");
  if (isAdapter(signer)) {
    checkSigner(`${input}.signer`, signer.signer);
    return {
      signer: signer.signer,
      sign: async (typedData) => {
        const signature = await signer.sign({ typedData, digest: hashTypedData(typedData) }).catch(rethrow);
        checkBytes(`${input}'s signature`, signature, 1);
        return signature;
      },
    };
  }
  if (isSigner(signer)) {
    return {
      signer: (await signer.getAddress().catch(rethrow)) as Hex,
      sign: async ({ domain, types, message }) =>
        (await signer
          .signTypedData(...([domain, types, message] as unknown as Parameters<EthersSigner["signTypedData"]>))
          .catch(rethrow)) as Hex,
    };
  }
  if (isWallet(signer)) {
    const { account } = signer;
    if (account === undefined) throw new WalletMissingError("account in the wallet client");
    return {
      signer: account.address,
      sign: (typedData) => signer.signTypedData({ ...typedData, account }).catch(rethrow),
    };
  }
  if (typeof (signer as Partial<typeof signer> | null)?.signTypedData !== "function") {
    throw new InvalidInputError(
      input,
      "The signer cannot sign typed data.",
      "Give a viem account made from a private key, a viem wallet client, an ethers signer, or a signer's adapter.",
    );
  }
  return { signer: signer.address, sign: (typedData) => signer.signTypedData(typedData).catch(rethrow) };
}

function isAdapter(signer: ParticipantSigner): signer is SignerAdapter {
  return typeof signer === "object" && signer !== null && "signer" in signer && typeof signer.sign === "function";
}

function isWallet(signer: ParticipantSigner): signer is WalletClient {
  return typeof signer === "object" && signer !== null && "request" in signer;
}

function rethrow(error: unknown): never {
  throw toSdkError(error);
}
