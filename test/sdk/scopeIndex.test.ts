import { expect } from "chai";
import { describe, it } from "mocha";
import type { Hex } from "viem";

import {
  appendToIndex,
  getCohort,
  getConsents,
  getScopePage,
  getScopePages,
  importConsents,
  isInScopeIndex,
  type Progress,
  signTakeOver,
  takeOverConsent,
} from "../../src/sdk/index.ts";
import { grantFor, ids, loadWorld, person, refusal, type World } from "./world.ts";

const scopeId = ids.scope;
const people = [1, 2, 3, 4, 5].map(person);
const participantIds = people.map(({ participantId }) => participantId);
const newestFirst = [...participantIds].reverse();

async function indexed(): Promise<World> {
  const world = await loadWorld();
  await grantFor(world, people, world.general.digest);
  await appendToIndex(world.stranger, { scopeId, participantIds });
  return world;
}

describe("appendToIndex", () => {
  it("appends who has answered, each once, batch by batch", async () => {
    const world = await loadWorld();
    await grantFor(world, people, world.general.digest);
    const progress: Progress[] = [];
    const summary = await appendToIndex(world.stranger, {
      scopeId,
      participantIds: [...participantIds, participantIds[0]!],
      batchSize: 4,
      onProgress: (made) => progress.push(made),
    });
    expect(summary.appended).to.deep.equal(participantIds);
    expect(summary.transactions).to.have.length(2);
    expect(summary.gasUsed).to.equal(summary.transactions.reduce((sum, { gasUsed }) => sum + gasUsed, 0n));
    expect(progress).to.deep.equal([
      { done: 4, total: 6 },
      { done: 6, total: 6 },
    ]);
    expect((await appendToIndex(world.stranger, { scopeId, participantIds })).appended).to.deep.equal([]);
    const about = { scopeId, participantId: participantIds[0]! };
    expect(await isInScopeIndex(world.reader, about)).to.equal(true);
    expect(await isInScopeIndex(world.reader, { ...about, participantId: person(9).participantId })).to.equal(false);
  });

  it("refuses who has not answered, and malformed input", async () => {
    const world = await loadWorld();
    const { stranger, reader } = world;
    const { participantId } = person(9);
    const none = await refusal(
      appendToIndex(stranger, { scopeId, participantIds: [participantId] }),
      "ScopeIndexNoConsent",
    );
    expect(none.args).to.deep.equal({ scopeId, participantId });
    const hostile = [{ scopeId: "0x" }, { participantIds: [] }, { participantIds: ["0x12"] }, { batchSize: 0 }];
    for (const change of hostile) {
      const parameters = { scopeId, participantIds, ...change } as Parameters<typeof appendToIndex>[1];
      await refusal(appendToIndex(stranger, parameters), "InvalidInput");
    }
    await refusal(appendToIndex(reader, { scopeId, participantIds }), "WalletMissing");
    await refusal(isInScopeIndex(reader, { scopeId: "0x", participantId }), "InvalidInput");
    await refusal(isInScopeIndex(reader, { scopeId, participantId: "0x" }), "InvalidInput");
  });

  it("estimates without sending on a dry run", async () => {
    const world = await loadWorld();
    await grantFor(world, people, world.general.digest);
    const estimate = await appendToIndex(world.stranger, { scopeId, participantIds, batchSize: 2, dryRun: true });
    expect(estimate.gas > 3n * 21_000n).to.equal(true);
    expect((await getScopePage(world.reader, { scopeId })).participantIds).to.deep.equal([]);
  });
});

