import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import { type Verb, WithdrawalExtent } from "../../src/model/index.ts";
import { ACCOUNT_KINDS, type Actor, KEY_KINDS, type KeyKind } from "./engine.ts";
import { idOf } from "./ids.ts";
import { accepted, DAY, type Form, FORMS, type Story } from "./story.ts";

/** A life through every verb. */
const LIFE: readonly Verb[] = [
  "grant",
  "update",
  "extend",
  "suspend",
  "resume",
  "decline",
  "grant",
  "annul",
  "withdraw",
];

const CLOSINGS = ["suspend", "decline", "withdraw", "annul"] as const;

/** Whoever signs, with whatever kind of key. */
export function shouldBehaveLikeSigners(begin: () => Promise<Story>): void {
  let story: Story;

  beforeEach(async () => {
    story = await begin();
  });

  /** Lives a life in one form. */
  const live = async (participant: Actor, form: Form): Promise<void> => {
    const from = story.as(participant);
    for (const [index, verb] of LIFE.entries()) {
      // What is updated ends sooner, so that it can be extended.
      const given = verb === "update" ? { until: from.now + DAY } : {};
      accepted(await from.applyAs(form, (by) => from.change(verb, by, given)));
      expect(await from.lastWord(), `${form}: ${verb}`).to.include({ version: index + 1 });
      await from.advance(1);
    }
  };

  for (const kind of KEY_KINDS.filter((each) => each !== "unlisted key")) {
    describe(`a participant with a ${kind}`, () => {
      const isAccount = (ACCOUNT_KINDS as readonly KeyKind[]).includes(kind);

      for (const form of FORMS.filter((each) => isAccount || each.startsWith("signed"))) {
        it(`says every verb (${form})`, async () => live(await story.engine.actor(kind, form), form));
      }

      it("is signed for by nobody else", async () => {
        const from = story.as(await story.engine.actor(kind, "somebody"));
        for (const other of KEY_KINDS) {
          const forger = await story.engine.actor(other, "a forger");
          const by = () => from.signed({ signatories: [forger.id] });
          await from.reject(from.grant({}, by()), "ConsentSignatureInvalid", from.id);
          await from.reject(from.suspend(by()), "ConsentSignatureInvalid", from.id);
        }
      });

      it("takes a consent over, vetoes its move, and appoints and dismisses a proxy", async () => {
        const from = story.as(await story.engine.actor(kind, "somebody"));
        const paper = story.as({ id: idOf(`paper of a ${kind}`) });
        const [proxy, newParticipantId] = [await story.engine.actor(kind, "a proxy"), idOf("a new key")];
        await paper.given(paper.import());
        await from.given(from.takeOver(paper.id), from.propose(newParticipantId));
        const { signedAt, deadline } = from.signed().signed ?? { signedAt: 0, deadline: 0 };
        await from.given(
          from.veto({ signed: { newParticipantId, signedAt, deadline } }),
          () => from.appoint(proxy, 0x3f, from.signed()),
          () => from.update({}, from.signedBy(proxy)),
          () => from.dismiss(proxy, from.signed()),
        );
        await from.reject(from.suspend(from.signedBy(proxy)), "ConsentDelegateUnauthorised", from.id, proxy.id);
      });
    });
  }

  describe("a key of a verifier that is not listed", () => {
    it("closes, and opens nothing", async () => {
      const key = await story.engine.actor("unlisted key", "somebody");
      const [from, delegate] = [story.as(key), await story.engine.actor("account", "a delegate")];
      const refusal = ["SignerVerifierUnlisted", key.signer.kind === "key" ? key.signer.verifier : ""] as const;
      await from.reject(from.grant({}, from.signed()), ...refusal);
      for (const verb of CLOSINGS) await from.given(from.change(verb, from.signed()));
      await from.reject(from.grant({}, from.signed()), ...refusal);
      await from.reject(from.appoint(delegate, 0x3f, from.signed()), ...refusal);
      await from.given(from.dismiss(delegate, from.signed()));
      const paper = story.as({ id: idOf("a participant on paper") });
      await paper.given(paper.import());
      await from.reject(from.takeOver(paper.id), ...refusal);
    });

    it("acts for another as far", async () => {
      const key = await story.engine.actor("unlisted key", "a delegate");
      await story.given(story.grant(), story.appoint(key, 0x3f));
      const verifier = key.signer.kind === "key" ? key.signer.verifier : "";
      await story.reject(story.update({}, story.signedBy(key)), "SignerVerifierUnlisted", verifier);
      await story.accept(story.suspend(story.signedBy(key)));
    });

    it("is signed for by nobody else", async () => {
      const from = story.as(await story.engine.actor("unlisted key", "somebody"));
      const forged = from.signed({ signatories: [(await story.engine.actor("unlisted key", "a forger")).id] });
      await from.reject(from.suspend(forged), "ConsentSignatureInvalid", from.id);
    });

    it("is asked for only once the times are right", async () => {
      const from = story.as(await story.engine.actor("unlisted key", "somebody"));
      const { now } = from;
      await from.reject(from.grant({}, from.signed({ signedAt: now + 1 })), "ConsentSignedInFuture", now + 1, now);
    });
  });

  describe("a group", () => {
    let members: readonly Actor[];
    let family: Story;

    beforeEach(async () => {
      const { engine } = story;
      const made = [
        await engine.actor("account", "a mother"),
        await engine.actor("passkey", "a father"),
        await engine.actor("smart account", "a sister"),
      ];
      members = made.toSorted((one, other) => (one.id < other.id ? -1 : 1));
      family = story.as(await engine.group(2, members));
    });

    /** Signed by the members at some places, in the order of their ids unless the places say otherwise. */
    const by = (...places: readonly number[]) =>
      family.signed({ signatories: places.map((place) => members[place]?.id ?? "") });

    it("opens with k of its n members, whichever they are, and with more", async () => {
      for (const places of [
        [0, 1],
        [0, 2],
        [1, 2],
        [0, 1, 2],
      ]) {
        await family.given(family.grant({ until: family.now + DAY }, by(...places)));
        await family.given(family.update({ until: family.now + DAY }, by(...places)), () =>
          family.extend({}, by(...places)),
        );
        await family.given(
          family.suspend(by(0)),
          () => family.resume({}, by(...places)),
          () => family.withdraw(3, by(1)),
        );
      }
    });

    it("opens with fewer than k of them nothing", async () => {
      for (const places of [[], [0], [1], [2]]) {
        await family.reject(family.grant({}, by(...places)), "ConsentSignatureInvalid", family.id);
      }
    });

    for (const verb of CLOSINGS) {
      it(`lets any one of them ${verb}`, async () => {
        const back = await family.engine.checkpoint();
        for (const places of [[0], [1], [2], [0, 1], [0, 1, 2]]) {
          await family.given(family.grant({}, by(0, 1)), () => family.change(verb, by(...places)));
          expect(await family.status(), places.join()).not.to.equal("Active");
          await back();
        }
        await family.reject(family.change(verb, by()), "ConsentSignatureInvalid", family.id);
      });
    }

    it("counts nobody twice, nobody out of order, and nobody from outside", async () => {
      const outsider = await family.engine.actor("account", "an outsider");
      const places = [
        [0, 0],
        [1, 0],
        [2, 1],
        [0, 1, 1],
        [0, 2, 1],
      ];
      for (const signatories of [
        ...places.map((order) => order.map((place) => members[place]?.id ?? "")),
        [outsider.id],
        [members[0]?.id ?? "", members[1]?.id ?? "", outsider.id],
      ]) {
        for (const verb of ["grant", "suspend"] as const) {
          const change = family.change(verb, family.signed({ signatories }));
          await family.reject(change, "ConsentSignatureInvalid", family.id);
        }
      }
    });

    it("has no group among its members that counts", async () => {
      const { engine } = family;
      const inner = await engine.group(1, members.slice(0, 1));
      const outer = story.as(await engine.group(1, [inner, ...members.slice(1)]));
      const change = outer.suspend(outer.signed({ signatories: [inner.id] }));
      await outer.reject(change, "ConsentSignatureInvalid", outer.id);
    });

    it("of which none need sign, is none", async () => {
      const nobody = story.as(await family.engine.group(0, members));
      for (const signatories of [[], members.map(({ id }) => id)]) {
        for (const verb of ["grant", "suspend"] as const) {
          const change = nobody.change(verb, nobody.signed({ signatories }));
          await nobody.reject(change, "ConsentSignatureInvalid", nobody.id);
        }
      }
    });

    it("with a member's verifier that is not listed, opens nothing by them, and closes", async () => {
      const key = await family.engine.actor("unlisted key", "a brother");
      const all = [...members, key].toSorted((one, other) => (one.id < other.id ? -1 : 1));
      const open = all.filter(({ id }) => id !== key.id).slice(0, 2);
      const wider = story.as(await family.engine.group(2, all));
      const signedBy = (...signers: readonly Actor[]) => wider.signed({ signatories: signers.map(({ id }) => id) });
      const verifier = key.signer.kind === "key" ? key.signer.verifier : "";
      await wider.reject(wider.grant({}, signedBy(...all)), "SignerVerifierUnlisted", verifier);
      await wider.given(wider.grant({}, signedBy(...open)), () => wider.suspend(signedBy(key)));
      expect(await wider.status()).to.equal("Suspended");
    });

    it("may be a delegate", async () => {
      await story.given(story.appoint(family.participant, 0x3f));
      const one = story.signedBy(family.participant, { signatories: [members[0]?.id ?? ""] });
      await story.reject(story.grant({}, one), "ConsentSignatureInvalid", story.id);
      const two = story.signedBy(family.participant, { signatories: members.slice(0, 2).map(({ id }) => id) });
      await story.given(story.grant({}, two));
      await story.accept(story.withdraw(WithdrawalExtent.NoFurtherUse, one));
    });

    it("is another participant with another k", async () => {
      const all = story.as(await family.engine.group(3, members));
      expect(all.id).not.to.equal(family.id);
      await all.reject(
        all.grant({}, all.signed({ signatories: members.slice(0, 2).map(({ id }) => id) })),
        "ConsentSignatureInvalid",
        all.id,
      );
      await all.accept(all.grant({}, all.signed({ signatories: members.map(({ id }) => id) })));
    });
  });
}
