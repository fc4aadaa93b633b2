import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import { ConsentAuthor, ConsentState, NO_ID, RECOVERY_DELAY } from "../../src/model/index.ts";
import type { Actor } from "./engine.ts";
import { idOf } from "./ids.ts";
import { DAY, type Story } from "./story.ts";

/** A lost key: two institutions, a delay, and a veto. */
export function shouldBehaveLikeRecoveries(begin: () => Promise<Story>): void {
  let story: Story;
  let target: Actor;

  beforeEach(async () => {
    story = await begin();
    target = await story.engine.actor("account", "a new key");
    await story.given(story.grant({ until: story.now + 100 * DAY }));
  });

  const propose = () => story.propose(target.id);
  const confirm = () => story.confirm(target.id);
  const nothingPending = ["ConsentRecoveryUnknown"] as const;
  const reject = (operation: ReturnType<Story["complete"]>) =>
    story.reject(operation, ...nothingPending, story.scopeId, story.id);

  it("moves the consent when the delay is over, to the second", async () => {
    const { scopeId, id: participantId } = story;
    const before = await story.word();
    const locked = { ...before, version: 2, locked: true };
    const ids = { scopeId, participantId };
    const newParticipantId = target.id;
    const proposedAt = story.now;
    expect(await story.accept(propose())).to.deep.equal([
      { event: "ConsentRecoveryProposed", args: { ...ids, newParticipantId, word: locked } },
    ]);
    const pending = { newParticipantId, proposedAt, readyAt: 0, vetoedAt: 0 };
    expect(await story.recovery()).to.deep.equal(pending);
    await story.reject(story.complete(), "ConsentRecoveryNotReady", 0, story.now);

    await story.advance(DAY);
    const readyAt = story.now + RECOVERY_DELAY;
    expect(await story.accept(confirm())).to.deep.equal([
      {
        event: "ConsentRecoveryConfirmed",
        args: { ...ids, institution: story.engine.institutions.second.id, readyAt },
      },
    ]);
    expect(await story.recovery()).to.deep.equal({ ...pending, readyAt });
    await story.advance(RECOVERY_DELAY - 1);
    await story.reject(story.complete(), "ConsentRecoveryNotReady", readyAt, readyAt - 1);
    await story.advance(1);
    const events = await story.accept(story.complete());

    const [lastWord, word] = [await story.lastWord(), await story.word()];
    expect(lastWord).to.deep.equal({ ...before, version: 3, forwarded: true, ended: readyAt });
    expect(word).to.deep.equal({ ...before, version: 1, opened: readyAt });
    expect(events).to.deep.equal([{ event: "ConsentMoved", args: { ...ids, newParticipantId, lastWord, word } }]);
    expect(await story.forward()).to.equal(target.id);
    await reject(story.complete());
    expect(await story.recovery()).to.deep.equal({ newParticipantId: NO_ID, proposedAt: 0, readyAt: 0, vetoedAt: 0 });
  });

  describe("while it is pending", () => {
    it("nothing opens, own or signed, for the old key", async () => {
      await story.given(propose());
      for (const by of [{}, story.signed()]) {
        for (const verb of ["grant", "update", "extend", "resume"] as const) {
          await story.reject(story.change(verb, by), "ConsentLocked", story.id);
        }
      }
      await story.reject(propose(), "ConsentLocked", story.id);
    });

    it("nothing opens that was signed before, once it is given up", async () => {
      const pending = await story.update({}, story.signed());
      await story.advance(5);
      await story.given(propose(), () => story.cancel());
      await story.reject(pending, "ConsentVersionMismatch", 3, 2);
    });

    it("closings apply, and the consent moves as closed", async () => {
      for (const verb of ["suspend", "decline", "withdraw", "annul"] as const) {
        const other = await story.withParticipant(verb);
        const fresh = await other.engine.actor("account", `a new key after ${verb}`);
        await other.given(
          other.grant(),
          other.propose(fresh.id),
          other.confirm(fresh.id),
          other.change(verb, other.signed()),
        );
        const { state, extent } = await other.word();
        expect(await other.word(), verb).to.include({ locked: true, version: 3 });
        await other.advance(RECOVERY_DELAY);
        await other.accept(other.complete());
        expect(await other.as(fresh).lastWord(), verb).to.include({
          state,
          extent,
          opened: other.now,
          ended: other.now,
        });
      }
    });

    it("use goes on being permitted, under the old key's version and then the new one's", async () => {
      const permitted = (version: number) => ({ permitted: true, version });
      await story.given(propose(), confirm());
      expect(await story.permittedAt(story.now)).to.deep.equal(permitted(1));
      await story.advance(RECOVERY_DELAY);
      const moved = story.now;
      await story.given(story.complete());
      expect(await story.permittedAt(moved - 1)).to.deep.equal(permitted(1));
      expect(await story.permittedAt(moved)).to.deep.equal(permitted(1));
      expect(await story.as(target).permittedAt(moved - 1)).to.deep.equal({ permitted: false, version: 0 });
    });
  });

  describe("a veto", () => {
    for (const form of ["own", "signed"] as const) {
      const veto = (given = {}) =>
        story.veto(
          form === "own"
            ? {}
            : { signed: { newParticipantId: target.id, signedAt: story.now, deadline: story.now + DAY, ...given } },
        );

      it(`(${form}) unlocks the word at once, before and after the second institution has confirmed`, async () => {
        for (const isConfirmed of [false, true]) {
          await story.given(propose(), ...(isConfirmed ? [confirm()] : []));
          const [locked, { scopeId, id: participantId }] = [await story.word(), story];
          const word = { ...locked, locked: false };
          const vetoedAt = story.now;
          expect(await story.accept(veto())).to.deep.equal([
            { event: "ConsentRecoveryEnded", args: { scopeId, participantId, isVetoed: true, word } },
          ]);
          expect(await story.word()).to.deep.equal(word);
          expect(await story.recovery()).to.deep.equal({
            newParticipantId: NO_ID,
            proposedAt: 0,
            readyAt: 0,
            vetoedAt,
          });
          await reject(story.complete());
          await story.advance(RECOVERY_DELAY);
        }
        await story.accept(story.update());
      });

      it(`(${form}) keeps another proposal off for as long as the delay, to the second`, async () => {
        await story.given(propose());
        const until = story.now + RECOVERY_DELAY;
        await story.accept(veto());
        await story.reject(propose(), "ConsentRecoveryVetoed", until);
        await story.advance(RECOVERY_DELAY - 1);
        await story.reject(propose(), "ConsentRecoveryVetoed", until);
        await story.advance(1);
        await story.accept(propose());
      });

      it(`(${form}) works in the last second before the move, and not after it`, async () => {
        await story.given(propose());
        await story.accept(confirm());
        await story.advance(RECOVERY_DELAY);
        const back = await story.engine.checkpoint();
        await story.accept(veto());
        await back();
        await story.accept(story.complete());
        await reject(veto());
      });

      it(`(${form}) needs a pending move`, async () => {
        await reject(veto());
        await story.given(propose(), () => veto());
        await reject(veto());
      });
    }

    const signed = (given = {}) => ({
      signed: { newParticipantId: target.id, signedAt: story.now, deadline: story.now + DAY, ...given },
    });

    it("signed before the proposal, or against another key, does not count", async () => {
      const early = story.veto(signed());
      await story.advance(5);
      await story.accept(propose());
      await reject(early);
      await reject(story.veto(signed({ newParticipantId: idOf("another key") })));
      await story.accept(story.veto(signed({ signedAt: story.now })));
    });

    it("is the participant's own, in time", async () => {
      await story.given(propose());
      const [{ now }, other] = [story, await story.engine.actor("account", "a proxy")];
      await story.given(story.appoint(other, 0x3f));
      const delegated = story.veto({ ...signed(), signerId: other.id });
      await story.reject(delegated, "ConsentDelegateUnauthorised", story.id, other.id);
      await story.reject(story.veto({ ...signed(), signatories: [target.id] }), "ConsentSignatureInvalid", story.id);
      await story.reject(
        story.veto(signed({ signedAt: story.now + 1 })),
        "ConsentSignedInFuture",
        story.now + 1,
        story.now,
      );
      await story.reject(story.veto(signed({ deadline: now })), "ConsentDeadlinePassed", now, story.now);
    });
  });

  describe("a cancellation", () => {
    it("unlocks the word, and the custodian may propose again at once", async () => {
      await story.given(propose(), confirm());
      const [locked, { scopeId, id: participantId }] = [await story.word(), story];
      const word = { ...locked, locked: false };
      expect(await story.accept(story.cancel())).to.deep.equal([
        { event: "ConsentRecoveryEnded", args: { scopeId, participantId, isVetoed: false, word } },
      ]);
      await reject(story.cancel());
      await story.accept(propose());
      expect(await story.recovery()).to.include({ readyAt: 0 });
      await story.reject(story.complete(), "ConsentRecoveryNotReady", 0, story.now);
    });

    it("is the custodian's, whatever its standing", async () => {
      const { engine, scopeId } = story;
      const { custodian, second } = engine.institutions;
      await story.given(propose());
      await story.reject(story.cancel(second), "ConsentNotCustodian", scopeId, second.id);
      await story.reject(story.cancel({ id: NO_ID, account: engine.stranger }), "ConsentNotCustodian", scopeId, NO_ID);
      await engine.setStanding(custodian, false);
      await story.accept(story.cancel());
    });
  });

  describe("a proposal", () => {
    it("is the custodian's in good standing", async () => {
      const { engine, scopeId } = story;
      const { custodian, second } = engine.institutions;
      const stranger = { id: NO_ID, account: engine.stranger };
      await story.reject(story.propose(target.id, stranger), "InstitutionAccountUnknown", engine.stranger);
      await story.reject(story.propose(target.id, second), "ConsentNotCustodian", scopeId, second.id);
      await engine.setStanding(custodian, false);
      await story.reject(propose(), "InstitutionNotInStanding", custodian.id);
    });

    it("needs somebody who has answered, and a fresh key", async () => {
      const other = await story.withParticipant("another participant");
      await other.reject(other.propose(target.id), "ConsentUnknown", other.scopeId, other.id);
      await other.given(other.decline());
      for (const id of [NO_ID, other.id, story.id]) await story.reject(story.propose(id), "ConsentTargetTaken", id);
    });
  });

  describe("a confirmation", () => {
    it("is another institution's in good standing", async () => {
      const { engine } = story;
      const { custodian, second } = engine.institutions;
      await story.given(propose());
      await story.reject(story.confirm(target.id, custodian), "ConsentRecoverySameInstitution", custodian.id);
      const stranger = { id: NO_ID, account: engine.stranger };
      await story.reject(story.confirm(target.id, stranger), "InstitutionAccountUnknown", engine.stranger);
      await engine.setStanding(second, false);
      await story.reject(confirm(), "InstitutionNotInStanding", second.id);
    });

    it("is of the pending move, once", async () => {
      await reject(confirm());
      await story.given(propose());
      await reject(story.confirm(idOf("another key")));
      await story.given(confirm());
      await reject(confirm());
    });
  });

  it("fails when the new key has answered meanwhile, until it is given up", async () => {
    const fresh = story.as(target);
    await story.given(propose(), confirm(), () => fresh.decline());
    await story.advance(RECOVERY_DELAY);
    await story.reject(story.complete(), "ConsentTargetTaken", target.id);
    await story.accept(story.cancel());
  });

  it("moves whoever's word it is, and keeps its author and signing time", async () => {
    const paper = story.as({ id: idOf("a participant on paper") });
    await paper.given(paper.import({ signedAt: 7 }), paper.propose(target.id), paper.confirm(target.id));
    await paper.advance(RECOVERY_DELAY);
    await paper.given(paper.complete());
    expect(await story.as(target).lastWord()).to.include({ author: ConsentAuthor.Custodian, signedAt: 7 });
    expect(await story.as(target).lastWord()).to.include({ state: ConsentState.Active });
    await story.as(target).accept(story.as(target).update());
  });
}
