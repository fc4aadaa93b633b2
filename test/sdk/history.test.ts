import { expect } from "chai";
import { describe, it } from "mocha";
import type { Hex, PublicClient } from "viem";

import { ConsentState, decodeWord, EMPTY_WORD, WithdrawalExtent } from "../../src/model/index.ts";
import {
  addGuardian,
  appointDelegate,
  attestClosing,
  cancelRecovery,
  completeRecovery,
  type ConcordClient,
  confirmRecovery,
  type ConsentEvent,
  createConcordClient,
  declineConsent,
  getConsent,
  getConsentHistory,
  getConsentStatusAt,
  getPermittedAt,
  grantConsent,
  importConsents,
  participantIdOf,
  proposeRecovery,
  publishTerms,
  randomParticipantId,
  relayConsentChanges,
  resumeConsent,
  signTakeOver,
  signWithdraw,
  suspendConsent,
  takeOverConsent,
  vetoRecovery,
  withdrawConsent,
} from "../../src/sdk/index.ts";
import { addressOf, generalTerms, ids, latestTime, loadWorld, person, refusal, type World } from "./world.ts";

const scopeId = ids.scope;
const FORTNIGHT = 14 * 24 * 60 * 60;

function ownId({ participant }: World): Hex {
  return participantIdOf(addressOf(participant));
}

function grant({ general }: World) {
  return { scopeId, termsDigest: general.digest, elements: 5n };
}

/** Grants, suspends, resumes, withdraws and grants anew; answers the block times. */
async function live(world: World): Promise<readonly number[]> {
  const { participant } = world;
  const changes = [
    await grantConsent(participant, grant(world)),
    await suspendConsent(participant, { scopeId }),
    await resumeConsent(participant, { scopeId }),
    await withdrawConsent(participant, { scopeId }),
    await grantConsent(participant, { ...grant(world), elements: 7n }),
  ];
  return Promise.all(changes.map(({ blockNumber }) => timeOf(world, blockNumber)));
}

async function timeOf({ publicClient }: World, blockNumber: bigint): Promise<number> {
  return Number((await publicClient.getBlock({ blockNumber })).timestamp);
}

function historyOf({ reader }: World, participantId: Hex) {
  return getConsentHistory(reader, { scopeId, participantId });
}

/** What happened and who did it. */
function told(events: readonly ConsentEvent[]) {
  return events.map(({ name, actor, word }) => [name, actor.kind, word.version]);
}

/** A client whose node answers its log requests otherwise. */
function logging(client: ConcordClient, alter: (logs: readonly object[]) => readonly object[]): ConcordClient {
  const request = async (asked: { method: string }) => {
    const answer: unknown = await client.publicClient.request(asked as never);
    return asked.method === "eth_getLogs" ? alter(answer as object[]) : answer;
  };
  return createConcordClient({ ...client, publicClient: { ...client.publicClient, request } as PublicClient });
}

