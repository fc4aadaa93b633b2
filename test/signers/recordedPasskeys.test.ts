import { readFileSync } from "node:fs";

import { expect } from "chai";
import { network } from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";
import { describe, it } from "mocha";
import { type Address, type Hex, slice, stringToHex } from "viem";

import { EMPTY_WORD, type Terms } from "../../src/model/index.ts";
import {
  admitInstitution,
  type ConcordClient,
  createConcordClient,
  createScope,
  institutionIdOf,
  participantIdOf,
  publishTerms,
  relayConsentChanges,
  type SignedChange,
  signGrant,
  signWithdraw,
  webAuthnSigner,
} from "../../src/sdk/index.ts";
import { ConsentRegistry__factory, ERC7913WebAuthnVerifier__factory } from "../../typechain-types/index.ts";
import { generalTerms, refusal } from "../sdk/world.ts";
import { deployFixture } from "../support/system.ts";

/** What test/fixtures/README.md describes. */
interface Recordings {
  readonly chainId: number;
  readonly deployer: Address;
  readonly verifier: Address;
  readonly registry: Address;
  readonly assertions: Readonly<Record<AssertionName, Recording>>;
}

type AssertionName = "grant" | "withdraw" | "grantAgain" | "grantUnverified" | "grantSynced";

interface Recording {
  readonly change: {
    readonly scopeId: Hex;
    readonly termsDigest: Hex;
    readonly elements: string;
    readonly preferences: number;
    readonly until: number;
    readonly version: number;
    readonly extent: 1 | 2 | 3;
    readonly minVersion: number;
  };
  readonly signedAt: number;
  readonly deadline: number;
  readonly signer: Hex;
  readonly authenticatorData: Hex;
  readonly clientDataJSON: string;
  readonly signature: Hex;
}

const recordings = JSON.parse(readFileSync("test/fixtures/webauthn.json", "utf8")) as Recordings;
const { assertions, verifier } = recordings;
const terms: Terms = {
  ...generalTerms,
  notice: { ...generalTerms.notice, controller: stringToHex("standard", { size: 32 }) },
};

type Connection = NetworkConnection<"l1">;

async function chainOf(hardfork: "prague" | "osaka"): Promise<Connection> {
  const initialDate = new Date(assertions.grantAgain.signedAt * 1_000);
  return network.create({ chainType: "l1", override: { hardfork, initialDate } });
}

/** A chain on which the contracts check P-256 signatures themselves, and one that does it in a precompile. */
const chains = [
  { name: "prague", connection: await chainOf("prague"), mostGas: 325_000n },
  { name: "osaka", connection: await chainOf("osaka"), mostGas: 100_000n },
];

describe("recorded passkeys", () => {
  for (const { name, connection, mostGas } of chains) {
    describe(`on ${name}`, () => {
      it("grant, withdraw and grant again, as the SDK encodes what the authenticator gave", async () => {
        const client = await connection.networkHelpers.loadFixture(deployRelayer);
        const grant = await grantOf(client, assertions.grant, 0);
        expect(await relayed(client, grant)).to.deep.equal({ status: "accepted", version: 1 });
        const withdrawal = await withdrawalOf(client, assertions.withdraw);
        expect(await relayed(client, withdrawal)).to.deep.equal({ status: "accepted", version: 2 });
        const again = await grantOf(client, assertions.grantAgain, 2);
        expect(await relayed(client, again)).to.deep.equal({ status: "accepted", version: 3 });
        expect(await relayed(client, withdrawal)).to.deep.equal({ status: "ConsentClosingSuperseded" });
      });

      it(`takes no more than ${mostGas} gas for a first grant`, async () => {
        const client = await connection.networkHelpers.loadFixture(deployRelayer);
        // The first grant of all under new terms also pays for what the registry remembers of them.
        await relayed(client, await grantOf(client, assertions.grantSynced, 0));
        const changes = [await grantOf(client, assertions.grant, 0)];
        const { gasUsed } = await relayConsentChanges(client, { changes });
        expect(gasUsed <= mostGas, `${gasUsed}`).to.equal(true);
      });

      it("are refused before anything is sent when the user was not verified", async () => {
        const client = await connection.networkHelpers.loadFixture(deployRelayer);
        await refusal(grantOf(client, assertions.grantUnverified, 0), "InvalidInput");
      });
    });
  }
});

