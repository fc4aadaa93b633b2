import { expect } from "chai";
import { describe, it } from "mocha";
import type { Hex } from "viem";

import { ConsentAuthor, ConsentState, NO_EXPIRY } from "../../src/model/index.ts";
import {
  type AcceptedChange,
  attestClosing,
  type AttestClosingParameters,
  getConsent,
  getHistories,
  getScopePage,
  getScopePages,
  grantConsent,
  importConsent,
  importConsents,
  isInScopeIndex,
  type PaperConsent,
  participantIdInSeries,
  participantIdOf,
  randomParticipantId,
  randomParticipantSeries,
  type RejectedChange,
  type RelayProgress,
  searchScope,
  signGrant,
  signSuspend,
  suspendInstitution,
} from "../../src/sdk/index.ts";
import { accepted, addressOf, ids, latestTime, loadWorld, person, refusal, type World } from "./world.ts";

const scopeId = ids.scope;
const SIGNED_AT = 1_700_000_000;

function paper({ general }: World, change: Partial<PaperConsent> = {}): PaperConsent {
  return { termsDigest: general.digest, elements: 5n, signedAt: SIGNED_AT, ...change };
}

function importOne(world: World, change: Partial<PaperConsent> = {}) {
  return importConsents(world.biobank, { scopeId, consents: [paper(world, change)] });
}