describe("a consent's past", () => {
  it("is read by ordinal, page by page, and says what the registry says", async () => {
    const world = await loadWorld();
    await live(world);
    const participantId = ownId(world);
    const { words, total, blockNumber } = await historyOf(world, participantId);
    expect(total).to.equal(3);
    expect(words.map(({ ordinal, version, state }) => [ordinal, version, state])).to.deep.equal([
      [0, 2, ConsentState.Suspended],
      [1, 4, ConsentState.Withdrawn],
      [2, 5, ConsentState.Active],
    ]);
    const registry = world.contracts.consentRegistry;
    const said = await Promise.all(words.map(({ ordinal }) => registry.wordAt(scopeId, participantId, ordinal)));
    expect(words).to.deep.equal(said.map(decodeWord));

    const page = { scopeId, participantId, blockNumber };
    const whole = await historyOf(world, participantId);
    const first = await getConsentHistory(world.reader, { ...page, limit: 2 });
    const second = await getConsentHistory(world.reader, { ...page, offset: 2, limit: 2 });
    expect([...first.words, ...second.words]).to.deep.equal(words);
    expect([...first.events, ...second.events]).to.deep.equal(whole.events);
    expect([first.total, second.total]).to.deep.equal([3, 3]);
    expect(await getConsentHistory(world.reader, { ...page, offset: 3 })).to.deep.include({ words: [], events: [] });
  });

  it("is read as of an earlier block when one is named", async () => {
    const world = await loadWorld();
    await grantConsent(world.participant, grant(world));
    const { blockNumber } = await suspendConsent(world.participant, { scopeId });
    await withdrawConsent(world.participant, { scopeId });
    const then = await getConsentHistory(world.reader, { scopeId, participantId: ownId(world), blockNumber });
    expect(told(then.events)).to.deep.equal([
      ["ConsentGranted", "Participant", 1],
      ["ConsentSuspended", "Participant", 2],
    ]);
  });

  it("is empty for who never acted, in a scope that nobody knows too", async () => {
    const world = await loadWorld();
    const { participantId } = person(9);
    const empty = { words: [], total: 0, events: [] };
    expect(await historyOf(world, participantId)).to.deep.include(empty);
    const unknown = { scopeId: ids.company, participantId };
    expect(await getConsentHistory(world.reader, unknown)).to.deep.include(empty);
    await declineConsent(world.participant, { scopeId: ids.company });
    const declined = await getConsentHistory(world.reader, { ...unknown, participantId: ownId(world) });
    expect(told(declined.events)).to.deep.equal([["ConsentDeclined", "Participant", 1]]);
  });

  it("tells each change with its time and transaction, whether or not the node gives times with logs", async () => {
    const world = await loadWorld();
    const times = await live(world);
    const participantId = ownId(world);
    const { events } = await historyOf(world, participantId);
    expect(events.map(({ time }) => time)).to.deep.equal(times);
    expect(told(events).map(([name]) => name)).to.deep.equal([
      "ConsentGranted",
      "ConsentSuspended",
      "ConsentResumed",
      "ConsentWithdrawn",
      "ConsentGranted",
    ]);
    for (const { transactionHash, blockNumber } of events) {
      const receipt = await world.publicClient.getTransactionReceipt({ hash: transactionHash });
      expect(receipt.blockNumber).to.equal(blockNumber);
    }
    for (const blockTimestamp of [undefined, null]) {
      const timeless = logging(world.reader, (logs) => logs.map((log) => ({ ...log, blockTimestamp })));
      expect((await getConsentHistory(timeless, { scopeId, participantId })).events).to.deep.equal(events);
    }
  });

  it("says whether the participant, a delegate or the custodian did it", async () => {
    const world = await loadWorld();
    const { participant, relayer, biobank, reader } = world;
    const participantId = ownId(world);
    const proxy = person(3);
    await grantConsent(participant, grant(world));
    const until = (await latestTime(world)) + 1_000;
    await appointDelegate(participant, { scopeId, delegateId: proxy.participantId, verbs: ["close"], until });
    const signed = await signWithdraw(reader, {
      scopeId,
      signer: proxy.account,
      onBehalfOf: participantId,
      extent: WithdrawalExtent.NoFurtherContact,
    });
    // A refused item before it, of which nothing is to be seen.
    const broken = { ...signed, change: { ...signed.change, minVersion: 9 } };
    expect(await relayConsentChanges(relayer, { changes: [broken, signed] })).to.include({ accepted: 1, rejected: 1 });
    const saidAt = (await latestTime(world)) - 5;
    await attestClosing(biobank, { scopeId, participantId, state: "Withdrawn", signedAt: saidAt });

    const { events } = await historyOf(world, participantId);
    expect(told(events)).to.deep.equal([
      ["ConsentGranted", "Participant", 1],
      ["ConsentWithdrawn", "Delegate", 2],
      ["ConsentWithdrawn", "Custodian", 3],
    ]);
    expect(events[1]!.actor).to.deep.equal({ kind: "Delegate", delegateId: proxy.participantId });
    expect(events[2]!.actor).to.deep.equal({ kind: "Custodian", institution: ids.biobank });
    expect(events[2]).to.include({ saidAt });
  });

  it("follows a consent from paper to a key of its own, and to another key", async () => {
    const world = await loadWorld();
    const { biobank, university, stranger, reader, connection } = world;
    const paperId = randomParticipantId();
    const { general } = world;
    const signedAt = (await latestTime(world)) - 100;
    const papers = [{ participantId: paperId, termsDigest: general.digest, elements: 1n, signedAt }];
    await importConsents(biobank, { scopeId, consents: papers });
    const [own, next] = [person(4), person(5)];
    const takeOver = await signTakeOver(reader, { scopeId, attestedId: paperId, signer: own.account });
    await takeOverConsent(biobank, { signed: takeOver });
    const move = { scopeId, participantId: own.participantId, newParticipantId: next.participantId };
    await proposeRecovery(biobank, move);
    const { readyAt } = await confirmRecovery(university, move);
    await connection.networkHelpers.time.increase(FORTNIGHT);
    await completeRecovery(stranger, move);
    // By the key that is said to be lost: it closes where the consent goes on.
    const closing = await signWithdraw(reader, { scopeId, signer: own.account });
    await relayConsentChanges(stranger, { changes: [closing] });

    const onPaper = await historyOf(world, paperId);
    expect(told(onPaper.events)).to.deep.equal([
      ["ConsentImported", "Custodian", 1],
      ["ConsentMoved", "Participant", 2],
    ]);
    expect(onPaper.events[1]).to.include({ otherId: own.participantId });
    expect(onPaper.words).to.have.length(1);
    expect(onPaper.words[0]).to.include({ forwarded: true });

    const taken = await historyOf(world, own.participantId);
    expect(told(taken.events)).to.deep.equal([
      ["ConsentMoved", "Participant", 1],
      ["ConsentRecoveryProposed", "Custodian", 2],
      ["ConsentRecoveryConfirmed", "Institution", 2],
      ["ConsentMoved", "Anyone", 3],
    ]);
    expect(taken.events[0]).to.include({ otherId: paperId });
    expect(taken.events[1]).to.include({ otherId: next.participantId });
    expect(taken.events[2]).to.include({ readyAt });
    expect(taken.events[2]!.actor).to.deep.equal({ kind: "Institution", institution: ids.university });

    const last = await historyOf(world, next.participantId);
    expect(told(last.events)).to.deep.equal([
      ["ConsentMoved", "Anyone", 1],
      ["ConsentWithdrawn", "Participant", 2],
    ]);
  });

  it("tells who of a delegate and an earlier id's delegate did it", async () => {
    const world = await loadWorld();
    const { biobank, relayer, reader } = world;
    const [guardian, own] = [person(3), person(4)];
    const paperId = randomParticipantId();
    const papers = [{ participantId: paperId, termsDigest: world.general.digest, elements: 1n, signedAt: 1 }];
    await importConsents(biobank, { scopeId, consents: papers });
    const until = (await latestTime(world)) + FORTNIGHT;
    await addGuardian(biobank, { scopeId, participantId: paperId, delegateId: guardian.participantId, until });
    const takeOver = await signTakeOver(reader, { scopeId, attestedId: paperId, signer: own.account });
    await takeOverConsent(biobank, { signed: takeOver });
    const closing = await signWithdraw(reader, { scopeId, signer: guardian.account, onBehalfOf: paperId });
    expect(await relayConsentChanges(relayer, { changes: [closing] })).to.include({ accepted: 1 });
    const { events } = await historyOf(world, own.participantId);
    expect(events.at(-1)!.actor).to.deep.equal({ kind: "Delegate", delegateId: guardian.participantId });
    expect((await historyOf(world, paperId)).events).to.have.length(2);
  });

  it("tells a veto from a move that was given up", async () => {
    const world = await loadWorld();
    const { participant, biobank } = world;
    const participantId = ownId(world);
    const move = { scopeId, participantId, newParticipantId: person(5).participantId };
    await grantConsent(participant, grant(world));
    await proposeRecovery(biobank, move);
    await cancelRecovery(biobank, move);
    await proposeRecovery(biobank, move);
    await vetoRecovery(participant, { scopeId });
    const { events } = await historyOf(world, participantId);
    expect(told(events).slice(1)).to.deep.equal([
      ["ConsentRecoveryProposed", "Custodian", 2],
      ["ConsentRecoveryEnded", "Custodian", 2],
      ["ConsentRecoveryProposed", "Custodian", 3],
      ["ConsentRecoveryEnded", "Participant", 3],
    ]);
    expect(events.map(({ word }) => word.locked)).to.deep.equal([false, true, false, true, false]);
  });

  it("is refused when the node keeps something back", async () => {
    const world = await loadWorld();
    await live(world);
    const participantId = ownId(world);
    const lacking: ((logs: readonly object[]) => readonly object[])[] = [
      () => [],
      (logs) => logs.slice(0, -1),
      (logs) => logs.slice(1),
      (logs) => logs.filter((_, index) => index !== 2),
    ];
    for (const alter of lacking) {
      const client = logging(world.reader, alter);
      const error = await refusal(getConsentHistory(client, { scopeId, participantId }), "HistoryIncomplete");
      expect(error.args).to.deep.equal({ scopeId, participantId });
      const time = await latestTime(world);
      await refusal(getConsentStatusAt(client, { scopeId, participantId, time }), "HistoryIncomplete");
    }
  });

  it("refuses malformed input", async () => {
    const { reader } = await loadWorld();
    const { participantId } = person(1);
    const hostile = [{ scopeId: "0x" }, { participantId: "0x12" }, { offset: -1 }, { offset: 65_536 }, { limit: 0 }];
    for (const change of hostile) {
      const parameters = { scopeId, participantId, ...change } as Parameters<typeof getConsentHistory>[1];
      await refusal(getConsentHistory(reader, parameters), "InvalidInput");
    }
    for (const change of [{ scopeId: "0x" }, { participantId: "0x12" }, { time: -1 }, { time: 2 ** 32 }]) {
      const parameters = { scopeId, participantId, time: 1, ...change } as Parameters<typeof getConsentStatusAt>[1];
      await refusal(getConsentStatusAt(reader, parameters), "InvalidInput");
    }
  });
});

