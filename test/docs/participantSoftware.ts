// The code of docs/how-to/participant-software.md, function by function; participantSoftware.test.ts compares and runs it.
import type { Wallet } from "ethers";
import { createPublicClient, custom, type Hex, type Transport, type TypedDataDefinition } from "viem";
import { type PrivateKeyAccount, privateKeyToAccount } from "viem/accounts";

import { parseDeploymentRecord } from "../../src/deployments/index.ts";
import { consentDomain, type ConsentPrimaryType, consentTypes } from "../../src/eip712/index.ts";
import {
  type AssertionLike,
  type ConcordClient,
  createConcordClient,
  deriveParticipantKey,
  getConsent,
  getConsentHistory,
  getConsentStatusAt,
  getPermittedAt,
  getRecovery,
  groupSigner,
  listDelegates,
  type ParticipantSigner,
  participantIdOf,
  relayConsentChanges,
  relayDelegateChange,
  scopeIdOf,
  signAppointment,
  type SignedChange,
  type SignedTakeOver,
  type SignedWithdraw,
  signGrant,
  signTakeOver,
  signUpdate,
  signVeto,
  signWithdraw,
  webAuthnSigner,
} from "../../src/sdk/index.ts";

export async function keyForScope(seed: Hex, scope: string, index = 0) {
  const scopeId = scopeIdOf(scope);
  const account = privateKeyToAccount(await deriveParticipantKey({ seed, scopeId, index }));
  return { scopeId, account, participantId: participantIdOf(account.address) };
}

export function readerOf(record: unknown, transport: Transport): ConcordClient {
  const publicClient = createPublicClient({ transport });
  return createConcordClient({ deployment: parseDeploymentRecord(record), publicClient });
}

export async function agree(client: ConcordClient, signer: ParticipantSigner, scopeId: Hex, termsDigest: Hex) {
  const signed = await signGrant(client, { signer, scopeId, termsDigest, elements: 0x3ffn, preferences: 0b11 });
  return JSON.stringify(signed);
}

export async function relay(relayer: ConcordClient, ...texts: readonly string[]): Promise<string[]> {
  const changes = texts.map((text) => JSON.parse(text) as SignedChange);
  const relayed = await relayConsentChanges(relayer, { changes });
  return relayed.changes.map((change) => (change.accepted ? "accepted" : `${change.error.name}: ${change.error.fix}`));
}

/** Who says it and when: members of every struct. */
export interface Statement {
  readonly participantId: Hex;
  readonly scopeId: Hex;
  /** Unix seconds; never in the chain's future. */
  readonly signedAt: number;
  /** The last second at which the signature may be used. */
  readonly deadline: number;
}

export interface Agreement {
  readonly termsDigest: Hex;
  readonly elements: bigint;
  readonly preferences: number;
  readonly until: number;
}

export function messagesOf(
  { participantId, scopeId, ...times }: Statement,
  standing: { readonly version: number },
  agreed: Agreement,
  others: { readonly attestedId: Hex; readonly newParticipantId: Hex },
) {
  const whose = { participantId, scopeId };
  const { termsDigest, until } = agreed;
  // An opening makes exactly the next version; a closing ends any from the one it names on.
  const version = standing.version + 1;
  const minVersion = standing.version;
  return {
    Grant: { ...whose, ...agreed, version, ...times },
    Update: { ...whose, ...agreed, version, ...times },
    Extend: { ...whose, termsDigest, until, version, ...times },
    Resume: { ...whose, version, ...times },
    Suspend: { ...whose, minVersion, ...times },
    Decline: { ...whose, minVersion, ...times },
    Withdraw: { ...whose, extent: 3, minVersion, ...times },
    Annul: { ...whose, minVersion, ...times },
    TakeOver: { ...whose, attestedId: others.attestedId, ...times },
    Veto: { ...whose, newParticipantId: others.newParticipantId, ...times },
  };
}

export async function signWithViem(
  { deployment }: ConcordClient,
  account: PrivateKeyAccount,
  struct: ConsentPrimaryType,
  message: Readonly<Record<string, unknown>>,
): Promise<Hex> {
  const domain = consentDomain(deployment.chainId, deployment.contracts.consentRegistry.address);
  // With a struct by name, viem checks the message's members; here the name varies.
  const typedData = { domain, types: consentTypes, primaryType: struct, message } as TypedDataDefinition;
  return await account.signTypedData(typedData);
}

export async function signWithEthers(
  { deployment }: ConcordClient,
  wallet: Wallet,
  struct: ConsentPrimaryType,
  message: Readonly<Record<string, unknown>>,
): Promise<string> {
  const domain = consentDomain(deployment.chainId, deployment.contracts.consentRegistry.address);
  return await wallet.signTypedData(domain, { [struct]: [...consentTypes[struct]] }, message);
}

export function signedWithdrawal(
  signer: Hex,
  message: ReturnType<typeof messagesOf>["Withdraw"],
  signature: Hex,
): SignedWithdraw {
  const { scopeId, extent, minVersion, signedAt, deadline } = message;
  const authorisation = { signer, signedAt, deadline, signature };
  return { verb: "withdraw", change: { scopeId, extent, minVersion }, authorisation };
}

/** The part of the browser's `navigator.credentials` that is used. */
export interface Credentials {
  get(options: { publicKey: PublicKeyOptions }): Promise<{ response: AssertionLike } | null>;
}

