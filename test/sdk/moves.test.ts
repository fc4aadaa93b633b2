import { expect } from "chai";
import { describe, it } from "mocha";
import type { Hex } from "viem";

import { ConsentAuthor, ConsentState } from "../../src/model/index.ts";
import {
  cancelRecovery,
  completeRecovery,
  confirmRecovery,
  getConsent,
  getForward,
  getRecovery,
  grantConsent,
  importConsents,
  participantIdOf,
  proposeRecovery,
  randomParticipantId,
  relayConsentChanges,
  resumeConsent,
  type SignedTakeOver,
  signGrant,
  signTakeOver,
  signVeto,
  signWithdraw,
  suspendConsent,
  takeOverConsent,
  vetoRecovery,
} from "../../src/sdk/index.ts";
import {
  accepted,
  addressOf,
  ids,
  latestTime,
  loadWorld,
  person,
  refusal,
  rejected,
  throughJson,
  type World,
} from "./world.ts";

const scopeId = ids.scope;
const RECOVERY_DELAY = 14 * 24 * 60 * 60;
const old = person(1);
const next = person(2);
const move = { scopeId, participantId: old.participantId, newParticipantId: next.participantId };
const NOTHING = { pending: undefined, vetoedAt: undefined };

function recovery({ reader }: World, participantId: Hex = old.participantId) {
  return getRecovery(reader, { scopeId, participantId });
}

async function grantOld(world: World): Promise<void> {
  const grant = { scopeId, signer: old.account, termsDigest: world.general.digest, elements: 5n };
  await accepted(world, await signGrant(world.reader, grant));
}

describe("a takeover", () => {
  async function imported(world: World): Promise<Hex> {
    const attestedId = randomParticipantId();
    const consents = [{ participantId: attestedId, termsDigest: world.general.digest, elements: 5n, signedAt: 1 }];
    await importConsents(world.biobank, { scopeId, consents });
    return attestedId;
  }

  it("moves what the custodian has kept to the participant's own key", async () => {
    const world = await loadWorld();
    const attestedId = await imported(world);
    const signed = await signTakeOver(world.reader, { scopeId, attestedId, signer: next.account });
    expect(throughJson(signed)).to.deep.equal(signed);
    const moved = await takeOverConsent(world.biobank, { signed: throughJson(signed) });
    const { participantId } = next;
    expect(moved).to.include({ scopeId, participantId: attestedId, newParticipantId: participantId });
    expect(moved.lastWord).to.include({ version: 2, forwarded: true });
    expect(moved.word).to.include({ version: 1, author: ConsentAuthor.Participant, elements: 5n });
    expect((await getConsent(world.reader, { scopeId, participantId: attestedId })).word).to.deep.equal(moved.word);
    expect(await getForward(world.reader, { scopeId, participantId: attestedId })).to.deep.equal({
      participantId,
      isForwarded: true,
    });
    expect(await getForward(world.reader, { scopeId, participantId })).to.deep.equal({
      participantId,
      isForwarded: false,
    });
    await refusal(takeOverConsent(world.biobank, { signed }), "ConsentForwarded");
  });

  it("may be relayed among other changes, by the custodian alone", async () => {
    const world = await loadWorld();
    const attestedId = await imported(world);
    const signed = await signTakeOver(world.reader, { scopeId, attestedId, signer: next.account });
    await rejected(world, signed, "InstitutionAccountUnknown");
    const closing = await signWithdraw(world.reader, { scopeId, signer: person(3).account });
    const { changes } = await relayConsentChanges(world.biobank, { changes: [closing, signed] });
    const ends = changes.map((change) => (change.accepted ? change.participantId : change.error.name));
    expect(ends).to.deep.equal([person(3).participantId, next.participantId]);
  });

  it("is signed later than what it moves, to a key that has not acted, and only once", async () => {
    const world = await loadWorld();
    const { biobank, reader } = world;
    const attestedId = await imported(world);
    const { word } = await getConsent(reader, { scopeId, participantId: attestedId });
    const options = { scopeId, attestedId, signer: next.account };
    const early = await refusal(signTakeOver(reader, { ...options, signedAt: word.signedAt }), "InvalidInput");
    expect(early.args).to.deep.equal({ input: "signedAt", earliest: word.signedAt + 1 });
    const unread = { ...options, standing: { version: 0, signedAt: 0 }, signedAt: word.signedAt };
    await refusal(takeOverConsent(biobank, { signed: await signTakeOver(reader, unread) }), "ConsentSignedTooEarly");

    await grantOld(world);
    const taken = await signTakeOver(reader, { ...options, signer: old.account });
    await refusal(takeOverConsent(biobank, { signed: taken }), "ConsentTargetTaken");
    const own = await signTakeOver(reader, { ...options, attestedId: old.participantId });
    await refusal(takeOverConsent(biobank, { signed: own }), "ConsentParticipantActed");
    const nobody = await signTakeOver(reader, { ...options, attestedId: randomParticipantId() });
    await refusal(takeOverConsent(biobank, { signed: nobody }), "ConsentUnknown");
    const signed = await signTakeOver(reader, options);
    await refusal(takeOverConsent(world.university, { signed }), "ConsentNotCustodian");
  });

  it("refuses what signTakeOver has not made", async () => {
    const world = await loadWorld();
    const { biobank, reader } = world;
    const signed = await signTakeOver(reader, { scopeId, attestedId: randomParticipantId(), signer: next.account });
    const hostile: [unknown, string][] = [
      [null, "signed"],
      [{ ...signed, verb: "grant" }, "signed.verb"],
      [{ ...signed, change: 5 }, "signed.change"],
      [{ ...signed, change: { ...signed.change, scopeId: "0x" } }, "signed.change.scopeId"],
      [{ ...signed, change: { ...signed.change, attestedId: "0x" } }, "signed.change.attestedId"],
      [{ ...signed, authorisation: null }, "signed.authorisation"],
    ];
    for (const [value, input] of hostile) {
      const parameters = { signed: value as SignedTakeOver };
      expect((await refusal(takeOverConsent(biobank, parameters), "InvalidInput")).args).to.include({ input });
    }
    for (const change of [{ scopeId: "0x" }, { attestedId: "0x" }, { standing: { version: 1, signedAt: -1 } }]) {
      const parameters = { scopeId, attestedId: old.participantId, signer: next.account, ...change };
      await refusal(signTakeOver(reader, parameters as Parameters<typeof signTakeOver>[1]), "InvalidInput");
    }
  });
});