describe("importConsents", () => {
  it("brings consents on paper in under random ids, and into the scope's index", async () => {
    const world = await loadWorld();
    const consents = [paper(world), paper(world, { elements: 6n, preferences: 0x21, signedAt: SIGNED_AT + 1 })];
    const { participantIds, changes, accepted: count } = await importConsents(world.biobank, { scopeId, consents });
    expect(count).to.equal(2);
    expect(new Set(participantIds).size).to.equal(2);
    expect(changes.map((change) => (change as AcceptedChange).participantId)).to.deep.equal(participantIds);
    const [first, second] = changes.map((change) => (change as AcceptedChange).word);
    expect(first).to.include({
      state: ConsentState.Active,
      author: ConsentAuthor.Custodian,
      version: 1,
      elements: 5n,
      signedAt: SIGNED_AT,
      until: NO_EXPIRY,
    });
    expect(second).to.include({ elements: 6n, preferences: 0x21, signedAt: SIGNED_AT + 1 });
    for (const participantId of participantIds) {
      expect((await getConsent(world.reader, { scopeId, participantId })).status).to.equal("Active");
      expect(await isInScopeIndex(world.reader, { scopeId, participantId })).to.equal(true);
    }
  });

  it("imports again over what only the custodian has written, as the next version", async () => {
    const world = await loadWorld();
    const participantId = randomParticipantId();
    await importOne(world, { participantId });
    await attestClosing(world.biobank, { scopeId, participantId, state: "Withdrawn" });
    const signedAt = await latestTime(world);
    const { changes } = await importOne(world, { participantId, signedAt });
    expect((changes[0] as AcceptedChange).word).to.include({ version: 3, ordinal: 1, state: ConsentState.Active });
    const told = await importOne(world, { participantId, version: 7 });
    expect((told.changes[0] as RejectedChange).error.name).to.equal("ConsentVersionMismatch");
  });

  it("reports refused ones and goes on, batch by batch", async () => {
    const world = await loadWorld();
    const participantIds = Array.from({ length: 5 }, () => randomParticipantId());
    const consents = participantIds.map((participantId) => paper(world, { participantId, version: 1 }));
    consents[1] = { ...consents[1]!, until: 1 };
    consents[3] = { ...consents[3]!, signedAt: (await latestTime(world)) + 1_000 };
    const progress: RelayProgress[] = [];
    const summary = await importConsents(world.biobank, {
      scopeId,
      consents,
      batchSize: 2,
      onProgress: (made) => progress.push(made),
    });
    expect(summary.participantIds).to.deep.equal(participantIds);
    expect(summary.changes.map((change) => (change.accepted ? "accepted" : change.error.name))).to.deep.equal([
      "accepted",
      "ConsentUntilPassed",
      "accepted",
      "ConsentSignedInFuture",
      "accepted",
    ]);
    expect(progress.at(-1)).to.deep.equal({ done: 5, total: 5, accepted: 3, rejected: 2 });
    expect(summary.transactions).to.have.length(3);
  });

  it("imports a hundred in one transaction below the gas cap", async () => {
    const world = await loadWorld();
    const consents = Array.from({ length: 100 }, () => paper(world));
    const summary = await importConsents(world.biobank, { scopeId, consents });
    expect(summary).to.include({ accepted: 100, rejected: 0 });
    expect(summary.transactions).to.have.length(1);
  });

  it("opens nothing where a participant has acted", async () => {
    const world = await loadWorld();
    const { account: signer, participantId } = person(1);
    const { reader, general } = world;
    const grant = { scopeId, signer, termsDigest: general.digest, elements: 1n };
    await accepted(world, await signGrant(reader, grant));
    await accepted(world, await signSuspend(reader, { scopeId, signer }));
    await attestClosing(world.biobank, { scopeId, participantId, state: "Withdrawn" });
    const signedAt = await latestTime(world);
    await world.connection.networkHelpers.time.increase(10);
    const { changes } = await importOne(world, { participantId, signedAt: signedAt + 1 });
    expect((changes[0] as RejectedChange).error.name).to.equal("ConsentParticipantActed");
  });

  it("is the custodian's alone", async () => {
    const world = await loadWorld();
    const { changes } = await importConsents(world.university, { scopeId, consents: [paper(world)] });
    const { error } = changes[0] as RejectedChange;
    expect(error).to.include({ name: "ConsentNotCustodian" });
    expect(error.args).to.deep.equal({ scopeId, caller: ids.university });
    await suspendInstitution(world.registrar, { institutionId: ids.biobank });
    const suspended = await importOne(world);
    expect((suspended.changes[0] as RejectedChange).error.name).to.equal("InstitutionNotInStanding");
  });

  it("estimates without sending on a dry run", async () => {
    const world = await loadWorld();
    const participantId = randomParticipantId();
    const consents = [paper(world, { participantId })];
    const estimate = await importConsents(world.biobank, { scopeId, consents, dryRun: true });
    expect(Object.keys(estimate).sort()).to.deep.equal(["dryRun", "gas"]);
    expect((await getConsent(world.reader, { scopeId, participantId })).status).to.equal("None");
  });

  it("refuses malformed input before anything is sent", async () => {
    const world = await loadWorld();
    const good = paper(world);
    const weak: Hex = `0x${"00".repeat(16)}${"ff".repeat(16)}`;
    const hostile: [unknown, string, string][] = [
      [[], "InvalidInput", "consents"],
      ["paper", "InvalidInput", "consents"],
      [[good, null], "InvalidInput", "consents[1]"],
      [[good, { ...good, signedAt: undefined }], "InvalidInput", "consents[1].signedAt"],
      [[{ ...good, elements: 5 }], "InvalidInput", "consents[0].elements"],
      [[{ ...good, termsDigest: "0x" }], "InvalidInput", "consents[0].termsDigest"],
      [[{ ...good, version: 0 }], "InvalidInput", "consents[0].version"],
      [[{ ...good, participantId: "0x12" }], "InvalidInput", "consents[0].participantId"],
      [[{ ...good, participantId: weak }], "ConsentParticipantIdWeak", "consents[0].participantId"],
      [[{ ...good, preferences: 0x30 }], "ConsentPreferencesInvalid", "consents[0].preferences"],
    ];
    for (const [consents, name, input] of hostile) {
      const parameters = { scopeId, consents: consents as readonly PaperConsent[] };
      const error = await refusal(importConsents(world.biobank, parameters), name);
      expect(error.args).to.include({ input });
    }
    await refusal(importConsents(world.biobank, { scopeId: "0x", consents: [good] }), "InvalidInput");
    await refusal(importConsents(world.biobank, { scopeId, consents: [good], batchSize: 0 }), "InvalidInput");
    await refusal(importConsents(world.reader, { scopeId, consents: [good] }), "WalletMissing");
  });
});

describe("randomParticipantId", () => {
  it("draws 32 bytes anew each time", () => {
    const drawn = Array.from({ length: 100 }, () => randomParticipantId());
    for (const id of drawn) expect(id).to.match(/^0x[0-9a-f]{64}$/);
    expect(new Set(drawn).size).to.equal(100);
  });
});