describe("getConsentStatusAt", () => {
  function statusAt(world: World, time: number, participantId = ownId(world)) {
    return getConsentStatusAt(world.reader, { scopeId, participantId, time });
  }

  it("tells several closings of one word apart", async () => {
    const world = await loadWorld();
    const { participant } = world;
    const changes = [
      await grantConsent(participant, grant(world)),
      await suspendConsent(participant, { scopeId }),
      await declineConsent(participant, { scopeId }),
      await withdrawConsent(participant, { scopeId, extent: 1 }),
      await withdrawConsent(participant, { scopeId, extent: 3 }),
    ];
    const times = await Promise.all(changes.map(({ blockNumber }) => timeOf(world, blockNumber)));
    const seen = await Promise.all(times.map((time) => statusAt(world, time)));
    expect(seen.map(({ status, word }) => [status, word.extent])).to.deep.equal([
      ["Active", 0],
      ["Suspended", 0],
      ["Declined", 0],
      ["Withdrawn", 1],
      ["Withdrawn", 3],
    ]);
    expect(seen.map(({ word }) => word)).to.deep.equal(changes.map(({ word }) => word));
    // Between two changes what stood at the first still stands.
    expect((await statusAt(world, times[1]! - 1)).status).to.equal("Active");
    expect(await statusAt(world, times[0]! - 1)).to.deep.equal({
      status: "None",
      word: EMPTY_WORD,
      participantId: ownId(world),
    });
    const { word } = await getConsent(world.reader, { scopeId, participantId: ownId(world) });
    expect(seen.at(-1)!.word).to.deep.equal(word);
  });

  it("agrees with the registry on what was permitted", async () => {
    const world = await loadWorld();
    const times = await live(world);
    for (const time of times.flatMap((time) => [time - 1, time])) {
      const { permitted } = await getPermittedAt(world.reader, { scopeId, participantId: ownId(world), time });
      expect((await statusAt(world, time)).status === "Active", String(time)).to.equal(permitted);
    }
  });

  it("lets time schedule and end a consent", async () => {
    const world = await loadWorld();
    const { biobank, participant, connection } = world;
    const from = (await latestTime(world)) + 1_000;
    const { digest } = await publishTerms(biobank, { scopeId, terms: { ...generalTerms, from } });
    await grantConsent(participant, { scopeId, termsDigest: digest, elements: 1n, until: from + 1_000 });
    await connection.networkHelpers.time.increase(5_000);
    expect((await statusAt(world, from - 1)).status).to.equal("Scheduled");
    expect((await statusAt(world, from)).status).to.equal("Active");
    expect((await statusAt(world, from + 999)).status).to.equal("Active");
    expect((await statusAt(world, from + 1_000)).status).to.equal("Expired");
  });

  it("follows a consent to the id under which it stood then", async () => {
    const world = await loadWorld();
    const { biobank, reader, general } = world;
    const attestedId = randomParticipantId();
    const papers = [{ participantId: attestedId, termsDigest: general.digest, elements: 1n, signedAt: 1 }];
    await importConsents(biobank, { scopeId, consents: papers });
    const { account, participantId } = person(4);
    const before = await latestTime(world);
    const signed = await signTakeOver(reader, { scopeId, attestedId, signer: account });
    await takeOverConsent(biobank, { signed });
    const after = await latestTime(world);
    expect(await statusAt(world, before, attestedId)).to.include({ status: "Active", participantId: attestedId });
    expect(await statusAt(world, after, attestedId)).to.include({ status: "Active", participantId });
    expect((await statusAt(world, after, attestedId)).word.version).to.equal(1);
    expect(await statusAt(world, before, participantId)).to.include({ status: "None", participantId });
  });

  it("knows nothing of times to come", async () => {
    const world = await loadWorld();
    const time = await latestTime(world);
    expect((await statusAt(world, time)).status).to.equal("None");
    const error = await refusal(statusAt(world, time + 1), "ConsentTimeInFuture");
    expect(error.args).to.deep.equal({ input: "time", time: time + 1, blockTime: time });
  });
});

describe("getPermittedAt", () => {
  it("says what was permitted when, and by which version", async () => {
    const world = await loadWorld();
    const [granted, suspended, resumed, withdrawn, regranted] = await live(world);
    const at = (time: number) => getPermittedAt(world.reader, { scopeId, participantId: ownId(world), time });
    expect(await at(granted! - 1)).to.deep.equal({ permitted: false, version: 0 });
    expect(await at(granted!)).to.deep.equal({ permitted: true, version: 1 });
    expect(await at(suspended!)).to.deep.equal({ permitted: false, version: 0 });
    expect(await at(resumed!)).to.deep.equal({ permitted: true, version: 3 });
    expect(await at(withdrawn!)).to.deep.equal({ permitted: false, version: 0 });
    expect(await at(regranted!)).to.deep.equal({ permitted: true, version: 5 });
    await refusal(at(regranted! + 1_000), "ConsentTimeInFuture");
    await refusal(at(-1), "InvalidInput");
  });
});
