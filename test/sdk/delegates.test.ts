import { expect } from "chai";
import { describe, it } from "mocha";
import type { Hex } from "viem";

import { ConsentAuthor, ConsentState } from "../../src/model/index.ts";
import {
  addGuardian,
  appointDelegate,
  dismissDelegate,
  getConsent,
  getDelegate,
  grantConsent,
  listDelegates,
  type MandateVerb,
  participantIdOf,
  registerNarrowerTerms,
  relayDelegateChange,
  removeGuardian,
  renounceMandate,
  roundUpToHalfYear,
  signAppointment,
  type SignedDelegateChange,
  signDecline,
  signDismissal,
  signExtend,
  signGrant,
  signResume,
  signSuspend,
  signUpdate,
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
const DAY = 24 * 60 * 60;
const proxy = person(3);
const guardian = person(4);
const minor = person(5);

function ownId({ participant }: World): Hex {
  return participantIdOf(addressOf(participant));
}

function mandate({ reader }: World, participantId: Hex, delegateId: Hex) {
  return getDelegate(reader, { scopeId, participantId, delegateId });
}

function utc(date: string): number {
  return Date.parse(`${date}Z`) / 1000;
}

describe("a proxy", () => {
  it("is appointed and dismissed by the participant's own transactions", async () => {
    const world = await loadWorld();
    const { participant } = world;
    const participantId = ownId(world);
    const { participantId: delegateId } = proxy;
    expect(await mandate(world, participantId, delegateId)).to.deep.equal({
      kind: "None",
      verbs: [],
      until: 0,
      signedAt: 0,
    });
    const until = (await latestTime(world)) + DAY;
    const verbs = ["close", "grant"] as const;
    const appointed = await appointDelegate(participant, { scopeId, delegateId, verbs, until });
    const signedAt = await latestTime(world);
    const given = { kind: "Proxy", verbs: ["grant", "close"], until, signedAt };
    expect(appointed).to.deep.include({ scopeId, participantId, delegateId, mandate: given });
    expect(await mandate(world, participantId, delegateId)).to.deep.equal(given);

    const dismissed = await dismissDelegate(participant, { scopeId, delegateId });
    const none = { kind: "None", verbs: [], until: 0, signedAt: await latestTime(world) };
    expect(dismissed.mandate).to.deep.equal(none);
    expect(await mandate(world, participantId, delegateId)).to.deep.equal(none);
  });

  it("is appointed and dismissed by signatures that anyone may send", async () => {
    const world = await loadWorld();
    const { reader, stranger } = world;
    const { account: signer, participantId } = person(1);
    const { participantId: delegateId } = proxy;
    const until = (await latestTime(world)) + DAY;
    const options = { scopeId, delegateId, signer };
    const appointment = await signAppointment(reader, { ...options, verbs: ["narrow", "resume"], until });
    expect(throughJson(appointment)).to.deep.equal(appointment);
    const { mandate: given } = await relayDelegateChange(stranger, { signed: throughJson(appointment) });
    expect(given).to.include({ kind: "Proxy", until, signedAt: appointment.authorisation.signedAt });
    expect(given.verbs).to.deep.equal(["narrow", "resume"]);
    await refusal(relayDelegateChange(stranger, { signed: appointment }), "DelegateSuperseded");

    const again = await signAppointment(reader, { ...options, verbs: ["close"], until });
    expect(again.authorisation.signedAt).to.be.greaterThan(given.signedAt);
    const dismissal = await signDismissal(reader, options);
    const { mandate: gone } = await relayDelegateChange(stranger, { signed: throughJson(dismissal) });
    expect(gone.kind).to.equal("None");
    expect(await mandate(world, participantId, delegateId)).to.deep.equal(gone);
    // A dismissal is news only once.
    const anew = await signDismissal(reader, options);
    expect(anew.authorisation.signedAt).to.be.greaterThan(gone.signedAt);
  });

  it("is dismissed in the very second of the appointment, and then stays so", async () => {
    const world = await loadWorld();
    const { reader, stranger } = world;
    const options = { scopeId, delegateId: proxy.participantId, signer: person(1).account };
    const signedAt = await latestTime(world);
    const appoint = { ...options, verbs: ["close"] as const, until: signedAt + DAY, signedAt };
    const appointment = await signAppointment(reader, appoint);
    await relayDelegateChange(stranger, { signed: appointment });
    await relayDelegateChange(stranger, { signed: await signDismissal(reader, { ...options, signedAt }) });
    await refusal(relayDelegateChange(stranger, { signed: appointment }), "DelegateSuperseded");
    const early = await refusal(signAppointment(reader, appoint), "InvalidInput");
    expect(early.args).to.deep.equal({ input: "signedAt", earliest: signedAt + 1 });
    await refusal(signDismissal(reader, { ...options, signedAt }), "InvalidInput");
  });

  it("acts for the participant within the mandate, and no further", async () => {
    const world = await loadWorld();
    const { participant, reader, general } = world;
    const onBehalfOf = ownId(world);
    const { account: signer, participantId: delegateId } = proxy;
    const until = (await latestTime(world)) + DAY;
    const allow = (...verbs: MandateVerb[]) => appointDelegate(participant, { scopeId, delegateId, verbs, until });
    const options = { scopeId, signer, onBehalfOf };
    const terms = { termsDigest: general.digest, elements: 3n, until };

    await rejected(world, await signGrant(reader, { ...options, ...terms }), "ConsentDelegateUnauthorised");
    await allow("grant", "close");
    const granted = await accepted(world, await signGrant(reader, { ...options, ...terms }));
    expect(granted.participantId).to.equal(onBehalfOf);
    expect(granted.word).to.include({ author: ConsentAuthor.Proxy, version: 1 });
    await rejected(
      world,
      await signExtend(reader, { ...options, termsDigest: general.digest, until: until + 1 }),
      "ConsentDelegateUnauthorised",
    );
    await accepted(world, await signSuspend(reader, options));
    await rejected(world, await signResume(reader, options), "ConsentDelegateUnauthorised");
    await allow("resume", "extend");
    await accepted(world, await signResume(reader, options));
    const later = { ...options, termsDigest: general.digest, until: until + 1 };
    expect((await accepted(world, await signExtend(reader, later))).word.until).to.equal(until + 1);
    await rejected(world, await signDecline(reader, options), "ConsentDelegateUnauthorised");

    await dismissDelegate(participant, { scopeId, delegateId });
    await rejected(world, await signExtend(reader, { ...later, until: until + 2 }), "ConsentDelegateUnauthorised");
  });

  it("who may only narrow, narrows", async () => {
    const world = await loadWorld();
    const { participant, biobank, reader, general, disease } = world;
    const until = (await latestTime(world)) + DAY;
    await grantConsent(participant, { scopeId, termsDigest: general.digest, elements: 7n, preferences: 3, until });
    const { account: signer, participantId: delegateId } = proxy;
    await appointDelegate(participant, { scopeId, delegateId, verbs: ["narrow"], until });
    const update = (change: object) => {
      const narrowed = { termsDigest: general.digest, elements: 3n, preferences: 1, until, ...change };
      return signUpdate(reader, { scopeId, signer, onBehalfOf: ownId(world), ...narrowed });
    };
    for (const wider of [{ elements: 8n }, { preferences: 7 }, { until: until + 1 }, { termsDigest: disease.digest }]) {
      await rejected(world, await update(wider), "ConsentNotNarrower");
    }
    expect((await accepted(world, await update({}))).word).to.include({ elements: 3n, preferences: 1 });
    await registerNarrowerTerms(biobank, { scopeId, narrower: disease.number, broader: general.number });
    expect((await accepted(world, await update({ termsDigest: disease.digest }))).word.terms).to.equal(disease.number);
  });

  it("gives the mandate up", async () => {
    const world = await loadWorld();
    const { participant, stranger } = world;
    const delegateId = participantIdOf(addressOf(stranger));
    const participantId = ownId(world);
    await refusal(renounceMandate(stranger, { scopeId, participantId }), "DelegateUnknown");
    const until = (await latestTime(world)) + DAY;
    await appointDelegate(participant, { scopeId, delegateId, verbs: ["close"], until });
    const renounced = await renounceMandate(stranger, { scopeId, participantId });
    expect(renounced).to.deep.include({ scopeId, participantId, delegateId });
    expect(renounced.mandate.kind).to.equal("None");
  });

  it("needs verbs, an end to come, and to be someone else", async () => {
    const world = await loadWorld();
    const { participant } = world;
    const time = await latestTime(world);
    const good = { scopeId, delegateId: proxy.participantId, verbs: ["close"] as const, until: time + DAY };
    await refusal(appointDelegate(participant, { ...good, delegateId: ownId(world) }), "DelegateInvalid");
    await refusal(appointDelegate(participant, { ...good, until: time }), "DelegateUntilPassed");
    const hostile: [object, string][] = [
      [{ scopeId: "0x" }, "scopeId"],
      [{ delegateId: `0x${"00".repeat(32)}` }, "delegateId"],
      [{ verbs: [] }, "verbs"],
      [{ verbs: "close" }, "verbs"],
      [{ verbs: ["close", "sell"] }, "verbs[1]"],
      [{ verbs: ["__proto__"] }, "verbs[0]"],
      [{ until: -1 }, "until"],
    ];
    for (const [change, input] of hostile) {
      const parameters = { ...good, ...change } as typeof good;
      expect((await refusal(appointDelegate(participant, parameters), "InvalidInput")).args).to.include({ input });
      expect((await refusal(signAppointment(participant, parameters), "InvalidInput")).args).to.include({ input });
    }
    for (const change of [{ scopeId: "0x" }, { delegateId: "0x" }]) {
      const parameters = { ...good, participantId: good.delegateId, ...change } as Parameters<typeof getDelegate>[1];
      for (const action of [dismissDelegate, signDismissal, getDelegate, removeGuardian]) {
        await refusal(action(participant, parameters), "InvalidInput");
      }
    }
    await refusal(renounceMandate(participant, { scopeId, participantId: "0x" }), "InvalidInput");
    await refusal(signAppointment(world.reader, good), "WalletMissing");
  });

  it("is not made by what no participant has signed", async () => {
    const world = await loadWorld();
    const { reader, stranger } = world;
    const time = await latestTime(world);
    const { account: signer } = person(1);
    const appoint = { scopeId, delegateId: proxy.participantId, signer, verbs: ["close"] as const, until: time + DAY };
    const signed = await signAppointment(reader, appoint);
    const relay = (change: object) =>
      relayDelegateChange(stranger, { signed: { ...signed, ...change } as SignedDelegateChange });
    await refusal(relay({ change: { ...signed.change, verbs: 63 } }), "DelegateSignatureInvalid");
    const forAnother = { ...signed.authorisation, participantId: person(2).participantId };
    await refusal(relay({ authorisation: forAnother }), "DelegateNotParticipant");
    const late = await signAppointment(reader, { ...appoint, deadline: time });
    await world.connection.networkHelpers.time.increase(10);
    await refusal(relayDelegateChange(stranger, { signed: late }), "DelegateDeadlinePassed");
    const future = await signAppointment(reader, { ...appoint, signedAt: time + DAY });
    await refusal(relayDelegateChange(stranger, { signed: future }), "DelegateSignedInFuture");

    const hostile: [object, string][] = [
      [{ verb: "adopt" }, "signed.verb"],
      [{ change: null }, "signed.change"],
      [{ change: { ...signed.change, scopeId: "0x" } }, "signed.change.scopeId"],
      [{ change: { ...signed.change, delegateId: "0x" } }, "signed.change.delegateId"],
      [{ change: { ...signed.change, verbs: 256 } }, "signed.change.verbs"],
      [{ change: { ...signed.change, until: "soon" } }, "signed.change.until"],
      [{ authorisation: undefined }, "signed.authorisation"],
    ];
    for (const [change, input] of hostile) {
      expect((await refusal(relay(change), "InvalidInput")).args).to.include({ input });
    }
    const none = null as unknown as SignedDelegateChange;
    await refusal(relayDelegateChange(stranger, { signed: none }), "InvalidInput");
  });
});

describe("a guardian", () => {
  const { participantId } = minor;
  const { participantId: delegateId, account: signer } = guardian;

  it("is attested by the custodian until the half-year after the end that was given", async () => {
    const world = await loadWorld();
    const { biobank } = world;
    const until = (await latestTime(world)) + 100 * DAY;
    const added = await addGuardian(biobank, { scopeId, participantId, delegateId, until });
    expect(added.mandate).to.include({ kind: "Guardian", until: roundUpToHalfYear(until) });
    expect(added.mandate.verbs).to.deep.equal(["grant", "update", "narrow", "resume", "extend", "close"]);
    const removed = await removeGuardian(biobank, { scopeId, participantId, delegateId });
    expect(removed).to.deep.include({ scopeId, participantId, delegateId });
    expect(await mandate(world, participantId, delegateId)).to.deep.equal(removed.mandate);
    await refusal(removeGuardian(biobank, { scopeId, participantId, delegateId }), "DelegateUnknown");
  });

  it("grants until the guardianship's end, and opens nothing that the minor has closed", async () => {
    const world = await loadWorld();
    const { biobank, reader, general } = world;
    const { mandate: given } = await addGuardian(biobank, {
      scopeId,
      participantId,
      delegateId,
      until: (await latestTime(world)) + DAY,
    });
    const options = { scopeId, signer, onBehalfOf: participantId };
    const terms = { termsDigest: general.digest, elements: 1n };
    const granted = await accepted(world, await signGrant(reader, { ...options, ...terms }));
    expect(granted.word).to.include({ author: ConsentAuthor.Guardian, until: given.until });
    await accepted(world, await signSuspend(reader, { scopeId, signer: minor.account }));
    expect((await getConsent(reader, { scopeId, participantId })).word).to.include({
      state: ConsentState.Suspended,
      dissent: true,
    });
    await rejected(world, await signResume(reader, options), "ConsentDissented");
  });

  it("is nobody else's to add or remove", async () => {
    const world = await loadWorld();
    const { biobank, university, participant } = world;
    const until = (await latestTime(world)) + DAY;
    const mandated = { scopeId, participantId, delegateId };
    await refusal(addGuardian(university, { ...mandated, until }), "DelegateNotCustodian");
    await addGuardian(biobank, { ...mandated, until });
    await refusal(removeGuardian(university, mandated), "DelegateNotCustodian");
    const own = { scopeId, participantId: ownId(world), delegateId };
    await addGuardian(biobank, { ...own, until });
    await refusal(dismissDelegate(participant, { scopeId, delegateId }), "DelegateKindStands");
    await refusal(addGuardian(biobank, { ...mandated, delegateId: participantId, until }), "DelegateInvalid");
    await refusal(addGuardian(biobank, { ...mandated, until: 1 }), "DelegateUntilPassed");
    const hostile: [object, string][] = [
      [{ scopeId: "0x" }, "scopeId"],
      [{ participantId: "0x" }, "participantId"],
      [{ delegateId: "0x" }, "delegateId"],
      [{ until: -1 }, "until"],
      [{ until: 2 ** 32 - 1 }, "until"],
    ];
    for (const [change, input] of hostile) {
      const parameters = { ...mandated, until, ...change } as Parameters<typeof addGuardian>[1];
      expect((await refusal(addGuardian(biobank, parameters), "InvalidInput")).args).to.include({ input });
    }
  });
});

describe("roundUpToHalfYear", () => {
  it("gives the first second of a half-year at the time or next after it", () => {
    const rounded: [string, string][] = [
      ["2031-01-01T00:00:00", "2031-01-01T00:00:00"],
      ["2031-01-01T00:00:01", "2031-07-01T00:00:00"],
      ["2031-06-30T23:59:59", "2031-07-01T00:00:00"],
      ["2031-07-01T00:00:00", "2031-07-01T00:00:00"],
      ["2031-07-01T00:00:01", "2032-01-01T00:00:00"],
      ["2096-02-29T12:00:00", "2096-07-01T00:00:00"],
      ["2100-03-01T00:00:00", "2100-07-01T00:00:00"],
      ["2105-12-31T23:59:59", "2106-01-01T00:00:00"],
      ["1970-01-01T00:00:00", "1970-01-01T00:00:00"],
    ];
    for (const [given, expected] of rounded) expect(roundUpToHalfYear(utc(given)), given).to.equal(utc(expected));
  });

  it("refuses what is no time, or beyond the last half-year", () => {
    for (const time of [-1, 1.5, Number.NaN, 2 ** 32, utc("2106-01-01T00:00:01"), 0xffff_ffff, "2031" as never]) {
      expect(() => roundUpToHalfYear(time))
        .to.throw()
        .with.property("name", "InvalidInput");
    }
  });
});

describe("listDelegates", () => {
  it("lists what stands, by participant and by delegate", async () => {
    const world = await loadWorld();
    const { participant, biobank, reader } = world;
    const participantId = ownId(world);
    const [first, second, third] = [person(6), person(7), person(8)].map((one) => one.participantId) as [Hex, Hex, Hex];
    const until = (await latestTime(world)) + DAY;
    const appoint = (delegateId: Hex) => appointDelegate(participant, { scopeId, delegateId, verbs: ["close"], until });
    await appoint(first);
    await appoint(second);
    const { blockNumber } = await addGuardian(biobank, { scopeId, participantId, delegateId: third, until });
    await addGuardian(biobank, { scopeId, participantId: minor.participantId, delegateId: third, until });
    await dismissDelegate(participant, { scopeId, delegateId: second });
    await appoint(first);

    const list = await listDelegates(reader, { scopeId, participantId });
    expect(list.delegations.map(({ delegateId }) => delegateId)).to.deep.equal([third, first]);
    for (const { delegateId, mandate: listed } of list.delegations) {
      expect(listed).to.deep.equal(await mandate(world, participantId, delegateId));
    }
    const wards = await listDelegates(reader, { scopeId, delegateId: third });
    expect(wards.delegations.map((one) => one.participantId)).to.deep.equal([participantId, minor.participantId]);
    const then = await listDelegates(reader, { scopeId, participantId, blockNumber });
    expect(then).to.include({ blockNumber });
    expect(then.delegations.map(({ delegateId }) => delegateId)).to.deep.equal([first, second, third]);
  });

  it("keeps guardians whose time is over: they may close", async () => {
    const world = await loadWorld();
    const { biobank, reader, connection, general } = world;
    const { participantId } = minor;
    const { participantId: delegateId, account: signer } = guardian;
    const until = (await latestTime(world)) + DAY;
    const { mandate: given } = await addGuardian(biobank, { scopeId, participantId, delegateId, until });
    await connection.networkHelpers.time.increaseTo(given.until);
    const { delegations } = await listDelegates(reader, { scopeId, participantId });
    expect(delegations).to.deep.equal([{ scopeId, participantId, delegateId, mandate: given }]);
    const options = { scopeId, signer, onBehalfOf: participantId };
    const terms = { termsDigest: general.digest, elements: 1n };
    await rejected(world, await signGrant(reader, { ...options, ...terms }), "ConsentDelegateUnauthorised");
    await accepted(world, await signDecline(reader, options));
  });

  it("is empty without any, and refuses malformed ids", async () => {
    const { reader } = await loadWorld();
    const { participantId } = person(9);
    expect((await listDelegates(reader, { scopeId, participantId })).delegations).to.deep.equal([]);
    const hostile = [{ scopeId: "0x", participantId }, { scopeId }, { scopeId, delegateId: "0x" }];
    for (const parameters of hostile) {
      await refusal(listDelegates(reader, parameters as Parameters<typeof listDelegates>[1]), "InvalidInput");
    }
  });
});
