import { expect } from "chai";
import { describe, it } from "mocha";
import { type Address, concat, createWalletClient, custom, getAddress, type Hex, numberToHex, zeroAddress } from "viem";

import { WithdrawalExtent } from "../../src/model/index.ts";
import {
  type ConcordClient,
  createConcordClient,
  getConsent,
  grantConsent,
  relayConsentChanges,
  type SignedChange,
  signGrant,
  signWithdraw,
  smartAccountSigner,
  withdrawConsent,
} from "../../src/sdk/index.ts";
import { ALL_ELEMENTS, ids, loadWorld, person, type World } from "../sdk/world.ts";

/** What EIP-7702 puts before the delegate's address, as the code of the account. */
const DELEGATION_PREFIX = "0xef0100";

const participant = person(1);
const { account, participantId } = participant;
/** The key of a telephone that the participant's smart account takes for theirs. */
const telephone = person(2).account;
const { NoFurtherUse: extent } = WithdrawalExtent;

describe("accounts with an EIP-7702 delegation", () => {
  describe("given a delegation to a smart account that takes another key's signature", () => {
    it("takes the account's own ECDSA signature", async () => {
      const world = await loadWorld();
      await delegate(world, await deployed(world, "OwnedWallet", [telephone.address]));
      expect(await relayed(world, await grantBy(world, account))).to.equal(undefined);
      expect(await statusIn(world)).to.equal("Active");
      expect(await relayed(world, await withdrawalBy(world, account))).to.equal(undefined);
      expect(await statusIn(world)).to.equal("Withdrawn");
    });

    it("takes the account's own transaction", async () => {
      const world = await loadWorld();
      const own = await delegate(world, await deployed(world, "OwnedWallet", [telephone.address]));
      await grantConsent(own, { scopeId: ids.scope, termsDigest: world.general.digest, elements: ALL_ELEMENTS });
      expect(await statusIn(world)).to.equal("Active");
      await withdrawConsent(own, { scopeId: ids.scope, extent });
      expect(await statusIn(world)).to.equal("Withdrawn");
    });

    it("takes what the smart account accepts, for the same participant", async () => {
      const world = await loadWorld();
      await delegate(world, await deployed(world, "OwnedWallet", [telephone.address]));
      const smartAccount = smartAccountSigner({ address: account.address, owner: telephone });
      expect(await relayed(world, await grantBy(world, smartAccount))).to.equal(undefined);
      expect(await statusIn(world)).to.equal("Active");
      expect(await relayed(world, await withdrawalBy(world, smartAccount))).to.equal(undefined);
      expect(await statusIn(world)).to.equal("Withdrawn");
    });

    it("refuses what the smart account does not accept", async () => {
      const world = await loadWorld();
      await delegate(world, await deployed(world, "OwnedWallet", [telephone.address]));
      const stranger = smartAccountSigner({ address: account.address, owner: person(3).account });
      expect(await relayed(world, await grantBy(world, stranger))).to.equal("ConsentSignatureInvalid");
    });

    it("refuses the other key once the delegation is taken back, and takes the account's own", async () => {
      const world = await loadWorld();
      const wallet = await deployed(world, "OwnedWallet", [telephone.address]);
      await delegate(world, wallet);
      const grant = await grantBy(world, smartAccountSigner({ address: account.address, owner: telephone }));
      await delegate(world, zeroAddress);
      expect(await relayed(world, grant)).to.equal("ConsentSignatureInvalid");
      expect(await relayed(world, await grantBy(world, account))).to.equal(undefined);
    });
  });

  const hostile: readonly (readonly [what: string, contract: string, args: readonly unknown[]])[] = [
    ["reverts", "FixedAnswerSigner", [true, numberToHex(0, { size: 32 }), 32n]],
    ["refuses every signature", "FixedAnswerSigner", [false, numberToHex(0, { size: 32 }), 32n]],
    ["burns the gas that it gets", "GasBurningSigner", [0n]],
  ];
  for (const [what, contract, args] of hostile) {
    describe(`given a delegation to code that ${what}`, () => {
      it("takes the account's own signatures, opening and closing", async () => {
        const world = await loadWorld();
        await delegate(world, await deployed(world, contract, args));
        expect(await relayed(world, await grantBy(world, account))).to.equal(undefined);
        expect(await relayed(world, await withdrawalBy(world, account))).to.equal(undefined);
        expect(await statusIn(world)).to.equal("Withdrawn");
      });

      it("takes the account's own transactions", async () => {
        const world = await loadWorld();
        const own = await delegate(world, await deployed(world, contract, args));
        await grantConsent(own, { scopeId: ids.scope, termsDigest: world.general.digest, elements: ALL_ELEMENTS });
        await withdrawConsent(own, { scopeId: ids.scope, extent });
        expect(await statusIn(world)).to.equal("Withdrawn");
      });

      it("refuses any other key, and spoils nothing else in the batch", async () => {
        const world = await loadWorld();
        await delegate(world, await deployed(world, contract, args));
        const forged = await grantBy(world, smartAccountSigner({ address: account.address, owner: telephone }));
        const neighbour = await grantBy(world, person(3).account);
        const { changes } = await relayConsentChanges(world.relayer, { changes: [forged, neighbour] });
        expect(changes.map((change) => change.accepted)).to.deep.equal([false, true]);
        expect(await statusIn(world)).to.equal("None");
      });
    });
  }
});

async function deployed({ connection }: World, name: string, args: readonly unknown[]): Promise<Address> {
  const contract = await connection.ethers.deployContract(name, [...args]);
  return getAddress(await contract.getAddress());
}

/** Has the participant's account run this code, by a transaction of its own; a client that acts for the participant. */
async function delegate({ connection, record, publicClient }: World, contractAddress: Address): Promise<ConcordClient> {
  await connection.networkHelpers.setBalance(account.address, 10n ** 18n);
  const transport = custom(connection.provider);
  const walletClient = createWalletClient({ account, chain: publicClient.chain, transport });
  const authorization = await walletClient.signAuthorization({ contractAddress, executor: "self" });
  // To nobody: a call of the account would run the code already.
  const hash = await walletClient.sendTransaction({ to: zeroAddress, authorizationList: [authorization] });
  const { type } = await publicClient.waitForTransactionReceipt({ hash });
  expect(type).to.equal("eip7702");
  const expected: Hex | undefined =
    contractAddress === zeroAddress ? undefined : concat([DELEGATION_PREFIX, contractAddress]);
  expect((await publicClient.getCode(account))?.toLowerCase()).to.equal(expected?.toLowerCase());
  return createConcordClient({ deployment: record, publicClient, walletClient });
}

type Signer = Parameters<typeof signGrant>[1]["signer"];

async function grantBy({ reader, general }: World, signer: Signer): Promise<SignedChange> {
  return signGrant(reader, { signer, scopeId: ids.scope, termsDigest: general.digest, elements: ALL_ELEMENTS });
}

async function withdrawalBy({ reader }: World, signer: Signer): Promise<SignedChange> {
  return signWithdraw(reader, { signer, scopeId: ids.scope, extent });
}

/** The name of the error by which a change was refused; undefined when it was accepted. */
async function relayed({ relayer }: World, change: SignedChange): Promise<string | undefined> {
  const [outcome] = (await relayConsentChanges(relayer, { changes: [change] })).changes;
  return outcome?.accepted === false ? outcome.error.name : undefined;
}

async function statusIn({ reader }: World): Promise<string> {
  return (await getConsent(reader, { scopeId: ids.scope, participantId })).status;
}
