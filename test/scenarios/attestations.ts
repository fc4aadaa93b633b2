import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import { ConsentAuthor, ConsentState, NO_ID } from "../../src/model/index.ts";
import { STATES } from "./states.ts";
import type { Story } from "./story.ts";

const { None, Declined, Active, Suspended, Withdrawn, Annulled } = ConsentState;

/** Closings that reached the custodian on paper or by telephone. */
export function shouldBehaveLikeAttestations(begin: () => Promise<Story>): void {
  let story: Story;

  beforeEach(async () => {
    story = await begin();
  });

  for (const [state, { reach }] of Object.entries(STATES)) {
    it(`given a consent that is ${state}, close it as the participant's own closings do`, async () => {
      for (const [closing, own] of [
        [Suspended, (from: Story) => from.suspend()],
        [Declined, (from: Story) => from.decline()],
        [Withdrawn, (from: Story) => from.withdraw()],
      ] as const) {
        const attested = await reach(await story.withParticipant(`${closing}, attested`));
        await attested.accept(attested.attest(closing));
        const said = await reach(await story.withParticipant(`${closing}, own`));
        await said.accept(said.change(own(said).verb));
        const { state: stored, extent, version, ordinal, dissent, author } = await attested.word();
        expect(await said.word()).to.include({ state: stored, extent, version, ordinal, dissent });
        expect(author).to.equal(state === "None" ? ConsentAuthor.Custodian : ConsentAuthor.Participant);
        expect((await attested.permittedAt(attested.now)).permitted).to.equal(false);
      }
    });
  }

  it("report who attests, and when it was said, before the closing's own event", async () => {
    await story.given(story.grant());
    const [{ scopeId, id: participantId, engine }, signedAt] = [story, story.now - 5];
    const events = await story.accept(story.attest(Withdrawn, { extent: 2, signedAt }));
    const word = await story.word();
    expect(events).to.deep.equal([
      {
        event: "ConsentClosingAttested",
        args: { scopeId, participantId, custodian: engine.institutions.custodian.id, signedAt },
      },
      { event: "ConsentWithdrawn", args: { scopeId, participantId, word } },
    ]);
    expect(word).to.include({ state: Withdrawn, extent: 2 });
  });

  it("are accepted however old: they close, and an older one leaves the signing time", async () => {
    await story.given(story.grant());
    const { signedAt } = await story.word();
    for (const old of [0, 1, signedAt]) {
      await story.given(story.attest(Suspended, { signedAt: old }));
      expect(await story.word()).to.include({ state: Suspended, signedAt });
    }
    expect((await story.word()).version).to.equal(4);
  });

  it("are never of the future", async () => {
    const { now } = story;
    await story.reject(story.attest(Suspended, { signedAt: now + 1 }), "ConsentSignedInFuture", now + 1, now);
    await story.accept(story.attest(Suspended, { signedAt: now }));
  });

  it("are closings, and a withdrawal has an extent", async () => {
    for (const state of [None, Active]) await story.reject(story.attest(state), "ConsentAttestationInvalid", state);
    await story.reject(story.attest(Withdrawn, { extent: 0 }), "ConsentExtentInvalid");
    await story.accept(story.attest(Suspended, { extent: 3 }));
    expect(await story.word()).to.include({ state: Suspended, extent: 0 });
  });

  it("may keep a dissent beside any closing, also of an adult's consent; the participant opens it again", async () => {
    await story.given(story.grant(), story.attest(Suspended, { dissent: true }));
    expect(await story.word()).to.include({ dissent: true, author: ConsentAuthor.Participant });
    await story.given(story.suspend());
    expect(await story.word()).to.include({ dissent: true });
    await story.given(() => story.resume());
    expect(await story.word()).to.include({ dissent: false });
  });

  describe("of an annulment", () => {
    it("are accepted of what only the custodian has ever written", async () => {
      await story.given(story.import(), story.attest(Annulled));
      expect(await story.word()).to.include({ state: Annulled, author: ConsentAuthor.Custodian });
      await story.accept(story.import());
    });

    it("are refused of nothing, and of what anybody else has written", async () => {
      await story.reject(story.attest(Annulled), "ConsentParticipantActed", story.id);
      await story.given(story.import(), story.suspend());
      await story.reject(story.attest(Annulled), "ConsentParticipantActed", story.id);
      const other = await story.withParticipant("another participant");
      await other.given(other.grant());
      await other.reject(other.attest(Annulled), "ConsentParticipantActed", other.id);
    });
  });

  it("are sent by the scope's custodian, whatever its standing", async () => {
    const { engine, scopeId } = story;
    const { custodian, second } = engine.institutions;
    await story.reject(story.attest(Suspended, { sender: engine.stranger }), "ConsentNotCustodian", scopeId, NO_ID);
    await story.reject(story.attest(Suspended, { sender: second.account }), "ConsentNotCustodian", scopeId, second.id);
    const nowhere = story.inScope("no study");
    await nowhere.reject(nowhere.attest(), "ScopeUnknown", nowhere.scopeId);
    await engine.setStanding(custodian, false);
    await story.accept(story.attest());
  });

  it("apply where the consent goes on, once the participant has taken it over", async () => {
    const own = await story.withParticipant("the participant's own key");
    await story.given(story.import());
    await own.given(own.takeOver(story.id));
    await story.accept(story.attest(Withdrawn));
    expect(await own.word()).to.include({ state: Withdrawn, author: ConsentAuthor.Participant });
    await story.given(story.attest(Suspended));
    const refused = await story.apply(story.attest(Annulled));
    expect(refused).to.deep.equal({ error: "ConsentParticipantActed", args: [own.id] });
  });
}