describe("a series of ids", () => {
  it("is drawn anew each time, and numbered from 0", () => {
    const [one, other] = [randomParticipantSeries(), randomParticipantSeries()];
    expect(one).to.match(/^0x[0-9a-f]{32}0{32}$/);
    expect(one).not.to.equal(other);
    expect(participantIdInSeries(one, 0)).to.equal(one);
    expect(BigInt(participantIdInSeries(one, 2 ** 32 - 1)) - BigInt(one)).to.equal(2n ** 32n - 1n);
    for (const [first, number] of [
      [one, -1],
      [one, 2 ** 32],
      [participantIdInSeries(one, 1), 0],
      ["0x12", 0],
    ] as const) {
      expect(() => participantIdInSeries(first, number))
        .to.throw()
        .with.property("name", "InvalidInput");
    }
  });

  it("stands in the index as a whole, a gap and all", async () => {
    const world = await loadWorld();
    const { biobank, reader } = world;
    const first = randomParticipantSeries();
    const id = (number: number) => participantIdInSeries(first, number);
    const consents = [0, 1, 3, 4].map((number) => paper(world, { participantId: id(number) }));
    expect((await importConsents(biobank, { scopeId, consents })).accepted).to.equal(4);
    const indexed = async () =>
      Promise.all([0, 1, 2, 3, 4, 5].map((number) => isInScopeIndex(reader, { scopeId, participantId: id(number) })));
    expect(await indexed()).to.deep.equal([true, true, false, true, true, false]);
    expect((await getScopePages(reader, { scopeId })).participantIds).to.deep.equal([3, 4, 0, 1].map(id));
    await importConsent(biobank, { ...paper(world, { participantId: id(2) }), scopeId });
    expect(await indexed()).to.deep.equal([true, true, true, true, true, false]);
    for (const pageSize of [1, 2, 3, 10]) {
      expect((await getScopePages(reader, { scopeId, pageSize })).participantIds).to.deep.equal(
        [0, 1, 2, 3, 4].map(id),
      );
    }
    expect((await getScopePage(reader, { scopeId, limit: 2 })).next).to.match(/^0x[0-9a-f]{72}$/);
  });
});

describe("importConsent", () => {
  it("brings one in, and a later paper over it", async () => {
    const world = await loadWorld();
    const { participantId, word } = await importConsent(world.biobank, { ...paper(world), scopeId });
    expect(word).to.include({ version: 1, author: ConsentAuthor.Custodian });
    const later = paper(world, { participantId, signedAt: word.signedAt + 1, elements: 0n });
    const estimate = await importConsent(world.biobank, { ...later, scopeId, dryRun: true });
    expect(estimate.gas > 21_000n).to.equal(true);
    const replaced = await importConsent(world.biobank, { ...later, scopeId });
    expect(replaced).to.include({ scopeId, participantId });
    expect(replaced.word).to.include({ version: 2, ordinal: 1, elements: 0n });
    const error = await refusal(importConsent(world.biobank, { ...later, scopeId }), "ConsentSignedTooEarly");
    expect(error.args).to.include({ signedAt: later.signedAt });
  });

  it("is for the scope's custodian, and refuses malformed input", async () => {
    const world = await loadWorld();
    await refusal(importConsent(world.university, { ...paper(world), scopeId }), "ConsentNotCustodian");
    await refusal(importConsent(world.biobank, { ...paper(world), scopeId: "0x" }), "InvalidInput");
    await refusal(importConsent(world.biobank, { ...paper(world, { signedAt: -1 }), scopeId }), "InvalidInput");
    await refusal(importConsent(world.reader, { ...paper(world), scopeId }), "WalletMissing");
  });
});

describe("searchScope and getHistories", () => {
  it("find who shares what is asked for, now and by what was said before, and what each has said", async () => {
    const world = await loadWorld();
    const { biobank, reader } = world;
    const first = randomParticipantSeries();
    const [one, other] = [first, participantIdInSeries(first, 1)];
    const consents = [
      paper(world, { participantId: one, signedAt: 100, elements: 0b01n, version: 1 }),
      paper(world, { participantId: other, signedAt: 100, elements: 0b11n, version: 1 }),
      paper(world, { participantId: one, signedAt: 200, elements: 0b10n, version: 2 }),
    ];
    expect((await importConsents(biobank, { scopeId, consents })).rejected).to.equal(0);
    const search = async (needs: readonly bigint[], time?: number) =>
      (await searchScope(reader, { scopeId, needs, time, pageSize: 1 })).participantIds;
    expect(await search([0b01n])).to.deep.equal([other]);
    expect(await search([0b01n], 199)).to.deep.equal([one, other]);
    expect(await search([0b11n])).to.deep.equal([one, other]);
    expect(await search([0b01n, 0b10n])).to.deep.equal([other]);
    expect(await search([], 99)).to.deep.equal([]);

    const keys = [one, person(9).participantId, other].map((participantId) => ({ scopeId, participantId }));
    const { histories } = await getHistories(reader, { keys, pageSize: 2 });
    expect(histories.map((words) => words.map(({ signedAt }) => signedAt))).to.deep.equal([[100, 200], [], [100]]);
    const some = await getHistories(reader, { keys, from: 101, to: 200 });
    expect(some.histories.map((words) => words.length)).to.deep.equal([1, 0, 0]);
  });

  it("refuse malformed input", async () => {
    const { reader } = await loadWorld();
    for (const change of [
      { scopeId: "0x" as Hex },
      { needs: [0n] },
      { needs: [2n ** 64n] },
      { time: -1 },
      { pageSize: 0 },
    ]) {
      await refusal(searchScope(reader, { scopeId, needs: [], ...change }), "InvalidInput");
    }
    const keys = [{ scopeId, participantId: randomParticipantId() }];
    for (const change of [{ keys: [{ scopeId }] as never }, { from: -1 }, { to: 2 ** 32 }, { pageSize: 0 }]) {
      await refusal(getHistories(reader, { keys, ...change }), "InvalidInput");
    }
  });
});

