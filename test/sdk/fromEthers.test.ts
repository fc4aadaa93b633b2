import { expect } from "chai";
import { type JsonRpcProvider, Wallet } from "ethers";
import { describe, it } from "mocha";

import { EMPTY_WORD } from "../../src/model/index.ts";
import {
  type ConcordClient,
  createConcordClient,
  createScope,
  type EthersProvider,
  type EthersSigner,
  fromEthers,
  getConsent,
  getConsentHistory,
  getLicence,
  getScope,
  getTerms,
  grantConsent,
  participantIdOf,
  type ParticipantSigner,
  proposeRecovery,
  relayConsentChanges,
  resumeConsent,
  scopeIdOf,
  signAnnul,
  signAppointment,
  signDecline,
  signDismissal,
  signExtend,
  signGrant,
  signResume,
  signSuspend,
  signTakeOver,
  signUpdate,
  signVeto,
  signWithdraw,
  suspendConsent,
} from "../../src/sdk/index.ts";
import { addressOf, digestOf, grantFor, ids, latestTime, loadWorld, person, refusal, type World } from "./world.ts";

const scopeId = ids.scope;

/** ethers' own types must fit the structural ones. */
export const fits = {
  provider: (provider: JsonRpcProvider): EthersProvider => provider,
  wallet: (wallet: Wallet): EthersSigner => wallet,
};

async function throughEthers({ connection, record }: World, client: ConcordClient): Promise<ConcordClient> {
  const signer = await connection.ethers.getSigner(addressOf(client));
  return createConcordClient({ deployment: record, ...(await fromEthers(signer)) });
}

/** The chain's clock goes with the world's, however long the tests before have taken. */
const DAY = 86_400;

