import { type Address, type Hex, keccak256, size, type TypedDataDefinition } from "viem";

import {
  type ConsentDomain,
  consentDomain,
  type ConsentPrimaryType,
  consentTypes,
  type DelegateDomain,
  delegateDomain,
  type DelegatePrimaryType,
  delegateTypes,
} from "../../eip712/index.ts";
import type { ConcordClient } from "../client.ts";
import {
  type ChainMismatchError,
  type ConcordContractError,
  InvalidInputError,
  type RequestFailedError,
  type WalletMissingError,
} from "../errors.ts";
import type { ChangeAuthorisation } from "./authorisation.ts";
import { addressOf } from "./contracts.ts";
import { latestBlock } from "./read.ts";
import { type ParticipantSigner, type ResolvedSigner, resolveSigner } from "./signers.ts";
import { checkId, checkUint, refuse } from "./validate.ts";
import { checkStanding, type Standing, standingWord } from "./words.ts";

/** Who signs and when: what every signing action takes. */
export interface SignatureOptions {
  /** The participant's own key, or their delegate's; the client's wallet unless told. */
  readonly signer?: ParticipantSigner | undefined;
  /**
   * When it is signed (Unix seconds, uint32). Unless told: the latest block's time, or what the chain demands where
   * that is later. The chain refuses a signature until its time has reached it.
   */
  readonly signedAt?: number | undefined;
  /** The last second at which the signature may be used (Unix seconds, uint32); 24 hours from now unless told. */
  readonly deadline?: number | undefined;
}

/** What every action that signs a change of a consent takes besides the change. */
export interface SigningOptions extends SignatureOptions {
  /** The participant for whom the signer acts, as their delegate; left out when it is the signer's own consent. */
  readonly onBehalfOf?: Hex | undefined;
  /** The participant's standing word in the scope; read from the chain unless told. EMPTY_WORD for a first grant. */
  readonly standing?: Standing | undefined;
}

/** What any signing action may throw, besides its own. */
export type SigningErrorType =
  ChainMismatchError | ConcordContractError | InvalidInputError | RequestFailedError | WalletMissingError;

const DAY = 24 * 60 * 60;
const LAST_SECOND = 0xffff_ffff;
const ADDRESS_BYTES = 20;

/** A change before it is signed: its struct, and its fields as the standing word makes them. */
export interface Unsigned<change> {
  readonly struct: ConsentPrimaryType;
  readonly scopeId: Hex;
  /** An opening must be signed later than the standing word, a closing no earlier. */
  readonly isOpening: boolean;
  readonly changeOn: (standing: Standing) => change;
}

/** Signs a change as the participant whose key the signer has, or as the delegate of another. */
export async function signChange<change extends object>(
  client: ConcordClient,
  options: SigningOptions,
  { struct, scopeId, isOpening, changeOn }: Unsigned<change>,
): Promise<{ change: change; authorisation: ChangeAuthorisation }> {
  const { onBehalfOf } = options;
  if (onBehalfOf !== undefined) checkId("onBehalfOf", onBehalfOf);
  if (options.standing !== undefined) checkStanding(options.standing);
  const signer = await signerOf(client, options);
  const participantId = onBehalfOf ?? keccak256(signer.signer);
  const standing = options.standing ?? (await standingWord(client, scopeId, participantId));
  const change = changeOn(standing);
  const { version, signedAt } = standing;
  const earliest = isOpening && version !== 0 ? secondAfter(signedAt) : signedAt;
  const statement = consentStatement(client, struct, participantId, change);
  const authorisation = await authorise(client, signer, options, { ...statement, earliest });
  return { change, authorisation: onBehalfOf === undefined ? authorisation : { ...authorisation, participantId } };
}

/** Whoever signs, asked once. Times are checked first: a wallet is not bothered with what would be refused. */
export async function signerOf(client: ConcordClient, options: SignatureOptions): Promise<ResolvedSigner> {
  if (options.signedAt !== undefined) checkUint("signedAt", options.signedAt, 32);
  if (options.deadline !== undefined) checkUint("deadline", options.deadline, 32);
  return resolveSigner(options.signer ?? client.walletClient);
}

