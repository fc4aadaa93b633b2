import { expect } from "chai";
import { beforeEach, describe, it } from "mocha";

import { AFTER_DEATH, ALL_MANDATES, ConsentAuthor, MANDATES, PREFERENCES, type Verb } from "../../src/model/index.ts";
import type { Actor } from "./engine.ts";
import { DAY, type Story } from "./story.ts";

/** The verbs that each mandate allows; narrowing has rules of its own. */
const ALLOWED: Readonly<Record<string, readonly Verb[]>> = {
  grant: ["grant"],
  update: ["update"],
  narrow: ["update"],
  resume: ["resume"],
  extend: ["extend"],
  close: ["suspend", "decline", "withdraw", "annul"],
};
const VERBS: readonly Verb[] = Object.values(ALLOWED)
  .flat()
  .filter((verb, index, all) => all.indexOf(verb) === index);

/** Proxies act within their mandate, until its end. */
export function shouldBehaveLikeProxies(begin: () => Promise<Story>): void {
  let story: Story;
  let proxy: Actor;

  beforeEach(async () => {
    story = await begin();
    proxy = await story.engine.actor("account", "a proxy");
  });

  const byProxy = () => story.signedBy(proxy);

  /** Brings the consent where a verb is allowed. */
  const makeWayFor = async (verb: Verb): Promise<void> => {
    if (verb === "grant") return;
    await story.given(story.grant({ until: story.now + DAY }));
    if (verb === "resume") await story.given(story.suspend());
  };
  /** A change that narrows nothing, so that it is no wider than what stands. */
  const changeBy = async (verb: Verb) => {
    const { until } = await story.word();
    return story.change(verb, byProxy(), verb === "update" ? { until } : {});
  };

  for (const [name, allowed] of Object.entries(ALLOWED)) {
    describe(`with the mandate to ${name}`, () => {
      const bit = MANDATES[name as keyof typeof MANDATES];

      for (const verb of VERBS) {
        it(allowed.includes(verb) ? `may ${verb}, and is named` : `may not ${verb}`, async () => {
          await makeWayFor(verb);
          await story.given(story.appoint(proxy, bit));
          const change = await changeBy(verb);
          if (!allowed.includes(verb)) {
            return story.reject(change, "ConsentDelegateUnauthorised", story.id, proxy.id);
          }
          const [event] = await story.accept(change);
          expect(event).to.deep.equal({
            event: "ConsentActedFor",
            args: { scopeId: story.scopeId, participantId: story.id, delegateId: proxy.id },
          });
          const closes = name === "close";
          expect(await story.word()).to.include({ author: closes ? ConsentAuthor.Participant : ConsentAuthor.Proxy });
        });
      }
    });
  }

  for (const [name, [verb]] of Object.entries(ALLOWED)) {
    it(`with all mandates but that to ${name}, may not ${verb}`, async () => {
      // To update includes to narrow, and the other way round.
      const update = MANDATES.update | MANDATES.narrow;
      const bit = MANDATES[name as keyof typeof MANDATES];
      const others = ALL_MANDATES & ~(bit & update ? update : bit);
      await makeWayFor(verb ?? "grant");
      await story.given(story.appoint(proxy, others));
      await story.reject(changeBy(verb ?? "grant"), "ConsentDelegateUnauthorised", story.id, proxy.id);
    });
  }

  describe("the mandate's end", () => {
    for (const verb of VERBS) {
      it(`lets ${verb} work to the second before`, async () => {
        await makeWayFor(verb);
        const until = story.now + 10;
        await story.accept(story.appoint(proxy, ALL_MANDATES, { until }));
        await story.advance(9);
        const back = await story.engine.checkpoint();
        await story.accept(changeBy(verb));
        await back();
        await story.advance(1);
        await story.reject(changeBy(verb), "ConsentDelegateUnauthorised", story.id, proxy.id);
      });
    }

    it("does not end what was opened before", async () => {
      await story.given(story.appoint(proxy, MANDATES.grant, { until: story.now + 20 }), story.grant({}, byProxy()));
      await story.advance(DAY);
      expect(await story.status()).to.equal("Active");
    });

    it("comes early by dismissal and by giving up, closing included", async () => {
      for (const end of [() => story.dismiss(proxy), () => story.renounce(proxy)]) {
        await story.given(story.appoint(proxy, ALL_MANDATES), end);
        await story.reject(story.suspend(byProxy()), "ConsentDelegateUnauthorised", story.id, proxy.id);
      }
    });
  });

  describe("to narrow", () => {
    const elements = 0b1110n;
    const preferences = PREFERENCES.recontact | PREFERENCES.recordLinkage | AFTER_DEATH.relativesDecide;
    let until: number;
    let narrower: Story;

    beforeEach(async () => {
      until = story.now + DAY;
      narrower = await story.register();
      await story.given(story.grant({ elements, preferences, until }), story.appoint(proxy, MANDATES.narrow));
    });

    const narrowed = (given: object, from = story) =>
      from.update({ elements, preferences, until, ...given }, byProxy());

    const NARROWER: Readonly<Record<string, () => object>> = {
      "nothing at all": () => ({}),
      "no element": () => ({ elements: 0n }),
      "fewer elements": () => ({ elements: 0b1010n }),
      "no preference": () => ({ preferences: 0 }),
      "fewer opt-ins": () => ({ preferences: PREFERENCES.recontact | AFTER_DEATH.relativesDecide }),
      "a stop after death": () => ({ preferences: preferences & 0x0f }),
      "an earlier end": () => ({ until: until - 1 }),
    };
    for (const [what, given] of Object.entries(NARROWER)) {
      it(`may change ${what}`, () => story.accept(narrowed(given())).then(() => undefined));
    }

    const WIDER: Readonly<Record<string, () => object>> = {
      "another element": () => ({ elements: elements | 1n }),
      "another element instead": () => ({ elements: 1n }),
      "another opt-in": () => ({ preferences: preferences | PREFERENCES.secondaryUse }),
      "another opt-in instead": () => ({ preferences: PREFERENCES.individualFindings }),
      "another answer for after death": () => ({ preferences: AFTER_DEATH.continue }),
      "a later end": () => ({ until: until + 1 }),
    };
    for (const [what, given] of Object.entries(WIDER)) {
      it(`may not change ${what}`, () => story.reject(narrowed(given()), "ConsentNotNarrower"));

      it(`may change ${what} with the mandate to update too`, async () => {
        await story.given(story.appoint(proxy, MANDATES.narrow | MANDATES.update));
        await story.accept(narrowed(given()));
      });
    }

    it("may not change to other terms, unless they are registered as narrower", async () => {
      const { engine, scopeId } = story;
      await story.reject(narrowed({}, narrower), "ConsentNotNarrower");
      await engine.registerNarrower(scopeId, 1, 2);
      await story.reject(narrowed({}, narrower), "ConsentNotNarrower");
      await engine.registerNarrower(scopeId, 2, 1);
      await story.accept(narrowed({}, narrower));
      expect(await story.word()).to.include({ terms: 2, author: ConsentAuthor.Proxy });
    });

    it("does not reach over two registered pairs", async () => {
      const { engine, scopeId } = story;
      const narrowest = await story.register();
      await engine.registerNarrower(scopeId, 2, 1);
      await engine.registerNarrower(scopeId, 3, 2);
      await story.reject(narrowed({}, narrowest), "ConsentNotNarrower");
      await story.given(narrowed({}, narrower), () => narrowed({}, narrowest));
      expect(await story.word()).to.include({ terms: 3 });
    });

    it("compares the end that is stored: terms that end sooner cut a later one", async () => {
      const ending = await story.register({ reConsentBy: until - 5 });
      await story.engine.registerNarrower(story.scopeId, 3, 1);
      await story.accept(narrowed({ until: until + 1 }, ending));
      expect(await story.word()).to.include({ until: until - 5 });
    });

    it("leaves a suspended consent suspended", async () => {
      await story.given(story.suspend(), () => narrowed({ elements: 0n }));
      expect(await story.status()).to.equal("Suspended");
    });

    it("is judged after everything else", async () => {
      const { now } = story;
      await story.reject(narrowed({ until: now, elements: 1n }), "ConsentUntilPassed", now, now);
    });
  });
}
