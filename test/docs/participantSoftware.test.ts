import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { Wallet } from "ethers";
import { describe, it } from "mocha";
import { custom, type Hex } from "viem";

import { consentTypes, delegateTypes, type ConsentPrimaryType } from "../../src/eip712/index.ts";
import { ConsentAuthor, NO_EXPIRY } from "../../src/model/index.ts";
import {
  confirmRecovery,
  type ConcordClient,
  getConsent,
  importConsents,
  proposeRecovery,
  type SignedChange,
  type SignedTakeOver,
  type SigningOptions,
  signAnnul,
  signDecline,
  signExtend,
  signGrant,
  signResume,
  signSuspend,
  signTakeOver,
  signUpdate,
  signWithdraw,
  takeOverConsent,
} from "../../src/sdk/index.ts";
import { digestOf, ids, latestTime, loadWorld, person, type World } from "../sdk/world.ts";
import { softwarePasskey } from "../signers/softwareKeys.ts";
import * as software from "./participantSoftware.ts";

const SEED: Hex = `0x${"5e".repeat(32)}`;
const page = readFileSync(join(import.meta.dirname, "../../docs/how-to/participant-software.md"), "utf8");
const source = readFileSync(join(import.meta.dirname, "participantSoftware.ts"), "utf8");
const blocks = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = ""]) => code);

async function keys(index = 0) {
  return await software.keyForScope(SEED, "Lantern study", index);
}

async function accept({ relayer }: World, ...texts: readonly string[]): Promise<void> {
  expect(await software.relay(relayer, ...texts)).to.deep.equal(texts.map(() => "accepted"));
}

/** Seconds of the chain pass: an opening must be signed later than what stands. */
async function later({ connection }: World, seconds = 5): Promise<void> {
  await connection.networkHelpers.time.increase(seconds);
}