/** A chain whose registry and verifier are where the assertions were made for, with the terms that they agree to. */
async function deployRelayer(connection: Connection): Promise<ConcordClient> {
  const { record, governance, outsiders } = await deployFixture(connection);
  const { contracts, chainId } = record;
  expect(chainId).to.equal(recordings.chainId);
  await connection.networkHelpers.setBalance(recordings.deployer, 10n ** 18n);
  const deployer = await connection.ethers.getImpersonatedSigner(recordings.deployer);
  const webAuthn = await new ERC7913WebAuthnVerifier__factory(deployer).deploy();
  const registry = await new ConsentRegistry__factory(deployer).deploy(
    contracts.termsRegistry.address,
    contracts.institutionRegistry.address,
    contracts.delegateRegistry.address,
    contracts.scopeIndex.address,
    [contracts.p256Verifier.address, verifier],
  );
  expect([await webAuthn.getAddress(), await registry.getAddress()]).to.deep.equal([verifier, recordings.registry]);
  const deployment = {
    ...record,
    contracts: { ...contracts, consentRegistry: { ...contracts.consentRegistry, address: recordings.registry } },
  };
  const publicClient = await connection.viem.getPublicClient();
  const clientFor = async (address: string): Promise<ConcordClient> =>
    createConcordClient({
      deployment,
      publicClient,
      walletClient: await connection.viem.getWalletClient(address as Address),
    });
  const [custodian, committee, relayer] = outsiders.map(({ address }) => address) as [Address, Address, Address];
  const [biobank, ethics] = [institutionIdOf("biobank"), institutionIdOf("ethics committee")];
  for (const [institutionId, role, institutionAccount] of [
    [biobank, "custodian", custodian],
    [ethics, "committee", committee],
  ] as const) {
    const profile = { roles: [role], notForProfit: true, institutionType: "Hospital", region: "DK" } as const;
    await admitInstitution(await clientFor(governance.address), { institutionId, ...profile, institutionAccount });
  }
  const { scopeId, termsDigest } = assertions.grant.change;
  await createScope(await clientFor(custodian), { scopeId, committee: ethics });
  const { digest } = await publishTerms(await clientFor(custodian), { scopeId, terms });
  expect(digest).to.equal(termsDigest);
  return clientFor(relayer);
}

/** The recorded passkey, which answers as it did when it was recorded. */
function signerOf({ signer, authenticatorData, clientDataJSON, signature }: Recording) {
  const assert = async () => ({ authenticatorData, clientDataJSON: stringToHex(clientDataJSON), signature });
  return webAuthnSigner({ verifier: slice(signer, 0, 20), publicKey: slice(signer, 20), assert });
}

async function grantOf(client: ConcordClient, recording: Recording, version: number): Promise<SignedChange> {
  const { change, signedAt, deadline } = recording;
  const signer = signerOf(recording);
  const elements = BigInt(change.elements);
  const standing = { ...EMPTY_WORD, version };
  return signGrant(client, { ...change, elements, signer, signedAt, deadline, standing });
}

async function withdrawalOf(client: ConcordClient, recording: Recording): Promise<SignedChange> {
  const { change, signedAt, deadline } = recording;
  return signWithdraw(client, { ...change, signer: signerOf(recording), signedAt, deadline, standing: EMPTY_WORD });
}

async function relayed(client: ConcordClient, change: SignedChange) {
  const [outcome] = (await relayConsentChanges(client, { changes: [change] })).changes;
  if (outcome?.accepted !== true) return { status: outcome?.error.name };
  expect(outcome.participantId).to.equal(participantIdOf(change.authorisation.signer));
  return { status: "accepted", version: outcome.word.version };
}
