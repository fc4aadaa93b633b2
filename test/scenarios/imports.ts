import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import { ConsentAuthor, ConsentState, halfYearFrom, NO_EXPIRY, NO_ID, NOT_ENDED } from "../../src/model/index.ts";
import { idInSeries, idOf } from "./ids.ts";
import { DAY, OWN, type Story, UNKNOWN_DIGEST } from "./story.ts";

/** The highest id that is no random one, and the next. */
const WEAK_ID = `0x${"00".repeat(16)}${"ff".repeat(16)}`;
const RANDOM_ID = `0x${"00".repeat(15)}01${"00".repeat(16)}`;

/** Consents on paper that the custodian brings in. */
export function shouldBehaveLikeImports(begin: () => Promise<Story>): void {
  let story: Story;

  beforeEach(async () => {
    story = (await begin()).as({ id: idOf("a participant on paper") });
  });

  it("open a first word of the custodian's, signed when the paper was, and append it to the index", async () => {
    const [{ now, scopeId, id: participantId }, until] = [story, story.now + DAY];
    const events = await story.accept(story.import({ until, signedAt: now - 400 * DAY }));
    const word = await story.word();
    expect(word).to.deep.equal({
      state: ConsentState.Active,
      extent: 0,
      author: ConsentAuthor.Custodian,
      dissent: false,
      preferences: 0b11,
      locked: false,
      forwarded: false,
      terms: 1,
      version: 1,
      ordinal: 0,
      opened: now,
      ended: NOT_ENDED,
      signedAt: now - 400 * DAY,
      until,
      elements: 0b101n,
    });
    expect(events).to.deep.equal([
      { event: "ConsentImported", args: { scopeId, participantId, word } },
      { event: "ScopeIndexAppended", args: { scopeId, participantId } },
    ]);
    expect(await story.permittedAt(now)).to.deep.equal({ permitted: true, version: 1 });
    expect(await story.permittedAt(now - 1)).to.deep.equal({ permitted: false, version: 0 });
  });

  it("come again where only the custodian has acted, in the exact next version and of a later paper", async () => {
    await story.given(story.import({ signedAt: 100 }), story.attest(ConsentState.Withdrawn, { signedAt: 200 }));
    await story.reject(story.import({ version: 2, signedAt: 300 }), "ConsentVersionMismatch", 3, 2);
    await story.reject(story.import({ signedAt: 200 }), "ConsentSignedTooEarly", 200, 200);
    const events = await story.accept(story.import({ signedAt: 201 }));
    expect(events.map(({ event }) => event)).to.deep.equal(["ConsentImported"]);
    expect(await story.word()).to.include({ version: 3, ordinal: 1, signedAt: 201 });
  });

  it("come after an attested closing of nothing", async () => {
    await story.given(story.attest(ConsentState.Declined, { signedAt: 5 }));
    await story.accept(story.import());
    expect(await story.word()).to.include({ version: 2, ordinal: 1 });
  });

  it("need an id that is random: above 128 bits", async () => {
    for (const id of [NO_ID, WEAK_ID]) {
      const weak = story.as({ id });
      await weak.reject(weak.import(), "ConsentParticipantIdWeak", id);
    }
    const random = story.as({ id: RANDOM_ID });
    await random.accept(random.import());
  });

  it("are never of the future", async () => {
    const { now } = story;
    await story.reject(story.import({ signedAt: now + 1 }), "ConsentSignedInFuture", now + 1, now);
    await story.accept(story.import({ signedAt: now }));
  });

  it("keep to the rules of a grant", async () => {
    const { now, scopeId } = story;
    await story.reject(story.import({ version: 2 }), "ConsentVersionMismatch", 1, 2);
    await story.reject(story.import({ preferences: 0x30 }), "ConsentPreferencesInvalid", 0x30);
    await story.reject(story.import({ termsDigest: UNKNOWN_DIGEST }), "ConsentTermsUnknown", scopeId, UNKNOWN_DIGEST);
    await story.reject(story.import({ until: now }), "ConsentUntilPassed", now, now);
  });

  it("replace an earlier paper that stands by a later one, which leaves a suspended consent suspended", async () => {
    await story.given(story.import({ signedAt: 100, elements: 0b11n }));
    await story.reject(story.import({ signedAt: 100 }), "ConsentSignedTooEarly", 100, 100);
    const events = await story.accept(story.import({ signedAt: 101, elements: 0b100n }));
    expect(events.map(({ event }) => event)).to.deep.equal(["ConsentImported"]);
    expect(await story.word()).to.include({ version: 2, ordinal: 1, signedAt: 101, elements: 0b100n });
    await story.given(story.attest(ConsentState.Suspended, { signedAt: 102 }), () => story.import({ signedAt: 103 }));
    expect(await story.word()).to.include({ state: ConsentState.Suspended, version: 4, ordinal: 2, signedAt: 103 });
  });

  it("append nobody to the index who follows on another in a series of ids", async () => {
    const { scopeId } = story;
    const [first, second, third, fourth] = [0, 1, 2, 3].map((number) => story.as({ id: idInSeries(number) })) as [
      Story,
      Story,
      Story,
      Story,
    ];
    const appended = async (one: Story) => (await one.accept(one.import())).length === 2;
    expect(await appended(first)).to.equal(true);
    expect(await appended(second)).to.equal(false);
    // A gap makes an entry, and filling it none.
    expect(await appended(fourth)).to.equal(true);
    expect(await appended(third)).to.equal(false);
    expect(await story.engine.indexPage(scopeId, NO_ID, 5)).to.deep.equal({
      participantIds: [fourth.id, first.id],
      next: NO_ID,
    });
  });

  describe("where somebody else has acted", () => {
    it("are refused after the participant's own act, whatever it was", async () => {
      const { engine } = story;
      for (const verb of ["grant", "suspend", "decline", "withdraw", "annul"] as const) {
        const own = story.as(await engine.actor("account", verb));
        await own.given(own.change(verb, OWN, { until: own.now + 5 }));
        await own.reject(own.import(), "ConsentParticipantActed", own.id);
      }
    });

    it("are refused after a guardian's or a proxy's", async () => {
      const delegate = await story.engine.actor("account", "a delegate");
      const minor = story.as(await story.engine.actor("account", "a minor"));
      await minor.given(
        minor.addGuardian(delegate, halfYearFrom(minor.now + DAY)),
        minor.withdraw(3, minor.signedBy(delegate)),
      );
      await minor.reject(minor.import(), "ConsentParticipantActed", minor.id);
      const adult = story.as(await story.engine.actor("account", "an adult"));
      await adult.given(adult.appoint(delegate, 0x3f), adult.withdraw(3, adult.signedBy(delegate)));
      await adult.reject(adult.import(), "ConsentParticipantActed", adult.id);
    });

    it("are refused once the participant has closed the custodian's word, which is theirs then", async () => {
      const own = story.as(await story.engine.actor("account", "somebody with a key"));
      await own.given(own.import(), own.suspend());
      expect(await own.word()).to.include({ author: ConsentAuthor.Participant, dissent: false });
      await own.given(own.withdraw());
      await own.reject(own.import(), "ConsentParticipantActed", own.id);
      await own.accept(own.grant());
    });

    it("are refused after an attested dissent", async () => {
      await story.given(story.import(), story.attest(ConsentState.Withdrawn, { dissent: true }));
      expect(await story.word()).to.include({ author: ConsentAuthor.Custodian, dissent: true });
      await story.reject(story.import(), "ConsentDissented", story.id);
    });
  });

  it("are changed by the participant and by a guardian as any consent is", async () => {
    const guardian = await story.engine.actor("account", "a guardian");
    const majority = halfYearFrom(story.now + 365 * DAY);
    const minor = story.as(await story.engine.actor("account", "a minor"));
    await minor.given(minor.import({ until: minor.now + DAY }), minor.addGuardian(guardian, majority), () =>
      minor.extend({}, minor.signedBy(guardian)),
    );
    expect(await minor.word()).to.include({ author: ConsentAuthor.Guardian, until: majority, version: 2 });
    await minor.given(minor.update());
    expect(await minor.word()).to.include({ author: ConsentAuthor.Participant, until: NO_EXPIRY, version: 3 });
  });

  it("are sent by the scope's custodian in good standing alone", async () => {
    const { engine, scopeId } = story;
    const { custodian, second } = engine.institutions;
    await story.reject(story.import({ sender: engine.stranger }), "InstitutionAccountUnknown", engine.stranger);
    await story.reject(story.import({ sender: second.account }), "ConsentNotCustodian", scopeId, second.id);
    const nowhere = story.inScope("no study");
    await nowhere.reject(nowhere.import(), "ScopeUnknown", nowhere.scopeId);
    await engine.setStanding(custodian, false);
    await story.reject(story.import(), "InstitutionNotInStanding", custodian.id);
    await engine.setStanding(custodian, true);
    await story.accept(story.import());
  });
}