describe("a scope's index", () => {
  it("is read page by page, newest first, all of one block", async () => {
    const world = await indexed();
    const { reader } = world;
    const first = await getScopePage(reader, { scopeId, limit: 2 });
    expect(first.participantIds).to.deep.equal(newestFirst.slice(0, 2));
    expect(first.next).to.equal(newestFirst[2]);
    // Who comes in between belongs to a later block.
    await grantFor(world, [person(6)], world.general.digest);
    await appendToIndex(world.stranger, { scopeId, participantIds: [person(6).participantId] });
    const { blockNumber } = first;
    const second = await getScopePage(reader, { scopeId, cursor: first.next, limit: 2, blockNumber });
    const third = await getScopePage(reader, { scopeId, cursor: second.next, limit: 2, blockNumber });
    expect([...second.participantIds, ...third.participantIds]).to.deep.equal(newestFirst.slice(2));
    expect(third.next).to.equal(undefined);

    const done: number[] = [];
    const whole = await getScopePages(reader, {
      scopeId,
      pageSize: 2,
      blockNumber,
      onProgress: (progress) => done.push(progress.done),
    });
    expect(whole).to.deep.equal({ blockNumber, participantIds: newestFirst });
    expect(done).to.deep.equal([2, 4, 5]);
    expect((await getScopePages(reader, { scopeId })).participantIds[0]).to.equal(person(6).participantId);
  });

  it("is empty where nobody was appended", async () => {
    const { reader } = await loadWorld();
    const empty = await getScopePage(reader, { scopeId: ids.company });
    expect(empty).to.deep.include({ participantIds: [], next: undefined });
    expect((await getScopePages(reader, { scopeId: ids.company })).participantIds).to.deep.equal([]);
    expect((await getCohort(reader, { scopeId: ids.company })).consents).to.deep.equal([]);
  });

  it("refuses cursors that are not in it, and malformed pages", async () => {
    const { reader } = await indexed();
    const cursor = person(9).participantId;
    const error = await refusal(getScopePage(reader, { scopeId, cursor }), "ScopeIndexCursorUnknown");
    expect(error.args).to.deep.equal({ scopeId, cursor });
    for (const change of [{ scopeId: "0x" as Hex }, { cursor: "0x12" as Hex }, { limit: 0 }, { limit: 1.5 }]) {
      await refusal(getScopePage(reader, { scopeId, ...change }), "InvalidInput");
    }
    await refusal(getScopePages(reader, { scopeId, pageSize: 0 }), "InvalidInput");
    await refusal(getCohort(reader, { scopeId: "0x" }), "InvalidInput");
  });
});

describe("getCohort", () => {
  it("reads everyone's word and status, page by page, all of one block", async () => {
    const world = await indexed();
    const progress: Progress[] = [];
    const cohort = await getCohort(world.reader, {
      scopeId,
      pageSize: 2,
      onProgress: (made) => progress.push(made),
    });
    const { blockNumber } = cohort;
    const expected = await getConsents(world.reader, { scopeId, participantIds: newestFirst, blockNumber });
    expect(cohort).to.deep.equal(expected);
    expect(progress.at(-1)).to.deep.equal({ done: 5, total: 5 });
    await grantFor(world, [person(6)], world.general.digest);
    await appendToIndex(world.stranger, { scopeId, participantIds: [person(6).participantId] });
    expect(await getCohort(world.reader, { scopeId, blockNumber })).to.deep.equal(cohort);
  });

  it("gives a consent that has moved once, under the id where it stands", async () => {
    const world = await indexed();
    const { biobank, reader, stranger, general } = world;
    const consents = [{ termsDigest: general.digest, elements: 1n, signedAt: 1 }];
    const imported = await importConsents(biobank, { scopeId, consents });
    const [attestedId] = imported.participantIds as [Hex];
    const { account: signer, participantId } = person(7);
    const before = await getCohort(reader, { scopeId });
    await takeOverConsent(biobank, { signed: await signTakeOver(reader, { scopeId, attestedId, signer }) });
    const cohort = async () => (await getCohort(reader, { scopeId })).consents.map((consent) => consent.participantId);
    expect(await cohort()).to.deep.equal([participantId, ...newestFirst]);
    await appendToIndex(stranger, { scopeId, participantIds: [participantId] });
    expect(await cohort()).to.deep.equal([participantId, ...newestFirst]);
    expect((await getScopePages(reader, { scopeId })).participantIds).to.deep.equal([
      participantId,
      attestedId,
      ...newestFirst,
    ]);
    const { blockNumber } = before;
    expect((await getCohort(reader, { scopeId, blockNumber })).consents[0]!.participantId).to.equal(attestedId);
  });
});
