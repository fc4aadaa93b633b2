import type { Address, Hex, LocalAccount, TypedDataDefinition, WalletClient } from "viem";
import { keccak256 } from "viem";

import { type ConsentDomain, consentDomain, type ConsentPrimaryType, consentTypes } from "../../eip712/index.ts";
import type { ConcordClient } from "../client.ts";
import type { ChangeAuthorisation } from "../consents/encodeSignedChange.ts";
import {
  type ChainMismatchError,
  type ConcordContractError,
  InvalidInputError,
  type RequestFailedError,
  WalletMissingError,
} from "../errors.ts";
import { type EthersSigner, isSigner } from "../fromEthers.ts";
import { addressOf } from "./contracts.ts";
import { toSdkError } from "./failures.ts";
import { latestBlock } from "./read.ts";
import { checkUint } from "./validate.ts";
import { checkStanding, type Standing, standingWord } from "./words.ts";

/** Who signs for a participant: a viem account with its key, a viem wallet client with an account, an ethers signer. */
export type ParticipantSigner = Pick<LocalAccount, "address" | "signTypedData"> | WalletClient | EthersSigner;

/** What every signing action takes besides the change. */
export interface SigningOptions {
  /** The participant's own key; the client's wallet unless told. */
  readonly signer?: ParticipantSigner | undefined;
  /** The participant's standing word in the scope; read from the chain unless told. EMPTY_WORD for a first grant. */
  readonly standing?: Standing | undefined;
  /**
   * When the participant signs (Unix seconds, uint32). Unless told: the latest block's time, or what the standing word
   * demands where that is later. The chain refuses a signature until its time has reached it.
   */
  readonly signedAt?: number | undefined;
  /** The last second at which the signature may be used (Unix seconds, uint32); 24 hours from now unless told. */
  readonly deadline?: number | undefined;
}

/** What any signing action may throw, besides its own. */
export type SigningErrorType =
  ChainMismatchError | ConcordContractError | InvalidInputError | RequestFailedError | WalletMissingError;

const DAY = 24 * 60 * 60;
const LAST_SECOND = 0xffff_ffff;

/** A change before it is signed: its struct, and its fields as the standing word makes them. */
export interface Unsigned<change> {
  readonly struct: ConsentPrimaryType;
  readonly scopeId: Hex;
  /** An opening must be signed later than the standing word, a closing no earlier. */
  readonly isOpening: boolean;
  readonly changeOn: (standing: Standing) => change;
}

/** Signs a change as the participant whose key the signer has. */
export async function signChange<change extends object>(
  client: ConcordClient,
  options: SigningOptions,
  { struct, scopeId, isOpening, changeOn }: Unsigned<change>,
): Promise<{ change: change; authorisation: ChangeAuthorisation }> {
  if (options.standing !== undefined) checkStanding(options.standing);
  if (options.signedAt !== undefined) checkUint("signedAt", options.signedAt, 32);
  if (options.deadline !== undefined) checkUint("deadline", options.deadline, 32);
  const { address, sign } = await keyOf(options.signer ?? client.walletClient);
  const participantId = keccak256(address);
  const standing = options.standing ?? (await standingWord(client, scopeId, participantId));
  const change = changeOn(standing);
  const earliest = earliestSigning(standing, isOpening);
  const signedAt = options.signedAt ?? Math.max((await latestBlock(client)).time, earliest);
  if (signedAt < earliest) {
    const told = `signedAt is ${signedAt}, but the standing word lets this change be signed from ${earliest} on.`;
    throw new InvalidInputError("signedAt", told, "Leave signedAt out, or sign later.", { args: { earliest } });
  }
  // The chain's clock may have stood still since its latest block; the participant's has not.
  const now = Math.max(signedAt, Math.floor(Date.now() / 1000));
  const deadline = options.deadline ?? Math.min(now + DAY, LAST_SECOND);
  if (deadline < signedAt) {
    const told = `deadline is ${deadline}, which is before signedAt, ${signedAt}.`;
    throw new InvalidInputError("deadline", told, "Give a later deadline, or leave it out.");
  }

  const signature = await sign({
    domain: consentDomain(client.deployment.chainId, addressOf(client, "consentRegistry")),
    // Only the struct itself: ethers refuses types that nothing refers to.
    types: { [struct]: consentTypes[struct] },
    primaryType: struct,
    message: { participantId, ...change, signedAt, deadline },
  });
  return { change, authorisation: { signer: address, signedAt, deadline, signature } };
}

function earliestSigning({ version, signedAt }: Standing, isOpening: boolean): number {
  return isOpening && version !== 0 ? Math.min(signedAt + 1, LAST_SECOND) : signedAt;
}

interface ChangeTypedData {
  readonly domain: ConsentDomain;
  readonly types: Partial<typeof consentTypes>;
  readonly primaryType: ConsentPrimaryType;
  readonly message: Readonly<Record<string, unknown>>;
}

interface Key {
  readonly address: Address;
  readonly sign: (typedData: ChangeTypedData) => Promise<Hex>;
}

async function keyOf(signer: ParticipantSigner | undefined): Promise<Key> {
  if (signer === undefined) throw new WalletMissingError("signer");
  if (isSigner(signer)) {
    return {
      address: (await signer.getAddress().catch(rethrow)) as Address,
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
      address: account.address,
      sign: (typedData) => signer.signTypedData({ ...forViem(typedData), account }).catch(rethrow),
    };
  }
  if (typeof (signer as Partial<typeof signer> | null)?.signTypedData !== "function") {
    throw new InvalidInputError(
      "signer",
      "The signer cannot sign typed data.",
      "Give a viem account made from a private key, a viem wallet client, or an ethers signer.",
    );
  }
  return { address: signer.address, sign: (typedData) => signer.signTypedData(forViem(typedData)).catch(rethrow) };
}

/** viem infers messages from types that are known in full; the struct is only known by name here. */
function forViem(typedData: ChangeTypedData): TypedDataDefinition {
  return typedData as unknown as TypedDataDefinition;
}

function isWallet(signer: ParticipantSigner): signer is WalletClient {
  return typeof signer === "object" && signer !== null && "request" in signer;
}

function rethrow(error: unknown): never {
  throw toSdkError(error);
}
