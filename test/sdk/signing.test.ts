import { expect } from "chai";
import { describe, it } from "mocha";
import type { Hex } from "viem";

import { ConsentState, EMPTY_WORD, LAST_VERSION, MAX_PREFERENCES } from "../../src/model/index.ts";
import {
  type AcceptedChange,
  encodeSignedChange,
  getConsent,
  participantIdOf,
  type RejectedChange,
  type RelayConsentChangesParameters,
  relayConsentChanges,
  type RelayInterruptedError,
  type RelayProgress,
  signAnnul,
  signDecline,
  type SignedChange,
  signExtend,
  signGrant,
  type SignGrantParameters,
  signResume,
  signSuspend,
  signUpdate,
  signWithdraw,
} from "../../src/sdk/index.ts";
import {
  accepted,
  addressOf,
  ALL_ELEMENTS,
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
const { account: signer, participantId } = person(1);

function grant({ general }: World): SignGrantParameters {
  return { signer, scopeId, termsDigest: general.digest, elements: ALL_ELEMENTS };
}

describe("signed changes", () => {
  it("say what is signed in plain JSON", async () => {
    const world = await loadWorld();
    const time = await latestTime(world);
    const signed = await signGrant(world.reader, { ...grant(world), preferences: 9, until: time + 1_000 });
    expect(throughJson(signed)).to.deep.equal(signed);
    expect(signed.verb).to.equal("grant");
    expect(signed.change).to.deep.equal({
      scopeId,
      termsDigest: world.general.digest,
      elements: "18446744073709551615",
      preferences: 9,
      until: time + 1_000,
      version: 1,
    });
    const { signature, deadline, ...rest } = signed.authorisation;
    expect(rest).to.deep.equal({ signer: signer.address, signedAt: time });
    expect(signature).to.match(/^0x[0-9a-f]{130}$/);
    expect(deadline).to.be.at.least(time + 24 * 60 * 60);
  });

  it("go through every verb, relayed by someone else", async () => {
    const world = await loadWorld();
    const { reader, general, disease } = world;
    const options = { signer, scopeId };
    const until = (await latestTime(world)) + 1_000;
    const granted = await accepted(world, await signGrant(reader, { ...grant(world), until }));
    expect(granted).to.include({ scopeId, participantId });
    expect(granted.word).to.include({ version: 1, terms: 1, until, elements: ALL_ELEMENTS });

    const termsDigest = disease.digest;
    const updated = await accepted(
      world,
      await signUpdate(reader, { ...grant(world), termsDigest, elements: 6n, until }),
    );
    expect(updated.word).to.include({
      version: 2,
      state: ConsentState.Active,
      ordinal: 1,
      terms: 2,
      elements: 6n,
      until,
    });
    const later = { ...options, termsDigest, until: until + 1 };
    const extended = await accepted(world, await signExtend(reader, later));
    expect(extended.word).to.include({ version: 3, ordinal: 2, terms: 2, elements: 6n, until: until + 1 });

    const suspended = await accepted(world, await signSuspend(reader, options));
    expect(suspended.word).to.include({ version: 4, state: ConsentState.Suspended });
    const resting = await accepted(world, await signUpdate(reader, { ...grant(world), preferences: 1 }));
    expect(resting.word).to.include({
      version: 5,
      state: ConsentState.Suspended,
      terms: general.number,
      preferences: 1,
    });
    const resumed = await accepted(world, await signResume(reader, options));
    expect(resumed.word).to.include({ version: 6, state: ConsentState.Active, ordinal: 4 });

    const declined = await accepted(world, await signDecline(reader, options));
    expect(declined.word).to.include({ version: 7, state: ConsentState.Declined });
    const annulled = await accepted(world, await signAnnul(reader, options));
    expect(annulled.word).to.include({ version: 8, state: ConsentState.Annulled });
    const withdrawn = await accepted(world, await signWithdraw(reader, { ...options, extent: 2 }));
    expect(withdrawn.word).to.include({ version: 9, state: ConsentState.Withdrawn, extent: 2 });
    expect((await getConsent(reader, { scopeId, participantId })).word).to.deep.equal(withdrawn.word);
  });

  it("are refused when they contradict what stands", async () => {
    const world = await loadWorld();
    const { reader, disease } = world;
    const options = { signer, scopeId };
    const nothing = { ...grant(world), standing: { version: 0, signedAt: 0 } };
    await rejected(world, await signUpdate(reader, nothing), "ConsentNotStanding");
    const until = (await latestTime(world)) + 1_000;
    await accepted(world, await signGrant(reader, { ...grant(world), until }));
    const { termsDigest } = grant(world);
    const soon = await signExtend(reader, { ...options, termsDigest, until });
    const { error } = await rejected(world, soon, "ConsentUntilNotLater");
    expect(error.args).to.deep.equal({ until, standingUntil: until });
    const others = await signExtend(reader, { ...options, termsDigest: disease.digest });
    await rejected(world, others, "ConsentTermsNotStanding");
    await accepted(world, await signDecline(reader, options));
    await rejected(world, await signExtend(reader, { ...options, termsDigest }), "ConsentNotStanding");
    await rejected(world, await signResume(reader, options), "ConsentNotSuspended");
  });

  it("are not signed with preferences that mean nothing", async () => {
    const world = await loadWorld();
    const preferences = MAX_PREFERENCES + 1;
    const error = await refusal(signGrant(world.reader, { ...grant(world), preferences }), "ConsentPreferencesInvalid");
    expect(error.args).to.include({ input: "preferences" });
    await refusal(signUpdate(world.reader, { ...grant(world), preferences }), "ConsentPreferencesInvalid");
    // The registry has the last word on what comes from elsewhere.
    const signed = await signGrant(world.reader, grant(world));
    const altered = { ...signed, change: { ...signed.change, preferences } };
    await rejected(world, altered, "ConsentSignatureInvalid");
  });

  it("may be signed with a standing word at hand, and times of one's own", async () => {
    const world = await loadWorld();
    const signedAt = (await latestTime(world)) - 10;
    const times = { standing: EMPTY_WORD, signedAt, deadline: signedAt + 500 };
    const signed = await signGrant(world.reader, { ...grant(world), ...times });
    expect(signed.authorisation).to.include({ signedAt, deadline: signedAt + 500 });
    expect((await accepted(world, signed)).word).to.include({ signedAt });
  });

  it("are signed by the client's own wallet when no signer is named", async () => {
    const world = await loadWorld();
    const signed = await signGrant(world.participant, { ...grant(world), signer: undefined });
    expect((await accepted(world, signed)).participantId).to.equal(participantIdOf(addressOf(world.participant)));
    await refusal(signGrant(world.reader, { ...grant(world), signer: undefined }), "WalletMissing");
  });

  it("open later than the standing word was signed", async () => {
    const world = await loadWorld();
    const future = (await latestTime(world)) + 100;
    const standing = { version: 4, signedAt: future };
    const opening = await signGrant(world.reader, { ...grant(world), standing });
    expect(opening.authorisation.signedAt).to.equal(future + 1);
    expect(opening.change.version).to.equal(5);
    const closing = await signWithdraw(world.reader, { signer, scopeId, standing });
    expect(closing.authorisation.signedAt).to.equal(future);
    expect(closing.change.minVersion).to.equal(4);
    const early = await refusal(
      signGrant(world.reader, { ...grant(world), standing, signedAt: future }),
      "InvalidInput",
    );
    expect(early.args).to.deep.equal({ input: "signedAt", earliest: future + 1 });
  });

  it("open nothing beyond the last version, but close", async () => {
    const { reader, general } = await loadWorld();
    const options = { signer, scopeId, standing: { version: LAST_VERSION, signedAt: 5 } };
    const terms = { termsDigest: general.digest, elements: 1n };
    await refusal(signGrant(reader, { ...options, ...terms }), "ConsentVersionsExhausted");
    await refusal(signUpdate(reader, { ...options, ...terms }), "ConsentVersionsExhausted");
    await refusal(signExtend(reader, { ...options, ...terms }), "ConsentVersionsExhausted");
    await refusal(signResume(reader, options), "ConsentVersionsExhausted");
    expect((await signSuspend(reader, options)).change.minVersion).to.equal(LAST_VERSION);
  });

  it("work once", async () => {
    const world = await loadWorld();
    const opening = await signGrant(world.reader, grant(world));
    await accepted(world, opening);
    await rejected(world, opening, "ConsentAlreadyGranted");
    const closing = await signSuspend(world.reader, { signer, scopeId });
    await accepted(world, closing);
    await rejected(world, closing, "ConsentClosingSuperseded");
    await rejected(world, opening, "ConsentAlreadyGranted");
  });

  it("die with a closing that comes before them", async () => {
    const world = await loadWorld();
    const pending = await signGrant(world.reader, grant(world));
    await accepted(world, await signWithdraw(world.reader, { signer, scopeId }));
    const { error } = await rejected(world, pending, "ConsentVersionMismatch");
    expect(error.args).to.deep.equal({ expected: 2, given: 1 });
  });

  it("do not end a consent that was given anew after a closing was signed", async () => {
    const world = await loadWorld();
    await accepted(world, await signGrant(world.reader, grant(world)));
    const old = throughJson(await signSuspend(world.reader, { signer, scopeId }));
    await accepted(world, await signWithdraw(world.reader, { signer, scopeId }));
    const anew = await accepted(world, await signGrant(world.reader, grant(world)));
    const { error } = await rejected(world, old, "ConsentClosingSuperseded");
    expect(error.args).to.deep.equal({
      signedAt: old.authorisation.signedAt,
      standingSignedAt: anew.word.signedAt,
    });
    expect((await getConsent(world.reader, { scopeId, participantId })).status).to.equal("Active");
  });

  it("are refused before their time and after their deadline", async () => {
    const world = await loadWorld();
    const time = await latestTime(world);
    const future = await signGrant(world.reader, { ...grant(world), signedAt: time + 1_000 });
    await rejected(world, future, "ConsentSignedInFuture");
    const late = await signGrant(world.reader, { ...grant(world), signedAt: time - 10, deadline: time - 1 });
    await rejected(world, late, "ConsentDeadlinePassed");
    await refusal(signGrant(world.reader, { ...grant(world), signedAt: time, deadline: time - 1 }), "InvalidInput");
  });

  it("are refused when anything in them is altered", async () => {
    const world = await loadWorld();
    const signed = await signGrant(world.reader, grant(world));
    const { authorisation, change } = signed;
    const altered: SignedChange[] = [
      { ...signed, change: { ...change, elements: "1" } },
      { ...signed, change: { ...change, until: 0xffff_fffe } },
      { ...signed, change: { ...change, preferences: 1 } },
      { ...signed, authorisation: { ...authorisation, deadline: authorisation.deadline + 1 } },
      { ...signed, authorisation: { ...authorisation, signer: person(2).account.address } },
      { ...signed, authorisation: { ...authorisation, signature: `${authorisation.signature.slice(0, -2)}00` as Hex } },
    ];
    const { changes } = await relayConsentChanges(world.relayer, { changes: altered });
    const names = changes.map((relayed) => (relayed.accepted ? "accepted" : relayed.error.name));
    expect(names).to.deep.equal(altered.map(() => "ConsentSignatureInvalid"));
    const passkey: SignedChange = { ...signed, authorisation: { ...authorisation, signer: `0x${"11".repeat(64)}` } };
    await rejected(world, passkey, "SignerVerifierUnlisted");
    const none: SignedChange = { ...signed, authorisation: { ...authorisation, signer: `0x${"00".repeat(52)}` } };
    await rejected(world, none, "SignerUnsupported");
    const another: SignedChange = {
      ...signed,
      authorisation: { ...authorisation, participantId: person(2).participantId },
    };
    await rejected(world, another, "ConsentSignatureInvalid");
  });

  it("need a signer that can sign", async () => {
    const world = await loadWorld();
    for (const broken of [{}, "0x12", { address: signer.address }]) {
      const parameters = { ...grant(world), signer: broken as unknown as typeof signer };
      await refusal(signGrant(world.reader, parameters), "InvalidInput");
    }
  });
});

describe("encodeSignedChange", () => {
  it("refuses what no signing action has made", async () => {
    const world = await loadWorld();
    const signed = await signGrant(world.reader, grant(world));
    const withdrawal = await signWithdraw(world.reader, { signer, scopeId });
    const hostile: [unknown, string][] = [
      [null, "signed"],
      ["0x12", "signed"],
      [{ ...signed, verb: "revoke" }, "signed.verb"],
      [{ ...signed, verb: "annul" }, "signed.change.minVersion"],
      [{ ...signed, verb: "extend", change: { ...signed.change, until: -1 } }, "signed.change.until"],
      [{ ...signed, verb: "takeOver" }, "signed.change.attestedId"],
      [{ ...signed, verb: "veto" }, "signed.change.newParticipantId"],
      [{ ...signed, verb: "update", change: { ...signed.change, termsDigest: "0x" } }, "signed.change.termsDigest"],
      [{ ...signed, change: { ...signed.change, preferences: undefined } }, "signed.change.preferences"],
      [
        { ...signed, authorisation: { ...signed.authorisation, participantId: "0x12" } },
        "signed.authorisation.participantId",
      ],
      [{ ...signed, change: undefined }, "signed.change"],
      [{ ...signed, authorisation: null }, "signed.authorisation"],
      [{ ...signed, change: { ...signed.change, elements: "-1" } }, "signed.change.elements"],
      [{ ...signed, change: { ...signed.change, elements: "99999999999999999999" } }, "signed.change.elements"],
      [{ ...signed, change: { ...signed.change, version: "1" } }, "signed.change.version"],
      [{ ...signed, authorisation: { ...signed.authorisation, signature: "0x1" } }, "signed.authorisation.signature"],
      [
        { ...signed, authorisation: { ...signed.authorisation, signature: `0x${"00".repeat(131_073)}` } },
        "signed.authorisation.signature",
      ],
      [
        { ...signed, authorisation: { ...signed.authorisation, signature: `0x${"00".repeat(2e7)}` } },
        "signed.authorisation.signature",
      ],
      [
        { ...signed, authorisation: { ...signed.authorisation, signer: `0x${"11".repeat(1_025)}` } },
        "signed.authorisation.signer",
      ],
      [{ ...signed, authorisation: { ...signed.authorisation, signedAt: -1 } }, "signed.authorisation.signedAt"],
      [{ ...withdrawal, change: { ...withdrawal.change, extent: 0 } }, "signed.change.extent"],
    ];
    for (const [change, input] of hostile) {
      expect(() => encodeSignedChange(change as SignedChange), input)
        .to.throw()
        .with.property("args")
        .that.includes({ input });
    }
  });

  it("refuses malformed items by their number, and sends nothing", async () => {
    const world = await loadWorld();
    const good = await signGrant(world.reader, grant(world));
    const changes = [good, { ...good, verb: "revoke" } as unknown as SignedChange];
    const error = await refusal(relayConsentChanges(world.relayer, { changes }), "InvalidInput");
    expect(error.args).to.include({ input: "changes[1].verb" });
    await refusal(relayConsentChanges(world.relayer, { changes: [] }), "InvalidInput");
    await refusal(relayConsentChanges(world.relayer, { changes: [good], batchSize: 0 }), "InvalidInput");
    expect((await getConsent(world.reader, { scopeId, participantId })).status).to.equal("None");
  });
});

describe("relayConsentChanges", () => {
  const people = [1, 2, 3, 4, 5].map(person);

  function signAll(world: World): Promise<SignedChange[]> {
    const parameters = { ...grant(world), standing: EMPTY_WORD };
    return Promise.all(people.map(({ account }) => signGrant(world.reader, { ...parameters, signer: account })));
  }

  it("reports a bad item among good ones, batch by batch", async () => {
    const world = await loadWorld();
    const changes = await signAll(world);
    const [first, second] = changes;
    changes[1] = { ...second!, authorisation: { ...second!.authorisation, signature: first!.authorisation.signature } };
    const progress: RelayProgress[] = [];
    const relayed = await relayConsentChanges(world.relayer, {
      changes,
      batchSize: 2,
      onProgress: (made) => progress.push(made),
    });

    expect(relayed.changes.map((change) => change.accepted)).to.deep.equal([true, false, true, true, true]);
    const bad = relayed.changes[1] as RejectedChange;
    expect(bad.error.name).to.equal("ConsentSignatureInvalid");
    expect(bad.error.args).to.deep.equal({ participantId: person(2).participantId });
    expect((relayed.changes[4] as AcceptedChange).participantId).to.equal(person(5).participantId);
    expect(relayed).to.include({ accepted: 4, rejected: 1 });
    expect(relayed.transactions.map((transaction) => transaction.changes)).to.deep.equal([2, 2, 1]);
    expect(relayed.gasUsed).to.equal(relayed.transactions.reduce((sum, { gasUsed }) => sum + gasUsed, 0n));
    expect(progress).to.deep.equal([
      { done: 2, total: 5, accepted: 1, rejected: 1 },
      { done: 4, total: 5, accepted: 3, rejected: 1 },
      { done: 5, total: 5, accepted: 4, rejected: 1 },
    ]);

    // The refused change has used up nothing: the untouched signature still counts.
    await accepted(world, second!);
  });

  it("estimates without sending on a dry run", async () => {
    const world = await loadWorld();
    const changes = await signAll(world);
    const estimate = await relayConsentChanges(world.relayer, { changes, batchSize: 3, dryRun: true });
    expect(estimate.dryRun).to.equal(true);
    expect(estimate.gas > 5n * 40_000n).to.equal(true);
    expect((await getConsent(world.reader, { scopeId, participantId })).status).to.equal("None");
  });

  it("carries a hundred changes in one transaction below the gas cap", async () => {
    const world = await loadWorld();
    const crowd = Array.from({ length: 100 }, (_, index) => person(100 + index));
    const changes = await Promise.all(
      crowd.map(({ account }) => signGrant(world.reader, { ...grant(world), signer: account, standing: EMPTY_WORD })),
    );
    const relayed = await relayConsentChanges(world.relayer, { changes });
    expect(relayed).to.include({ accepted: 100, rejected: 0 });
    expect(relayed.transactions).to.have.length(1);
  });

  it("says how far it came when a later batch cannot be sent", async () => {
    const world = await loadWorld();
    const changes = await signAll(world);
    const { walletClient } = world.relayer;
    let sent = 0;
    const failing = {
      ...world.relayer,
      walletClient: {
        ...walletClient!,
        writeContract: async (call: Parameters<NonNullable<typeof walletClient>["writeContract"]>[0]) => {
          if (sent++ > 0) throw new Error("The line is dead.");
          return walletClient!.writeContract(call);
        },
      } as typeof walletClient,
    };
    const parameters: RelayConsentChangesParameters<false> = { changes, batchSize: 2 };
    const error = await refusal(relayConsentChanges(failing, parameters), "RelayInterrupted");
    expect(error.args).to.deep.equal({ done: 2, total: 5, reason: "RequestFailed" });
    expect((error as RelayInterruptedError).done).to.include({ accepted: 2, rejected: 0 });
    sent = 1;
    await refusal(relayConsentChanges(failing, parameters), "RequestFailed");
  });

  it("takes a participant's changes in order", async () => {
    const world = await loadWorld();
    const opening = await signGrant(world.reader, { ...grant(world), standing: EMPTY_WORD });
    const standing = { version: 1, signedAt: opening.authorisation.signedAt };
    const closing = await signWithdraw(world.reader, { signer, scopeId, standing });
    const { changes } = await relayConsentChanges(world.relayer, { changes: [closing, opening, closing] });
    const outcomes = changes.map((change) => (change.accepted ? change.word.version : change.error.name));
    expect(outcomes).to.deep.equal(["ConsentVersionTooLow", 1, 2]);
  });
});