describe("a recovery", () => {
  it("moves a consent to a new key with two institutions and after a delay", async () => {
    const world = await loadWorld();
    const { biobank, university, stranger, reader, connection } = world;
    await grantOld(world);
    expect(await recovery(world)).to.deep.equal(NOTHING);
    const proposed = await proposeRecovery(biobank, move);
    expect(proposed).to.include(move);
    expect(proposed.word).to.include({ version: 2, locked: true });
    const proposedAt = await latestTime(world);
    const pending = { newParticipantId: next.participantId, proposedAt, readyAt: undefined };
    expect(await recovery(world)).to.deep.equal({ ...NOTHING, pending });
    await refusal(completeRecovery(stranger, move), "ConsentRecoveryNotReady");

    const confirmed = await confirmRecovery(university, move);
    const readyAt = (await latestTime(world)) + RECOVERY_DELAY;
    expect(confirmed).to.include({
      scopeId,
      participantId: old.participantId,
      institution: ids.university,
      readyAt,
    });
    expect(await recovery(world)).to.deep.equal({ ...NOTHING, pending: { ...pending, readyAt } });
    const early = await refusal(completeRecovery(stranger, move), "ConsentRecoveryNotReady");
    expect(early.args).to.include({ readyAt });

    await connection.networkHelpers.time.increaseTo(readyAt);
    const moved = await completeRecovery(stranger, move);
    expect(moved).to.include(move);
    expect(moved.word).to.include({ version: 1, state: ConsentState.Active, elements: 5n });
    expect(moved.lastWord).to.include({ version: 3, forwarded: true, locked: false });
    expect(await recovery(world)).to.deep.equal(NOTHING);
    expect((await getConsent(reader, { scopeId, participantId: old.participantId })).word).to.deep.equal(moved.word);
  });

  it("leaves the consent to be closed meanwhile, not opened", async () => {
    const world = await loadWorld();
    const { participant, biobank, general } = world;
    const participantId = participantIdOf(addressOf(participant));
    await grantConsent(participant, { scopeId, termsDigest: general.digest, elements: 1n });
    await proposeRecovery(biobank, { ...move, participantId });
    await suspendConsent(participant, { scopeId });
    await refusal(resumeConsent(participant, { scopeId }), "ConsentLocked");
  });

  it("ends with the old key's veto, by transaction or signature", async () => {
    const world = await loadWorld();
    const { participant, biobank, reader, general, connection } = world;
    await grantOld(world);
    await proposeRecovery(biobank, move);
    const signed = await signVeto(reader, { scopeId, signer: old.account });
    expect(throughJson(signed)).to.deep.equal(signed);
    expect(signed.change).to.deep.equal({ scopeId, newParticipantId: next.participantId });
    const vetoed = await accepted(world, signed);
    expect(vetoed.word).to.include({ version: 2, locked: false });
    const vetoedAt = await latestTime(world);
    expect(await recovery(world)).to.deep.equal({ pending: undefined, vetoedAt });
    await rejected(world, signed, "ConsentRecoveryUnknown");
    const soon = await refusal(proposeRecovery(biobank, move), "ConsentRecoveryVetoed");
    expect(soon.args).to.deep.equal({ until: BigInt(vetoedAt + RECOVERY_DELAY) });
    await connection.networkHelpers.time.increase(RECOVERY_DELAY);
    await proposeRecovery(biobank, move);
    await rejected(world, signed, "ConsentDeadlinePassed");

    const participantId = participantIdOf(addressOf(participant));
    await refusal(vetoRecovery(participant, { scopeId }), "ConsentRecoveryUnknown");
    await grantConsent(participant, { scopeId, termsDigest: general.digest, elements: 1n });
    await proposeRecovery(biobank, { ...move, participantId });
    expect((await vetoRecovery(participant, { scopeId })).word.locked).to.equal(false);
  });

  it("is not stopped by a veto that was signed before it was proposed", async () => {
    const world = await loadWorld();
    const { biobank, reader } = world;
    await grantOld(world);
    await proposeRecovery(biobank, move);
    const { pending } = await recovery(world);
    const early = { scopeId, signer: old.account, signedAt: pending!.proposedAt - 1 };
    const error = await refusal(signVeto(reader, early), "InvalidInput");
    expect(error.args).to.deep.equal({ input: "signedAt", earliest: pending!.proposedAt });
    const signed = await signVeto(reader, { scopeId, signer: old.account });
    await cancelRecovery(biobank, move);
    await proposeRecovery(biobank, move);
    await rejected(world, signed, "ConsentRecoveryUnknown");
  });

  it("is given up by the custodian alone", async () => {
    const world = await loadWorld();
    const { biobank, university } = world;
    await grantOld(world);
    await refusal(cancelRecovery(biobank, move), "ConsentRecoveryUnknown");
    await proposeRecovery(biobank, move);
    await refusal(cancelRecovery(university, move), "ConsentNotCustodian");
    expect((await cancelRecovery(biobank, move)).word).to.include({ version: 2, locked: false });
    expect(await recovery(world)).to.deep.equal(NOTHING);
  });

  it("needs the custodian, another institution, and a fresh key", async () => {
    const world = await loadWorld();
    const { biobank, university, stranger } = world;
    await refusal(proposeRecovery(biobank, move), "ConsentUnknown");
    await grantOld(world);
    await refusal(proposeRecovery(university, move), "ConsentNotCustodian");
    const taken = { ...move, newParticipantId: old.participantId };
    await refusal(proposeRecovery(biobank, taken), "ConsentTargetTaken");
    await refusal(confirmRecovery(university, move), "ConsentRecoveryUnknown");
    await proposeRecovery(biobank, move);
    await refusal(proposeRecovery(biobank, move), "ConsentLocked");
    const same = await refusal(confirmRecovery(biobank, move), "ConsentRecoverySameInstitution");
    expect(same.args).to.deep.equal({ institution: ids.biobank });
    const other = { ...move, newParticipantId: person(3).participantId };
    await refusal(confirmRecovery(university, other), "ConsentRecoveryUnknown");
    await refusal(confirmRecovery(stranger, move), "InstitutionAccountUnknown");
    await refusal(completeRecovery(stranger, { ...move, participantId: next.participantId }), "ConsentRecoveryUnknown");
  });

  it("has no veto where nothing is pending", async () => {
    const world = await loadWorld();
    const error = await refusal(signVeto(world.reader, { scopeId, signer: old.account }), "NotFound");
    expect(error.args).to.deep.equal({ scopeId, participantId: old.participantId });
  });

  it("refuses malformed input", async () => {
    const { biobank } = await loadWorld();
    const actions = [proposeRecovery, confirmRecovery, cancelRecovery, completeRecovery, getRecovery, getForward];
    for (const action of actions) {
      for (const change of [{ scopeId: "0x" }, { participantId: "0x12" }]) {
        await refusal(action(biobank, { ...move, ...change } as typeof move), "InvalidInput");
      }
    }
    for (const action of [proposeRecovery, confirmRecovery]) {
      await refusal(action(biobank, { ...move, newParticipantId: "0x" }), "InvalidInput");
    }
    for (const action of [vetoRecovery, signVeto]) {
      await refusal(action(biobank, { scopeId: "0x" }), "InvalidInput");
    }
  });
});