describe("docs/how-to/participant-software.md", () => {
  it("shows the code that is run, all of it", () => {
    expect(blocks).to.not.be.empty;
    for (const block of blocks) expect(source).to.contain(block.trim());
    const functions = Object.keys(software);
    const shown = blocks.flatMap((block) => [...block.matchAll(/function (\w+)\(/g)].map(([, name]) => name));
    expect(shown).to.have.members(functions);
  });

  it("lists every struct with its members", () => {
    const rows = new Map(
      [...page.matchAll(/^\| `([A-Z]\w+)` +\|(?: (opening|closing) +\|)? (.*?) +\|$/gm)].map(([, name, , members]) => [
        name,
        members,
      ]),
    );
    const structs = { ...consentTypes, ...delegateTypes };
    expect([...rows.keys()]).to.have.members(Object.keys(structs));
    for (const [name, members] of Object.entries(structs)) {
      const [first, second, ...rest] = members.map((member) => member.name);
      const [signedAt, deadline] = rest.splice(-2);
      expect([first, second, signedAt, deadline]).to.deep.equal(["participantId", "scopeId", "signedAt", "deadline"]);
      expect(rows.get(name), name).to.equal(rest.map((member) => `\`${member}\``).join(", "));
    }
  });
});

describe("participants' software", () => {
  it("has a key for each scope, and another after a loss", async () => {
    const first = await keys();
    expect(first.scopeId).to.equal(ids.scope);
    expect((await keys(1)).participantId).to.not.equal(first.participantId);
    expect((await software.keyForScope(SEED, "Other study")).participantId).to.not.equal(first.participantId);
    expect((await keys()).participantId).to.equal(first.participantId);
  });

  it("agrees, is relayed, and reads what stands", async () => {
    const world = await loadWorld();
    const { account, participantId, scopeId } = await keys();
    const client = software.readerOf(world.record, custom(world.connection.provider));
    await accept(world, await software.agree(client, account, scopeId, world.general.digest));
    const shown = await software.overview(client, scopeId, participantId);
    expect(shown).to.include({ status: "Active", terms: 1, consents: 1, until: NO_EXPIRY });
    expect(shown.changes).to.have.length(1);
    expect(shown.changes[0]).to.match(/^\d{4}-.*Z ConsentGranted Participant$/);
    const time = await latestTime(world);
    expect(await software.standingAt(client, scopeId, participantId, time)).to.deep.equal({
      status: "Active",
      permitted: true,
      version: 1,
    });
    expect(await software.standingAt(client, scopeId, participantId, time - 1)).to.include({ status: "None" });
    const [again] = await software.relay(
      world.relayer,
      await software.agree(client, account, scopeId, world.general.digest),
    );
    expect(again).to.match(/^ConsentAlreadyGranted: .*\.$/);
  });

  it("signs the same with viem, with ethers and with the SDK", async () => {
    const world = await loadWorld();
    const { reader } = world;
    const { account, participantId } = person(7);
    const { scope: scopeId } = ids;
    const wallet = new Wallet(digestOf("person 7"));
    const signedAt = await latestTime(world);
    const deadline = signedAt + 500;
    const standing = { version: 4, signedAt: signedAt - 9 };
    const agreed = { termsDigest: world.general.digest, elements: 5n, preferences: 3, until: signedAt + 1_000 };
    const others = { attestedId: digestOf("attested"), newParticipantId: digestOf("new") };
    const options: SigningOptions & { scopeId: Hex } = { signer: account, scopeId, standing, signedAt, deadline };
    const bySdk: Readonly<Record<Exclude<ConsentPrimaryType, "Veto">, SignedChange>> = {
      Grant: await signGrant(reader, { ...options, ...agreed }),
      Update: await signUpdate(reader, { ...options, ...agreed }),
      Extend: await signExtend(reader, { ...options, termsDigest: agreed.termsDigest, until: agreed.until }),
      Resume: await signResume(reader, options),
      Suspend: await signSuspend(reader, options),
      Decline: await signDecline(reader, options),
      Withdraw: await signWithdraw(reader, options),
      Annul: await signAnnul(reader, options),
      TakeOver: await signTakeOver(reader, { ...options, attestedId: others.attestedId }),
    };
    const messages = software.messagesOf({ participantId, scopeId, signedAt, deadline }, standing, agreed, others);
    for (const [name, message] of Object.entries(messages)) {
      const struct = name as ConsentPrimaryType;
      const signature = await software.signWithViem(reader, account, struct, message);
      expect(await software.signWithEthers(reader, wallet, struct, message)).to.equal(signature);
      if (struct !== "Veto") expect(bySdk[struct].authorisation.signature).to.equal(signature);
    }
    const signature = await software.signWithViem(reader, account, "Withdraw", messages.Withdraw);
    expect(software.signedWithdrawal(account.address, messages.Withdraw, signature)).to.deep.equal(bySdk.Withdraw);
  });

  it("takes passkeys and families as signers", async () => {
    const world = await loadWorld();
    const { publicKey, assert } = softwarePasskey();
    const id = new Uint8Array([1, 2, 3]);
    const asked: object[] = [];
    const credentials: software.Credentials = {
      get: async ({ publicKey: options }) => {
        asked.push({ ...options, challenge: options.challenge.length });
        return { response: await assert(options.challenge) };
      },
    };
    const passkey = software.passkeySigner(world.reader, credentials, { id, publicKey });
    await accept(world, await software.agree(world.reader, passkey, ids.scope, world.general.digest));
    const allowCredentials = [{ type: "public-key", id }];
    expect(asked).to.deep.equal([{ challenge: 32, allowCredentials, userVerification: "required" }]);
    const gone = software.passkeySigner(world.reader, { get: async () => null }, { id, publicKey });
    const refused: unknown = await software
      .agree(world.reader, gone, ids.scope, world.general.digest)
      .catch((error: unknown) => error);
    expect(String(refused)).to.contain("has not signed");

    const family = [11, 12, 13].map((number) => person(number).account);
    const joint = await software.agreeAsFamily(world.reader, ids.scope, world.general.digest, family);
    await accept(world, JSON.stringify(joint));
  });

  it("signs without a network", async () => {
    const world = await loadWorld();
    const { account, participantId, scopeId } = await keys();
    await accept(world, await software.agree(world.reader, account, scopeId, world.general.digest));
    await later(world);
    const brief = await software.briefOf(world.reader, scopeId, participantId);
    await accept(world, await software.withdrawOffline(brief, account, await latestTime(world)));
    expect(await software.overview(world.reader, scopeId, participantId)).to.include({ status: "Withdrawn" });
    const standing = { version: 0, signedAt: 0 };
    const first = JSON.stringify({ record: world.record, scopeId, standing });
    const text = await software.withdrawOffline(first, person(3).account, await latestTime(world));
    const unheard = JSON.parse(text) as SignedChange;
    expect(unheard.change).to.include({ minVersion: 0 });
  });

  it("closes through whichever relayer works", async () => {
    const world = await loadWorld();
    const { account, participantId, scopeId } = await keys();
    await accept(world, await software.agree(world.reader, account, scopeId, world.general.digest));
    await later(world);
    const signed = await signWithdraw(world.reader, { signer: account, scopeId });
    const down: ConcordClient = { ...world.relayer, walletClient: undefined };
    const close = async (relayers: readonly ConcordClient[]) =>
      await software.closeThroughAny(world.reader, signed, participantId, relayers);
    expect(await close([])).to.be.false;
    expect(await close([down])).to.be.false;
    expect(await close([down, world.relayer, world.stranger])).to.be.true;
    expect(await close([world.stranger])).to.be.true;
  });

  it("appoints a proxy, who narrows", async () => {
    const world = await loadWorld();
    const [brother, sister] = [person(1), person(2)];
    const terms = world.general.digest;
    await accept(world, await software.agree(world.reader, brother.account, ids.scope, terms));
    await later(world);
    const delegations = await software.appointSister(
      world.reader,
      world.relayer,
      brother.account,
      ids.scope,
      sister.account.address,
    );
    expect(delegations.map(({ mandate }) => mandate.verbs)).to.deep.equal([["narrow", "close"]]);
    const args = [world.reader, sister.account, brother.participantId, ids.scope, terms] as const;
    await accept(world, JSON.stringify(await software.narrowForBrother(...args)));
    const { word } = await getConsent(world.reader, { scopeId: ids.scope, participantId: brother.participantId });
    expect(word).to.include({ elements: 1n, author: ConsentAuthor.Proxy });
  });

  it("takes a consent over from the custodian's keeping", async () => {
    const world = await loadWorld();
    const { account, participantId, scopeId } = await keys();
    const paper = { termsDigest: world.general.digest, elements: 1n, signedAt: (await latestTime(world)) - 100 };
    const { participantIds } = await importConsents(world.biobank, { scopeId, consents: [paper] });
    const [attestedId] = participantIds;
    const text = await software.takeOver(world.reader, account, scopeId, attestedId!);
    await takeOverConsent(world.biobank, { signed: JSON.parse(text) as SignedTakeOver });
    expect(await software.overview(world.reader, scopeId, participantId)).to.include({ status: "Active" });
  });

  it("vetoes the move of its consent to another key", async () => {
    const world = await loadWorld();
    const { account, participantId, scopeId } = await keys();
    await accept(world, await software.agree(world.reader, account, scopeId, world.general.digest));
    expect(await software.vetoIfMoving(world.reader, account, scopeId)).to.be.undefined;
    const { participantId: newParticipantId } = await keys(1);
    const recovery = { scopeId, participantId, newParticipantId };
    await proposeRecovery(world.biobank, recovery);
    await confirmRecovery(world.university, recovery);
    const veto = await software.vetoIfMoving(world.reader, account, scopeId);
    await accept(world, JSON.stringify(veto));
    expect(await software.vetoIfMoving(world.reader, account, scopeId)).to.be.undefined;
  });
});