/** An account that signs for an institution, and until when its signature may be used. */
export interface OfficialSigner {
  readonly official: Address;
  /** The last second at which the signature may be used (Unix seconds). */
  readonly deadline: number;
  readonly sign: (typedData: object) => Promise<Hex>;
}

/**
 * An official, asked once: officials are accounts, whose signatures the contracts recover.
 * @param fix who is to sign, where a key of another kind would
 */
export async function officialSignerOf(
  client: ConcordClient,
  options: Omit<SignatureOptions, "signedAt">,
  fix: string,
): Promise<OfficialSigner> {
  const { signer, sign } = await signerOf(client, options);
  if (size(signer) !== ADDRESS_BYTES) throw refuse("signer", signer, "no account", fix);
  return {
    official: signer as Address,
    deadline: options.deadline ?? dayAfter((await latestBlock(client)).time),
    // viem's definition of any typed data is no supertype of one that is known in full.
    sign: (typedData) => sign(typedData as TypedDataDefinition),
  };
}

/** The second after a signing time; at the end of time the last second, which the contract then refuses. */
export function secondAfter(time: number): number {
  return Math.min(time + 1, LAST_SECOND);
}

/** A day after a block's time or now, whichever is later: the chain's clock may have stood still since its latest block. */
export function dayAfter(time: number): number {
  return Math.min(Math.max(time, Math.floor(Date.now() / 1000)) + DAY, LAST_SECOND);
}

/** What is signed, without its times. */
export interface Statement {
  readonly domain: ConsentDomain | DelegateDomain;
  readonly struct: ConsentPrimaryType | DelegatePrimaryType;
  readonly members: readonly { readonly name: string; readonly type: string }[];
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A change of a consent as what is signed. */
export function consentStatement(
  client: ConcordClient,
  struct: ConsentPrimaryType,
  participantId: Hex,
  change: object,
): Statement {
  return {
    domain: consentDomain(client.deployment.chainId, addressOf(client, "consentRegistry")),
    struct,
    members: consentTypes[struct],
    fields: { participantId, ...change },
  };
}

/** A change of a participant's proxies as what is signed. */
export function delegateStatement(
  client: ConcordClient,
  struct: DelegatePrimaryType,
  participantId: Hex,
  change: object,
): Statement {
  return {
    domain: delegateDomain(client.deployment.chainId, addressOf(client, "delegateRegistry")),
    struct,
    members: delegateTypes[struct],
    fields: { participantId, ...change },
  };
}

/**
 * Has a signer sign a statement, at a time that the chain will take.
 * @param earliest when it may be signed at the earliest (Unix seconds)
 */
export async function authorise(
  client: ConcordClient,
  { signer, sign }: ResolvedSigner,
  options: SignatureOptions,
  { domain, struct, members, fields, earliest }: Statement & { readonly earliest: number },
): Promise<ChangeAuthorisation> {
  const signedAt = options.signedAt ?? Math.max((await latestBlock(client)).time, earliest);
  if (signedAt < earliest) {
    const told = `signedAt is ${signedAt}, but the chain takes this change only if it is signed from ${earliest} on.`;
    throw new InvalidInputError("signedAt", told, "Leave signedAt out, or sign later.", { args: { earliest } });
  }
  const deadline = options.deadline ?? dayAfter(signedAt);
  if (deadline < signedAt) {
    const told = `deadline is ${deadline}, which is before signedAt, ${signedAt}.`;
    throw new InvalidInputError("deadline", told, "Give a later deadline, or leave it out.");
  }
  const typedData = {
    domain,
    // Only the struct itself: ethers refuses types that nothing refers to.
    types: { [struct]: members },
    primaryType: struct,
    message: { ...fields, signedAt, deadline },
  };
  // viem infers messages from types that are known in full; the struct is only known by name here.
  const signature = await sign(typedData as unknown as TypedDataDefinition);
  return { signer, signedAt, deadline, signature };
}
