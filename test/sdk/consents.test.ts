import { expect } from "chai";
import { describe, it } from "mocha";

import { ConsentState, MAX_PREFERENCES, NO_EXPIRY, NOT_ENDED } from "../../src/model/index.ts";
import {
  annulConsent,
  declineConsent,
  extendConsent,
  type ExtendConsentParameters,
  type GetConsentReturnType,
  getConsent,
  getConsents,
  grantConsent,
  type GrantConsentParameters,
  participantIdOf,
  resumeConsent,
  suspendConsent,
  updateConsent,
  withdrawConsent,
} from "../../src/sdk/index.ts";
import {
  addressOf,
  ALL_ELEMENTS,
  digestOf,
  grantFor,
  ids,
  latestTime,
  loadWorld,
  person,
  refusal,
  type World,
} from "./world.ts";

const scopeId = ids.scope;

function ownId({ participant }: World) {
  return participantIdOf(addressOf(participant));
}

function standing(world: World): Promise<GetConsentReturnType> {
  return getConsent(world.reader, { scopeId, participantId: ownId(world) });
}

function grant({ general }: World): GrantConsentParameters<false> {
  return { scopeId, termsDigest: general.digest, elements: 5n, preferences: 3 };
}

describe("a participant's own transactions", () => {
  it("open a consent", async () => {
    const world = await loadWorld();
    expect(await standing(world)).to.deep.include({ status: "None" });
    const { blockNumber, word, participantId } = await grantConsent(world.participant, grant(world));
    const { timestamp } = await world.publicClient.getBlock({ blockNumber });
    expect(participantId).to.equal(ownId(world));
    expect(word).to.deep.equal({
      state: ConsentState.Active,
      extent: 0,
      author: 0,
      dissent: false,
      preferences: 3,
      locked: false,
      forwarded: false,
      terms: 1,
      version: 1,
      ordinal: 0,
      opened: Number(timestamp),
      ended: NOT_ENDED,
      signedAt: Number(timestamp),
      until: NO_EXPIRY,
      elements: 5n,
    });
    expect(await standing(world)).to.deep.equal({ participantId, word, status: "Active" });
  });

  it("suspend, resume, withdraw, and grant anew, with versions read from the chain", async () => {
    const world = await loadWorld();
    const { participant } = world;
    await grantConsent(participant, grant(world));
    expect((await suspendConsent(participant, { scopeId })).word).to.include({
      version: 2,
      state: ConsentState.Suspended,
    });
    expect((await resumeConsent(participant, { scopeId })).word).to.include({ version: 3, ordinal: 1, elements: 5n });
    const withdrawn = (await withdrawConsent(participant, { scopeId, extent: 1 })).word;
    expect(withdrawn).to.include({ version: 4, state: ConsentState.Withdrawn, extent: 1 });
    expect((await withdrawConsent(participant, { scopeId })).word).to.include({ version: 5, extent: 3 });
    expect((await grantConsent(participant, grant(world))).word).to.include({ version: 6, ordinal: 2, extent: 0 });
    expect((await standing(world)).status).to.equal("Active");
  });

  it("update and extend, also while it is suspended", async () => {
    const world = await loadWorld();
    const { participant, disease } = world;
    const until = (await latestTime(world)) + 1_000;
    await grantConsent(participant, { ...grant(world), until });
    const changed = { ...grant(world), termsDigest: disease.digest, elements: 1n, preferences: 0, until };
    const updated = (await updateConsent(participant, changed)).word;
    expect(updated).to.include({ version: 2, ordinal: 1, terms: 2, elements: 1n, preferences: 0, until });
    await suspendConsent(participant, { scopeId });
    const extension = { scopeId, termsDigest: disease.digest };
    const extended = (await extendConsent(participant, { ...extension, until: until + 5 })).word;
    expect(extended).to.include({ version: 4, ordinal: 2, state: ConsentState.Suspended, until: until + 5 });
    expect((await extendConsent(participant, extension)).word).to.include({ version: 5, until: NO_EXPIRY });
    expect((await updateConsent(participant, grant(world))).word.state).to.equal(ConsentState.Suspended);
    await refusal(extendConsent(participant, { scopeId, termsDigest: world.general.digest }), "ConsentUntilNotLater");
    await refusal(extendConsent(participant, extension), "ConsentTermsNotStanding");
    await refusal(extendConsent(participant, { ...extension, version: 9 }), "ConsentVersionMismatch");
    await refusal(updateConsent(participant, { ...grant(world), until: 1 }), "ConsentUntilPassed");
  });

  it("decline and annul, and never weaken what stands", async () => {
    const world = await loadWorld();
    const { participant } = world;
    expect((await declineConsent(participant, { scopeId })).word).to.include({
      version: 1,
      state: ConsentState.Declined,
    });
    await refusal(updateConsent(participant, grant(world)), "ConsentNotStanding");
    await refusal(extendConsent(participant, grant(world)), "ConsentNotStanding");
    await grantConsent(participant, grant(world));
    expect((await annulConsent(participant, { scopeId })).word).to.include({
      version: 3,
      state: ConsentState.Annulled,
    });
    expect((await declineConsent(participant, { scopeId })).word).to.include({
      version: 4,
      state: ConsentState.Annulled,
    });
    expect((await withdrawConsent(participant, { scopeId })).word.state).to.equal(ConsentState.Withdrawn);
    expect((await annulConsent(participant, { scopeId })).word.state).to.equal(ConsentState.Withdrawn);
  });

  it("are refused with the contract's errors", async () => {
    const world = await loadWorld();
    const { participant } = world;
    const none = await refusal(resumeConsent(participant, { scopeId }), "ConsentNotSuspended");
    expect(none.args).to.deep.equal({ status: 0 });
    const unknown = { ...grant(world), termsDigest: digestOf("no terms") };
    const terms = await refusal(grantConsent(participant, unknown), "ConsentTermsUnknown");
    expect(terms.args).to.deep.equal({ scopeId, termsDigest: unknown.termsDigest });
    await refusal(grantConsent(participant, { ...grant(world), until: 1 }), "ConsentUntilPassed");
    const version = await refusal(grantConsent(participant, { ...grant(world), version: 3 }), "ConsentVersionMismatch");
    expect(version.args).to.deep.equal({ expected: 1, given: 3 });
    expect(version.message).to.equal("An opening does not name the next version (expected 1, given 3).");
    await grantConsent(participant, grant(world));
    await refusal(grantConsent(participant, grant(world)), "ConsentAlreadyGranted");
  });

  it("are simulated only on a dry run", async () => {
    const world = await loadWorld();
    const { participant } = world;
    const dryRun = true as const;
    const estimates = [
      await grantConsent(participant, { ...grant(world), dryRun }),
      await suspendConsent(participant, { scopeId, dryRun }),
      await withdrawConsent(participant, { scopeId, dryRun }),
      await declineConsent(participant, { scopeId, dryRun }),
      await annulConsent(participant, { scopeId, dryRun }),
    ];
    for (const estimate of estimates) expect(estimate.gas > 21_000n).to.equal(true);
    expect((await standing(world)).status).to.equal("None");
  });

  it("need an account", async () => {
    const world = await loadWorld();
    await refusal(withdrawConsent(world.reader, { scopeId }), "WalletMissing");
    await refusal(grantConsent(world.reader, grant(world)), "WalletMissing");
    const account = addressOf(world.participant);
    await refusal(withdrawConsent(world.reader, { scopeId, account }), "WalletMissing");
  });

  it("refuse malformed input", async () => {
    const world = await loadWorld();
    const hostile: [Partial<Record<keyof GrantConsentParameters, unknown>>, string][] = [
      [{ scopeId: "scope" }, "scopeId"],
      [{ termsDigest: undefined }, "termsDigest"],
      [{ elements: 5 }, "elements"],
      [{ elements: 1n << 64n }, "elements"],
      [{ elements: -1n }, "elements"],
      [{ preferences: 256 }, "preferences"],
      [{ preferences: -1 }, "preferences"],
      [{ until: 2 ** 32 }, "until"],
      [{ until: Number.NaN }, "until"],
      [{ version: 0 }, "version"],
    ];
    for (const [change, input] of hostile) {
      const parameters = { ...grant(world), ...change } as GrantConsentParameters;
      for (const action of [grantConsent, updateConsent]) {
        expect((await refusal(action(world.participant, parameters), "InvalidInput")).args).to.include({ input });
      }
    }
    for (const change of [{ scopeId: "0x" }, { termsDigest: "0x" }, { until: -1 }, { version: 0 }]) {
      const parameters = { ...grant(world), ...change } as ExtendConsentParameters;
      const [input] = Object.keys(change);
      expect((await refusal(extendConsent(world.participant, parameters), "InvalidInput")).args).to.include({ input });
    }
    for (const action of [declineConsent, annulConsent]) {
      await refusal(action(world.participant, { scopeId: "0x" }), "InvalidInput");
    }
    const preferences = MAX_PREFERENCES + 1;
    await refusal(grantConsent(world.participant, { ...grant(world), preferences }), "ConsentPreferencesInvalid");
    for (const extent of [0, 4, "3", null]) {
      const parameters = { scopeId, extent: extent as number };
      await refusal(withdrawConsent(world.participant, parameters), "InvalidInput");
    }
  });
});