describe("fromEthers", () => {
  it("reads through a provider as viem does", async () => {
    const world = await loadWorld();
    const { publicClient, walletClient } = await fromEthers(world.connection.ethers.provider);
    expect(walletClient).to.equal(undefined);
    const client = createConcordClient({ deployment: world.record, publicClient, walletClient });
    expect(await getScope(client, { scopeId })).to.deep.equal(await getScope(world.reader, { scopeId }));
    const terms = { scopeId, number: 2 };
    expect(await getTerms(client, terms)).to.deep.equal(await getTerms(world.reader, terms));
    await refusal(suspendConsent(client, { scopeId }), "WalletMissing");
  });

  it("writes through a signer with the same results", async () => {
    const world = await loadWorld();
    const lives: object[] = [];
    for (const makeClient of [async () => world.participant, () => throughEthers(world, world.participant)]) {
      const { connection, general } = await loadWorld();
      expect(connection).to.equal(world.connection);
      const client = await makeClient();
      const granted = await grantConsent(client, { scopeId, termsDigest: general.digest, elements: 3n });
      const suspended = await suspendConsent(client, { scopeId });
      const resumed = await resumeConsent(client, { scopeId });
      const participantId = participantIdOf(addressOf(client));
      const { words } = await getConsentHistory(client, { scopeId, participantId });
      const gas = [granted, suspended, resumed].map(({ gasUsed }) => gasUsed);
      lives.push({
        gas,
        words: words.map(({ version, ordinal, elements, state }) => ({ version, ordinal, elements, state })),
      });
    }
    expect(lives[1]).to.deep.equal(lives[0]);
  });

  it("decodes the contracts' errors all the same", async () => {
    const world = await loadWorld();
    const stranger = await throughEthers(world, world.stranger);
    const scope = { scopeId: scopeIdOf("Compass study"), committee: ids.committee };
    await refusal(createScope(stranger, scope), "AccessManagedUnauthorized");
    const error = await refusal(getLicence(stranger, { licenceId: 9n }), "LicenceUnknown");
    expect(error.args).to.deep.equal({ licenceId: 9n });
  });

  it("signs changes with an ethers wallet as with a viem account, byte for byte", async () => {
    const world = await loadWorld();
    const { account, participantId } = person(1);
    const wallet = new Wallet(digestOf("person 1"), world.connection.ethers.provider);
    const { timestamp } = await world.publicClient.getBlock({ blockTag: "latest" });
    const signedAt = Number(timestamp);
    const grant = {
      scopeId,
      termsDigest: world.general.digest,
      elements: 1n << 63n,
      standing: EMPTY_WORD,
      signedAt,
      deadline: signedAt + DAY,
    };
    const byViem = await signGrant(world.reader, { ...grant, signer: account });
    expect(await signGrant(world.reader, { ...grant, signer: wallet })).to.deep.equal(byViem);
    const own = createConcordClient({ deployment: world.record, ...(await fromEthers(wallet)) });
    const byWallet = await signGrant(own, grant);
    expect(byWallet).to.deep.equal(byViem);
    const relayer = await throughEthers(world, world.relayer);
    const { accepted } = await relayConsentChanges(relayer, { changes: [byWallet] });
    expect(accepted).to.equal(1);
    expect((await getConsent(own, { scopeId, participantId })).status).to.equal("Active");
  });

  it("signs everything else with an ethers wallet as with a viem account, byte for byte", async () => {
    const world = await loadWorld();
    const { reader, general, biobank } = world;
    const { account, participantId } = person(1);
    const wallet = new Wallet(digestOf("person 1"), world.connection.ethers.provider);
    const terms = { termsDigest: general.digest, elements: 1n << 63n };
    await grantFor(world, [person(1)], general.digest);
    const newParticipantId = person(2).participantId;
    await proposeRecovery(biobank, { scopeId, participantId, newParticipantId });
    const signedAt = (await latestTime(world)) + 10;
    const times = { scopeId, signedAt, deadline: signedAt + DAY };
    const delegateId = newParticipantId;
    const actions = [
      (signer: ParticipantSigner) => signUpdate(reader, { ...times, ...terms, signer }),
      (signer: ParticipantSigner) => signExtend(reader, { ...times, ...terms, signer }),
      (signer: ParticipantSigner) => signResume(reader, { ...times, signer }),
      (signer: ParticipantSigner) => signSuspend(reader, { ...times, signer }),
      (signer: ParticipantSigner) => signDecline(reader, { ...times, signer }),
      (signer: ParticipantSigner) => signWithdraw(reader, { ...times, signer }),
      (signer: ParticipantSigner) => signAnnul(reader, { ...times, signer, onBehalfOf: delegateId }),
      (signer: ParticipantSigner) => signTakeOver(reader, { ...times, attestedId: delegateId, signer }),
      (signer: ParticipantSigner) => signVeto(reader, { ...times, signer }),
      (signer: ParticipantSigner) => signDismissal(reader, { ...times, delegateId, signer }),
      (signer: ParticipantSigner) =>
        signAppointment(reader, { ...times, delegateId, verbs: ["close"], until: signedAt, signer }),
    ];
    for (const sign of actions) expect(await sign(wallet)).to.deep.equal(await sign(account));
  });

  it("takes over the node's words from errors that ethers has wrapped", async () => {
    const world = await loadWorld();
    const { provider } = world.connection.ethers;
    const wrapping: EthersProvider = {
      async send(method, params) {
        try {
          return (await provider.send(method, params)) as unknown;
        } catch (error) {
          const { message, code, data } = error as { message: string; code: number; data: unknown };
          throw Object.assign(new Error("could not coalesce error"), {
            code: "UNKNOWN_ERROR",
            info: { error: { message, code, data }, payload: { method } },
          });
        }
      },
    };
    const client = createConcordClient({ deployment: world.record, ...(await fromEthers(wrapping)) });
    await refusal(getScope(client, { scopeId: ids.company }), "ScopeUnknown");
  });

  it("refuses what cannot speak JSON-RPC", async () => {
    const disconnected = new Wallet(digestOf("person 1"));
    const hostile: unknown[] = [null, undefined, {}, 5, { send: 5 }, disconnected];
    for (const value of hostile) await refusal(fromEthers(value as EthersProvider), "InvalidInput");
  });
});
