import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import { ConsentAuthor, ConsentState, halfYearFrom, NOT_ENDED } from "../../src/model/index.ts";
import { idOf } from "./ids.ts";
import { DAY, type Story } from "./story.ts";

/** A participant takes over what a custodian or a guardian has kept for them. */
export function shouldBehaveLikeTakeOvers(begin: () => Promise<Story>): void {
  let own: Story;
  let kept: Story;

  beforeEach(async () => {
    own = await begin();
    kept = own.as({ id: idOf("a participant on paper") });
  });

  it("moves the consent to a first word of the participant's, and leaves the old id's last word", async () => {
    await kept.given(kept.import({ elements: 0b11n, preferences: 0b100, until: kept.now + DAY, signedAt: 1 }));
    const [before, { now, scopeId }] = [await kept.lastWord(), own];
    const events = await own.accept(own.takeOver(kept.id));
    const [lastWord, word] = [await kept.lastWord(), await own.lastWord()];
    expect(lastWord).to.deep.equal({ ...before, version: 2, forwarded: true, ended: now });
    expect(word).to.deep.equal({
      ...before,
      author: ConsentAuthor.Participant,
      version: 1,
      ordinal: 0,
      opened: now,
      ended: NOT_ENDED,
      signedAt: now,
    });
    const args = { scopeId, participantId: kept.id, newParticipantId: own.id, lastWord, word };
    expect(events).to.deep.equal([{ event: "ConsentMoved", args }]);
    expect(await kept.forward()).to.equal(own.id);
    expect(await kept.word()).to.deep.equal(word);
  });

  it("keeps a closed state, its extent and a dissent, and opens nothing", async () => {
    for (const [name, closing] of [
      ["suspended", kept.attest(ConsentState.Suspended)],
      ["declined", kept.attest(ConsentState.Declined, { dissent: true })],
      ["withdrawn", kept.attest(ConsentState.Withdrawn, { extent: 2 })],
      ["annulled", kept.attest(ConsentState.Annulled)],
    ] as const) {
      const paper = own.as({ id: idOf(`${name}, on paper`) });
      const mine = await own.withParticipant(name);
      await paper.given(paper.import(), { ...closing, participantId: paper.id, signedAt: paper.now });
      const { state, extent, dissent } = await paper.lastWord();
      const { now } = mine;
      await mine.given(mine.takeOver(paper.id));
      expect(await mine.lastWord(), name).to.include({ state, extent, dissent, opened: now, ended: now });
      expect((await mine.permittedAt(now)).permitted, name).to.equal(false);
    }
  });

  it("works of an expired consent, which stays expired", async () => {
    await kept.given(kept.import({ until: kept.now + 5 }));
    await own.given(own.takeOver(kept.id));
    expect(await own.status()).to.equal("Expired");
    await own.accept(own.grant());
  });

  it("works of what a guardian has granted, though not of what the participant or a proxy has", async () => {
    const [minor, delegate] = [await own.withParticipant("a minor"), await own.engine.actor("account", "a delegate")];
    await minor.given(minor.addGuardian(delegate, halfYearFrom(own.now + DAY)), () =>
      minor.grant({}, minor.signedBy(delegate)),
    );
    await own.accept(own.takeOver(minor.id));

    const [adult, fresh] = [await own.withParticipant("an adult"), await own.withParticipant("a fresh key")];
    await adult.given(adult.appoint(delegate, 0x3f), () => adult.grant({}, adult.signedBy(delegate)));
    await fresh.advance(1);
    await fresh.reject(fresh.takeOver(adult.id), "ConsentParticipantActed", adult.id);
    await adult.given(adult.update());
    await fresh.reject(fresh.takeOver(adult.id), "ConsentParticipantActed", adult.id);
  });

  describe("the signature", () => {
    beforeEach(async () => {
      await kept.given(kept.import());
    });

    it("is later than the word", async () => {
      const { signedAt } = await kept.lastWord();
      for (const early of [signedAt - 1, signedAt]) {
        await own.reject(own.takeOver(kept.id, { signedAt: early }), "ConsentSignedTooEarly", early, signedAt);
      }
      await own.accept(own.takeOver(kept.id, { signedAt: signedAt + 1 }));
    });

    it("is neither of the future nor past its last second", async () => {
      const { now } = own;
      await own.reject(own.takeOver(kept.id, { signedAt: now + 1 }), "ConsentSignedInFuture", now + 1, now);
      await own.reject(own.takeOver(kept.id, { deadline: now - 1 }), "ConsentDeadlinePassed", now - 1, now);
      await own.accept(own.takeOver(kept.id, { deadline: now }));
    });

    it("is the participant's own", async () => {
      const other = await own.engine.actor("account", "somebody else");
      await own.reject(own.takeOver(kept.id, { signatories: [other.id] }), "ConsentSignatureInvalid", own.id);
      const delegated = own.takeOver(kept.id, { signerId: other.id });
      await own.reject(delegated, "ConsentDelegateUnauthorised", own.id, other.id);
      await own.given(own.appoint(other, 0x3f));
      await own.reject(delegated, "ConsentDelegateUnauthorised", own.id, other.id);
    });

    it("works once", async () => {
      const takeOver = own.takeOver(kept.id);
      await own.accept(takeOver);
      await own.reject(takeOver, "ConsentForwarded", kept.id);
    });
  });

  it("needs a consent that is kept there, and neither moves nor has moved", async () => {
    await own.reject(own.takeOver(kept.id), "ConsentUnknown", own.scopeId, kept.id);
    await kept.given(kept.import(), kept.propose(idOf("a new key")));
    await own.reject(own.takeOver(kept.id), "ConsentLocked", kept.id);
  });

  it("needs a fresh key", async () => {
    await kept.given(kept.import());
    await own.given(own.decline());
    await own.reject(own.takeOver(kept.id), "ConsentTargetTaken", own.id);
    await kept.reject(own.as(own.participant).takeOver(own.id), "ConsentParticipantActed", own.id);
  });

  it("is sent by the scope's custodian in good standing alone", async () => {
    await kept.given(kept.import());
    const { engine, scopeId } = own;
    const { custodian, second } = engine.institutions;
    const sentBy = (sender: string) => own.takeOver(kept.id, { sender });
    await own.reject(sentBy(engine.stranger), "InstitutionAccountUnknown", engine.stranger);
    await own.reject(sentBy(second.account), "ConsentNotCustodian", scopeId, second.id);
    await engine.setStanding(custodian, false);
    await own.reject(sentBy(custodian.account), "InstitutionNotInStanding", custodian.id);
  });
}