describe("getConsents", () => {
  it("pages through many participants at one block, in the order given", async () => {
    const world = await loadWorld();
    const people = [1, 2, 3].map(person);
    await grantFor(world, people, world.general.digest);
    const participantIds = [...people, person(4)].map(({ participantId }) => participantId).reverse();
    const progress: object[] = [];
    const answer = await getConsents(world.reader, {
      scopeId,
      participantIds,
      pageSize: 3,
      onProgress: (made) => progress.push(made),
    });
    expect(answer.consents.map(({ participantId }) => participantId)).to.deep.equal(participantIds);
    expect(answer.consents.map(({ status }) => status)).to.deep.equal(["None", "Active", "Active", "Active"]);
    expect(answer.consents[1]?.word).to.include({ version: 1, elements: ALL_ELEMENTS });
    expect(answer.blockNumber).to.equal(await world.publicClient.getBlockNumber({ cacheTime: 0 }));
    expect(progress).to.deep.equal([
      { done: 3, total: 4 },
      { done: 4, total: 4 },
    ]);
  });

  it("reads an earlier block when one is named", async () => {
    const world = await loadWorld();
    const blockNumber = await world.publicClient.getBlockNumber({ cacheTime: 0 });
    await grantFor(world, [person(1)], world.general.digest);
    const { participantId } = person(1);
    const before = await getConsents(world.reader, { scopeId, participantIds: [participantId], blockNumber });
    expect(before.consents[0]?.status).to.equal("None");
    expect((await getConsent(world.reader, { scopeId, participantId, blockNumber })).status).to.equal("None");
    expect((await getConsent(world.reader, { scopeId, participantId })).status).to.equal("Active");
  });

  it("answers an empty list with one", async () => {
    const { reader } = await loadWorld();
    expect((await getConsents(reader, { scopeId, participantIds: [] })).consents).to.deep.equal([]);
  });

  it("refuses malformed ids and pages", async () => {
    const { reader } = await loadWorld();
    const { participantId } = person(1);
    await refusal(getConsents(reader, { scopeId, participantIds: [participantId, "0x"] }), "InvalidInput");
    await refusal(getConsents(reader, { scopeId, participantIds: [participantId], pageSize: 0 }), "InvalidInput");
    await refusal(getConsent(reader, { scopeId, participantId: "0x12" }), "InvalidInput");
  });
});
