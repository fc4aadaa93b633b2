import { expect } from "chai";
import fc from "fast-check";
import { describe, it } from "mocha";

import {
  ConsentAuthor,
  ConsentState,
  type ConsentWord,
  decodeWord,
  EMPTY_WORD,
  encodeWord,
  LAST_VERSION,
  NO_EXPIRY,
  NOT_ENDED,
  WithdrawalExtent,
} from "../../src/model/index.ts";
import { expectModelError } from "./expectModelError.ts";

const ANY_WORD = fc.bigInt({ min: 0n, max: 2n ** 256n - 1n });

/** Every field's last bit set alone, by the contracts' layout. */
const LAST_BITS: readonly (readonly [field: keyof ConsentWord, value: number | bigint | boolean, bit: bigint])[] = [
  ["state", 4, 2n],
  ["extent", 2, 4n],
  ["author", 2, 6n],
  ["dissent", true, 7n],
  ["preferences", 0x20, 13n],
  ["locked", true, 14n],
  ["forwarded", true, 15n],
  ["terms", 0x8000, 31n],
  ["version", 0x8000, 47n],
  ["ordinal", 0x8000, 63n],
  ["opened", 0x8000_0000, 95n],
  ["ended", 0x8000_0000, 127n],
  ["signedAt", 0x8000_0000, 159n],
  ["until", 0x8000_0000, 191n],
  ["elements", 2n ** 63n, 255n],
];

const TOO_LARGE: readonly (readonly [field: keyof ConsentWord, value: number | bigint])[] = [
  ["state", 8],
  ["extent", 4],
  ["author", 4],
  ["preferences", 0x40],
  ["terms", 0x1_0000],
  ["version", 0x1_0000],
  ["ordinal", 0x1_0000],
  ["opened", 0x1_0000_0000],
  ["ended", 0x1_0000_0000],
  ["signedAt", 0x1_0000_0000],
  ["until", 0x1_0000_0000],
  ["elements", 2n ** 64n],
];

describe("the consent word", () => {
  it("packs a whole word as the contracts do", () => {
    const packed = encodeWord({
      state: ConsentState.Withdrawn,
      extent: WithdrawalExtent.NoFurtherUse,
      author: ConsentAuthor.Custodian,
      dissent: true,
      preferences: 0x2b,
      locked: false,
      forwarded: true,
      terms: 0x1234,
      version: 0x5678,
      ordinal: 0x9abc,
      opened: 0x11111111,
      ended: 0x22222222,
      signedAt: 0x33333333,
      until: 0x44444444,
      elements: 0x5555555566666666n,
    });
    expect(packed).to.equal(0x555555556666666644444444333333332222222211111111_9abc_5678_1234_ab_fcn);
  });

  for (const [field, value, bit] of LAST_BITS) {
    it(`ends ${field} at bit ${bit}`, () => {
      expect(encodeWord({ ...EMPTY_WORD, [field]: value })).to.equal(1n << bit);
      expect(decodeWord(1n << bit)).to.deep.equal({ ...EMPTY_WORD, [field]: value });
    });
  }

  it("is None when it is zero", () => {
    expect(encodeWord(EMPTY_WORD)).to.equal(0n);
    expect(EMPTY_WORD.state).to.equal(ConsentState.None);
  });

  it("has the sentinels of the contracts", () => {
    expect([NOT_ENDED, NO_EXPIRY, LAST_VERSION]).to.deep.equal([2 ** 32 - 1, 2 ** 32 - 1, 2 ** 16 - 1]);
  });

  it("comes back whole from every pattern of 256 bits, unassigned states included", () => {
    fc.assert(fc.property(ANY_WORD, (packed) => encodeWord(decodeWord(packed)) === packed));
  });

  it("ignores what lies above 256 bits", () => {
    fc.assert(
      fc.property(ANY_WORD, (packed) => {
        expect(decodeWord(packed + 2n ** 256n)).to.deep.equal(decodeWord(packed));
      }),
    );
  });

  it("is immutable once decoded", () => {
    expect(decodeWord(7n)).to.satisfy(Object.isFrozen);
  });

  for (const [field, value] of TOO_LARGE) {
    it(`refuses to pack a ${field} that does not fit`, () => {
      expectModelError(() => encodeWord({ ...EMPTY_WORD, [field]: value }), "ValueOutOfRange");
      const negative = typeof value === "bigint" ? -1n : -1;
      expectModelError(() => encodeWord({ ...EMPTY_WORD, [field]: negative }), "ValueOutOfRange");
    });
  }

  it("refuses to pack a fraction", () => {
    expectModelError(() => encodeWord({ ...EMPTY_WORD, until: 1.5 }), "ValueOutOfRange");
    expectModelError(() => encodeWord({ ...EMPTY_WORD, until: Number.NaN }), "ValueOutOfRange");
  });
});