export interface PublicKeyOptions {
  challenge: Uint8Array<ArrayBuffer>;
  allowCredentials: { type: "public-key"; id: Uint8Array<ArrayBuffer> }[];
  userVerification: "required";
}

/** What the software keeps of a passkey for one scope: both were told when it was created. */
export interface Passkey {
  readonly id: Uint8Array<ArrayBuffer>;
  /** `getPublicKey()` of the response to `navigator.credentials.create`. */
  readonly publicKey: Uint8Array;
}

export function passkeySigner({ deployment }: ConcordClient, credentials: Credentials, { id, publicKey }: Passkey) {
  return webAuthnSigner({
    verifier: deployment.contracts.webAuthnVerifier.address,
    publicKey,
    assert: async (challenge) => {
      const allowCredentials = [{ type: "public-key" as const, id }];
      const answer = await credentials.get({
        publicKey: { challenge, allowCredentials, userVerification: "required" },
      });
      if (answer === null) throw new Error("The participant has not signed.");
      return answer.response;
    },
  });
}

export async function agreeAsFamily(
  client: ConcordClient,
  scopeId: Hex,
  termsDigest: Hex,
  family: PrivateKeyAccount[],
) {
  const members = family.map(({ address }) => address);
  // Two of them open, any one closes.
  const signer = groupSigner({ members, threshold: 2, signers: family.slice(0, 2) });
  return await signGrant(client, { signer, scopeId, termsDigest, elements: 0x3ffn });
}

export async function briefOf(client: ConcordClient, scopeId: Hex, participantId: Hex): Promise<string> {
  const { word } = await getConsent(client, { scopeId, participantId });
  const { version, signedAt } = word;
  return JSON.stringify({ record: client.deployment, scopeId, standing: { version, signedAt } });
}

export async function withdrawOffline(brief: string, signer: PrivateKeyAccount, now: number): Promise<string> {
  const { record, scopeId, standing } = JSON.parse(brief) as {
    record: unknown;
    scopeId: Hex;
    standing: { version: number; signedAt: number };
  };
  const nowhere = custom({ request: () => Promise.reject(new Error("This machine has no network.")) });
  const client = readerOf(record, nowhere);
  const deadline = now + 7 * 24 * 60 * 60;
  return JSON.stringify(await signWithdraw(client, { signer, scopeId, standing, signedAt: now, deadline }));
}

export async function overview(client: ConcordClient, scopeId: Hex, participantId: Hex) {
  const { status, word } = await getConsent(client, { scopeId, participantId });
  const { events, total } = await getConsentHistory(client, { scopeId, participantId, limit: 20 });
  return {
    status,
    terms: word.terms,
    until: word.until,
    consents: total,
    changes: events.map(({ name, time, actor }) => `${new Date(time * 1000).toISOString()} ${name} ${actor.kind}`),
  };
}

export async function standingAt(client: ConcordClient, scopeId: Hex, participantId: Hex, time: number) {
  const { permitted, version } = await getPermittedAt(client, { scopeId, participantId, time });
  const { status } = await getConsentStatusAt(client, { scopeId, participantId, time });
  return { status, permitted, version };
}

export async function closeThroughAny(
  client: ConcordClient,
  signed: SignedChange,
  participantId: Hex,
  relayers: readonly ConcordClient[],
): Promise<boolean> {
  const { scopeId } = signed.change;
  for (const relayer of relayers) {
    // One that is down, or will not, is passed over; two that both send it do no harm.
    await relayConsentChanges(relayer, { changes: [signed] }).catch(() => undefined);
    const { status } = await getConsent(client, { scopeId, participantId });
    if (status !== "Active" && status !== "Scheduled") return true;
  }
  return false;
}

export async function appointSister(
  client: ConcordClient,
  relayer: ConcordClient,
  signer: ParticipantSigner,
  scopeId: Hex,
  sister: Hex,
) {
  const until = Math.floor(Date.UTC(2035, 0, 1) / 1000);
  const mandate = { scopeId, delegateId: participantIdOf(sister), verbs: ["narrow", "close"] as const, until };
  const signed = await signAppointment(client, { signer, ...mandate });
  const { participantId } = await relayDelegateChange(relayer, { signed });
  return (await listDelegates(client, { scopeId, participantId })).delegations;
}

export async function narrowForBrother(
  client: ConcordClient,
  sister: ParticipantSigner,
  brotherId: Hex,
  scopeId: Hex,
  termsDigest: Hex,
) {
  const until = Math.floor(Date.UTC(2030, 0, 1) / 1000);
  return await signUpdate(client, {
    signer: sister,
    onBehalfOf: brotherId,
    scopeId,
    termsDigest,
    elements: 0x1n,
    until,
  });
}

export async function takeOver(client: ConcordClient, signer: ParticipantSigner, scopeId: Hex, attestedId: Hex) {
  const signed: SignedTakeOver = await signTakeOver(client, { signer, scopeId, attestedId });
  return JSON.stringify(signed);
}

export async function vetoIfMoving(client: ConcordClient, signer: PrivateKeyAccount, scopeId: Hex) {
  const { pending } = await getRecovery(client, { scopeId, participantId: participantIdOf(signer.address) });
  return pending === undefined ? undefined : await signVeto(client, { signer, scopeId });
}