describe("attestClosing", () => {
  it("closes for who said so on paper or by telephone", async () => {
    const world = await loadWorld();
    const { participant, biobank, general } = world;
    const participantId = participantIdOf(addressOf(participant));
    await grantConsent(participant, { scopeId, termsDigest: general.digest, elements: 1n });
    const attest = (change: Partial<AttestClosingParameters<false>>) =>
      attestClosing(biobank, { scopeId, participantId, state: "Suspended", ...change });
    const suspended = await attest({});
    expect(suspended.word).to.include({ version: 2, state: ConsentState.Suspended, dissent: false });
    expect(suspended).to.include({ scopeId, participantId, custodian: ids.biobank });
    const declined = await attest({ state: "Declined", signedAt: SIGNED_AT, dissent: true });
    expect(declined).to.include({ signedAt: SIGNED_AT });
    expect(declined.word).to.include({ version: 3, state: ConsentState.Declined, dissent: true });
    expect((await attest({ state: "Withdrawn", extent: 1 })).word).to.include({ version: 4, extent: 1 });
    expect((await attest({ state: "Withdrawn" })).word).to.include({ version: 5, extent: 3 });
  });

  it("annuls only what nobody but the custodian has ever written", async () => {
    const world = await loadWorld();
    const { participant, biobank } = world;
    const imported = randomParticipantId();
    await importOne(world, { participantId: imported });
    const annulled = await attestClosing(biobank, { scopeId, participantId: imported, state: "Annulled" });
    expect(annulled.word.state).to.equal(ConsentState.Annulled);
    const participantId = participantIdOf(addressOf(participant));
    await grantConsent(participant, { scopeId, termsDigest: world.general.digest, elements: 1n });
    await refusal(attestClosing(biobank, { scopeId, participantId, state: "Annulled" }), "ConsentParticipantActed");
  });

  it("is the custodian's alone, and never to come", async () => {
    const world = await loadWorld();
    const { university, biobank, registrar } = world;
    const { participantId } = person(1);
    const attestation = { scopeId, participantId, state: "Declined" } as const;
    await refusal(attestClosing(university, attestation), "ConsentNotCustodian");
    const signedAt = (await latestTime(world)) + 1_000;
    await refusal(attestClosing(biobank, { ...attestation, signedAt }), "ConsentSignedInFuture");
    // A suspended custodian still passes a no on.
    await suspendInstitution(registrar, { institutionId: ids.biobank });
    expect((await attestClosing(biobank, attestation)).word.state).to.equal(ConsentState.Declined);
  });

  it("dissents for a minor, whom no guardian overrules", async () => {
    const world = await loadWorld();
    const participantId = randomParticipantId();
    await importOne(world, { participantId });
    await attestClosing(world.biobank, { scopeId, participantId, state: "Declined", dissent: true });
    await world.connection.networkHelpers.time.increase(10);
    const signedAt = await latestTime(world);
    const { changes } = await importOne(world, { participantId, signedAt });
    expect((changes[0] as RejectedChange).error.name).to.equal("ConsentDissented");
  });

  it("refuses malformed input", async () => {
    const { biobank } = await loadWorld();
    const { participantId } = person(1);
    const good = { scopeId, participantId, state: "Withdrawn" as const };
    const hostile: [object, string][] = [
      [{ scopeId: "0x" }, "scopeId"],
      [{ participantId: "0x" }, "participantId"],
      [{ state: "Active" }, "state"],
      [{ state: 4 }, "state"],
      [{ extent: 0 }, "extent"],
      [{ extent: 4 }, "extent"],
      [{ state: "Declined", extent: 1 }, "extent"],
      [{ dissent: "yes" }, "dissent"],
      [{ signedAt: -1 }, "signedAt"],
    ];
    for (const [change, input] of hostile) {
      const parameters = { ...good, ...change } as AttestClosingParameters;
      expect((await refusal(attestClosing(biobank, parameters), "InvalidInput")).args).to.include({ input });
    }
    await attestClosing(biobank, { ...good, state: "Declined", extent: 0 });
  });
});
