import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import { ALL_MANDATES, DelegateKind, halfYearFrom, MANDATES, NO_ID, NO_MANDATE } from "../../src/model/index.ts";
import type { Actor } from "./engine.ts";
import { DAY, OWN, type Story } from "./story.ts";

/** Mandates: who gives them, who takes them back. */
export function shouldBehaveLikeDelegates(begin: () => Promise<Story>): void {
  let story: Story;
  let delegate: Actor;
  let majority: number;

  beforeEach(async () => {
    story = await begin();
    delegate = await story.engine.actor("account", "a delegate");
    majority = halfYearFrom(story.now + 365 * DAY);
  });

  describe("a proxy", () => {
    for (const form of ["own", "signed"] as const) {
      it(`is appointed and dismissed by the participant (${form})`, async () => {
        const until = story.now + DAY;
        const by = () => (form === "own" ? OWN : story.signed());
        const mandate = { kind: DelegateKind.Proxy, verbs: MANDATES.close, until, signedAt: story.now };
        const ids = { scopeId: story.scopeId, participantId: story.id, delegateId: delegate.id };
        expect(await story.accept(story.appoint(delegate, MANDATES.close, { until, ...by() }))).to.deep.equal([
          { event: "DelegateAdded", args: { ...ids, mandate } },
        ]);
        expect(await story.mandateOf(delegate)).to.deep.equal(mandate);
        await story.advance(10);
        const signedAt = story.now;
        expect(await story.accept(story.dismiss(delegate, by()))).to.deep.equal([
          { event: "DelegateRemoved", args: { ...ids, signedAt } },
        ]);
        expect(await story.mandateOf(delegate)).to.deep.equal({ ...NO_MANDATE, signedAt });
      });
    }

    it("may be given any set of verbs, but none or one that does not exist", async () => {
      for (const verbs of [MANDATES.grant, MANDATES.update | MANDATES.close, ALL_MANDATES]) {
        await story.given(story.appoint(delegate, verbs));
        expect(await story.mandateOf(delegate)).to.include({ verbs });
      }
      for (const verbs of [0, ALL_MANDATES + 1, 0xff]) {
        await story.reject(story.appoint(delegate, verbs), "DelegateVerbsInvalid", verbs);
      }
    });

    it("may not be the participant, or nobody", async () => {
      for (const id of [story.id, NO_ID]) {
        await story.reject(story.appoint({ id }, ALL_MANDATES), "DelegateInvalid", id);
      }
    });

    it("must have an end that is yet to come", async () => {
      const { now } = story;
      for (const until of [0, now]) {
        await story.reject(story.appoint(delegate, ALL_MANDATES, { until }), "DelegateUntilPassed", until, now);
      }
      await story.accept(story.appoint(delegate, ALL_MANDATES, { until: now + 1 }));
    });

    it("is given another mandate by a later appointment only", async () => {
      const { now } = story;
      await story.given(story.appoint(delegate, MANDATES.close));
      for (const signedAt of [now - 1, now]) {
        const late = story.appoint(delegate, ALL_MANDATES, story.signed({ signedAt }));
        await story.reject(late, "DelegateSuperseded", signedAt, now);
      }
      await story.accept(story.appoint(delegate, ALL_MANDATES, story.signed({ signedAt: now + 1 })));
      expect(await story.mandateOf(delegate)).to.include({ verbs: ALL_MANDATES, signedAt: now + 1 });
    });

    it("is not appointed by a signature that is older than a dismissal, relayed or not", async () => {
      const { now } = story;
      const pending = story.appoint(delegate, ALL_MANDATES, story.signed());
      await story.advance(5);
      await story.given(story.dismiss(delegate));
      await story.reject(pending, "DelegateSuperseded", now, now + 5);
    });

    it("is dismissed in the second of the appointment, once", async () => {
      const { now } = story;
      await story.accept(story.appoint(delegate, ALL_MANDATES));
      const dismissal = story.dismiss(delegate, story.signed());
      await story.accept(dismissal);
      await story.reject(dismissal, "DelegateSuperseded", now, now);
      expect(await story.mandateOf(delegate)).to.deep.equal({ ...NO_MANDATE, signedAt: now });
    });

    it("is not dismissed by a signature that is older than the appointment", async () => {
      const { now } = story;
      const old = story.dismiss(delegate, story.signed());
      await story.advance(5);
      await story.given(story.appoint(delegate, ALL_MANDATES));
      await story.reject(old, "DelegateSuperseded", now, now + 5);
    });

    it("may give the mandate up, but not one that they do not have", async () => {
      const ids = [story.scopeId, story.id, delegate.id] as const;
      await story.reject(story.renounce(delegate), "DelegateUnknown", ...ids);
      await story.given(story.appoint(delegate, ALL_MANDATES));
      const { now } = story;
      await story.given(story.renounce(delegate));
      expect(await story.mandateOf(delegate)).to.deep.equal({ ...NO_MANDATE, signedAt: now });
      await story.reject(story.renounce(delegate), "DelegateUnknown", ...ids);
    });

    for (const verb of ["appoint", "dismiss"] as const) {
      const sign = (by: ReturnType<Story["signed"]>) =>
        verb === "appoint" ? story.appoint(delegate, ALL_MANDATES, by) : story.dismiss(delegate, by);

      it(`${verb}: signed in the future or past its last second, is refused`, async () => {
        const { now } = story;
        await story.reject(sign(story.signed({ signedAt: now + 1 })), "DelegateSignedInFuture", now + 1, now);
        await story.reject(sign(story.signed({ deadline: now - 1 })), "DelegateDeadlinePassed", now - 1, now);
        await story.accept(sign(story.signed({ deadline: now })));
      });

      it(`${verb}: signed by the delegate, is refused`, async () => {
        await story.reject(sign(story.signedBy(delegate)), "DelegateNotParticipant", story.id, delegate.id);
      });

      it(`${verb}: signed by another key, is refused`, async () => {
        const forged = story.signed({ signatories: [delegate.id] });
        await story.reject(sign(forged), "DelegateSignatureInvalid", story.id);
      });
    }

    it("has a mandate in one scope, for one participant", async () => {
      await story.given(story.appoint(delegate, ALL_MANDATES));
      const other = await story.withParticipant("another participant");
      for (const elsewhere of [other, story.inScope("another study")]) {
        expect(await elsewhere.mandateOf(delegate)).to.deep.equal(NO_MANDATE);
      }
    });
  });

  describe("a guardian", () => {
    it("is attested and removed by the scope's custodian", async () => {
      const ids = { scopeId: story.scopeId, participantId: story.id, delegateId: delegate.id };
      const mandate = { kind: DelegateKind.Guardian, verbs: ALL_MANDATES, until: majority, signedAt: story.now };
      expect(await story.accept(story.addGuardian(delegate, majority))).to.deep.equal([
        { event: "DelegateAdded", args: { ...ids, mandate } },
      ]);
      expect(await story.mandateOf(delegate)).to.deep.equal(mandate);
      await story.advance(10);
      expect(await story.accept(story.removeGuardian(delegate))).to.deep.equal([
        { event: "DelegateRemoved", args: { ...ids, signedAt: story.now } },
      ]);
      expect(await story.mandateOf(delegate)).to.deep.equal({ ...NO_MANDATE, signedAt: story.now });
      await story.reject(story.removeGuardian(delegate), "DelegateUnknown", story.scopeId, story.id, delegate.id);
    });

    it("ends with a half-year, to the second", async () => {
      for (const until of [majority - 1, majority + 1, majority + DAY, majority - DAY, story.now + DAY]) {
        await story.reject(story.addGuardian(delegate, until), "DelegateUntilNotHalfYear", until);
      }
      await story.accept(story.addGuardian(delegate, majority));
      await story.accept(story.addGuardian(delegate, halfYearFrom(majority + 1)));
    });

    it("must have an end that is yet to come", async () => {
      await story.reject(story.addGuardian(delegate, 0), "DelegateUntilPassed", 0, story.now);
      await story.advance(majority - story.now);
      await story.reject(story.addGuardian(delegate, majority), "DelegateUntilPassed", majority, majority);
    });

    it("is somebody else than the minor", async () => {
      for (const id of [story.id, NO_ID]) {
        await story.reject(story.addGuardian({ id }, majority), "DelegateInvalid", id);
      }
    });

    it("is no proxy, and a proxy no guardian", async () => {
      await story.given(story.addGuardian(delegate, majority));
      await story.reject(story.appoint(delegate, ALL_MANDATES), "DelegateKindStands", delegate.id);
      await story.reject(story.dismiss(delegate), "DelegateKindStands", delegate.id);
      await story.given(story.removeGuardian(delegate), () => story.appoint(delegate, ALL_MANDATES));
      await story.reject(story.addGuardian(delegate, majority), "DelegateKindStands", delegate.id);
      await story.reject(story.removeGuardian(delegate), "DelegateUnknown", story.scopeId, story.id, delegate.id);
    });

    it("may give the guardianship up", async () => {
      await story.given(story.addGuardian(delegate, majority), () => story.renounce(delegate));
      expect(await story.mandateOf(delegate)).to.include({ kind: DelegateKind.None });
    });

    for (const verb of ["addGuardian", "removeGuardian"] as const) {
      it(`${verb}: sent by anyone but the scope's custodian in good standing, is refused`, async () => {
        await story.given(story.addGuardian(delegate, majority));
        const { engine, scopeId } = story;
        const { custodian, second } = engine.institutions;
        const sent = (from: Story, sender: string) =>
          verb === "addGuardian" ? from.addGuardian(delegate, majority, sender) : from.removeGuardian(delegate, sender);
        await story.reject(sent(story, engine.stranger), "InstitutionAccountUnknown", engine.stranger);
        await story.reject(sent(story, second.account), "DelegateNotCustodian", scopeId, second.id);
        const nowhere = story.inScope("no study");
        await nowhere.reject(sent(nowhere, custodian.account), "ScopeUnknown", nowhere.scopeId);
        await engine.setStanding(custodian, false);
        await story.reject(sent(story, custodian.account), "InstitutionNotInStanding", custodian.id);
      });
    }
  });
}
