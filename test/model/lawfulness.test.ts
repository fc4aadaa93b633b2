import { expect } from "chai";
import fc from "fast-check";
import { describe, it } from "mocha";

import {
  type AccessConsent,
  type AccessFacts,
  type ConsentWord,
  EMPTY_WORD,
  isHeldAt,
  lawfulnessOf,
  type LicenceDates,
  NO_EXPIRY,
  NOT_ENDED,
} from "../../src/model/index.ts";

const NOW = 1_000;
const held: LicenceDates = { issuedAt: 500, until: 2_000, terminatedAt: 0, suspensionChanges: 0 };
const word: ConsentWord = {
  ...EMPTY_WORD,
  ...{ state: 2, version: 1, terms: 1, opened: 600, ended: NOT_ENDED, until: NO_EXPIRY },
};

function consentOf(changes: Partial<ConsentWord> = {}, history: ConsentWord[] = [], from = 0): AccessConsent {
  return { participantId: "0x01", consent: { word: { ...word, ...changes }, history }, from };
}

const facts: AccessFacts = { time: NOW, version: 1, isOfScope: true, licences: [held], consents: [consentOf()] };

describe("isHeldAt", () => {
  it("is from the issue to the end, unless terminated or suspended", () => {
    const cases: readonly (readonly [Partial<LicenceDates>, boolean])[] = [
      [{}, true],
      [{ issuedAt: 0 }, false],
      [{ issuedAt: NOW }, true],
      [{ issuedAt: NOW + 1 }, false],
      [{ until: NOW }, false],
      [{ until: NOW + 1 }, true],
      [{ terminatedAt: NOW }, false],
      [{ terminatedAt: NOW + 1 }, true],
      [{ suspensionChanges: 1 }, false],
      [{ suspensionChanges: 2 }, true],
    ];
    for (const [changes, expected] of cases) {
      expect(isHeldAt({ ...held, ...changes }, NOW), JSON.stringify(changes)).to.equal(expected);
    }
  });
});

describe("lawfulnessOf", () => {
  it("proves nothing without a time", () => {
    expect(lawfulnessOf(undefined)).to.equal("TimeUnproven");
  });

  it("wants every licence held, and of the scope, before it asks for the consent", () => {
    const nobody = { ...facts, consents: [consentOf({ ended: 600 })] };
    for (const given of [facts, nobody]) {
      expect(lawfulnessOf({ ...given, isOfScope: false })).to.equal("LicenceNotInForce");
      const parent = { ...held, suspensionChanges: 1 };
      expect(lawfulnessOf({ ...given, licences: [held, parent] })).to.equal("LicenceNotInForce");
      expect(lawfulnessOf({ ...given, licences: [parent, held] })).to.equal("LicenceNotInForce");
    }
    expect(lawfulnessOf({ ...facts, licences: [held, held] })).to.equal("Lawful");
  });

  it("wants the version that permitted it", () => {
    const second = [consentOf({ version: 4, ordinal: 1 }, [{ ...word, version: 2, opened: 550, ended: 590 }])];
    expect(lawfulnessOf({ ...facts, consents: second, version: 3 })).to.equal("Lawful");
    expect(lawfulnessOf({ ...facts, consents: second, version: 4 })).to.equal("VersionNotCurrent");
  });

  it("follows a consent to another id, and heeds the start of its terms", () => {
    const moved = consentOf({ ended: 700, forwarded: true });
    expect(lawfulnessOf({ ...facts, consents: [moved, consentOf({ opened: 700 })] })).to.equal("Lawful");
    expect(lawfulnessOf({ ...facts, consents: [moved] })).to.equal("NotPermitted");
    expect(lawfulnessOf({ ...facts, consents: [consentOf({}, [], NOW + 1)] })).to.equal("NotPermitted");
    expect(lawfulnessOf({ ...facts, consents: [] })).to.equal("NotPermitted");
  });

  it("is lawful at no time from which a closing or an end counts", () => {
    const times = fc.record({ ended: fc.nat(2_000), until: fc.nat(2_000), time: fc.nat(2_000) });
    fc.assert(
      fc.property(times, ({ ended, until, time }) => {
        const isPermitted = word.opened <= time && time < Math.min(ended, until);
        const lawfulness = lawfulnessOf({ ...facts, time, consents: [consentOf({ ended, until })] });
        if (isHeldAt(held, time)) expect(lawfulness).to.equal(isPermitted ? "Lawful" : "NotPermitted");
        else expect(lawfulness).to.equal("LicenceNotInForce");
      }),
    );
  });
});
