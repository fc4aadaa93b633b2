import fc from "fast-check";
import { stringToHex } from "viem";

import {
  BLANK_TERMS,
  type Bytes,
  checkPurpose,
  checkTerms,
  NO_EXPIRY,
  type Purpose,
  type Terms,
} from "../../../src/model/index.ts";
import { regionCode } from "../../../src/sdk/index.ts";
import { digest } from "../../support/digest.ts";
import { arbitraryPurpose, arbitraryTerms } from "../../model/arbitraryMatching.ts";

/** What stands for the numbers of the matcher's small universe, where a code must be one that JSON can name. */
const REGION_TEXTS = ["EU", "DK", "DK-84", "US", "US-CA"].sort((a, b) => regionCode(a) - regionCode(b));
const regions = (list: readonly number[]): number[] =>
  list.map((number) => regionCode(REGION_TEXTS[number - 1] ?? "EEA"));
const codes = (list: readonly Bytes[]): Bytes[] =>
  list.map((code) => stringToHex(`A:${code.slice(2, 4)}`, { size: 32 }));

function passes<Value>(check: (value: Value) => void): (value: Value) => boolean {
  return (value) => {
    try {
      check(value);
      return true;
    } catch {
      return false;
    }
  };
}

const text = fc.record({
  language: fc.constantFrom("da", "de-CH", "en", "pt-BR", "zh-Hant").map((tag) => stringToHex(tag, { size: 8 })),
  form: fc.constantFrom(digest(1), digest(2)),
  sheet: fc.constantFrom(digest(3), digest(4)),
});

const notice = fc
  .record({
    texts: fc.uniqueArray(text, { selector: ({ language }) => language, maxLength: 3 }),
    controller: fc.constantFrom(BLANK_TERMS.notice.controller, digest(5)),
    legalBasis: fc.integer({ min: 0, max: 5 }),
    retentionMonths: fc.integer({ min: 0, max: 0xffff }),
    approval: fc.constantFrom(undefined, 1, 0xffff_fffe, NO_EXPIRY),
  })
  .map(({ texts, approval, ...rest }) => ({
    ...rest,
    texts: texts.sort((a, b) => (BigInt(a.language) < BigInt(b.language) ? -1 : 1)),
    ethicsApproval: approval === undefined ? BLANK_TERMS.notice.ethicsApproval : digest(6),
    ethicsUntil: approval ?? 0,
  }));

/** Terms that may be registered, with a notice. */
export const arbitraryPublicTerms: fc.Arbitrary<Terms> = fc
  .record({
    terms: arbitraryTerms,
    notice,
    reConsentBy: fc.constantFrom(1, 0xffff_fffe, NO_EXPIRY),
    dictionaryRelease: fc.constantFrom(BLANK_TERMS.dictionaryRelease, digest(7)),
  })
  .map(({ terms, ...rest }) => ({
    ...terms,
    ...rest,
    regions: regions(terms.regions),
    researchTypes: codes(terms.researchTypes),
  }))
  .filter(passes(checkTerms));

/** Purposes that may be requested. */
export const arbitraryWirePurpose: fc.Arbitrary<Purpose> = arbitraryPurpose
  .map((purpose) => ({
    ...purpose,
    regions: regions(purpose.regions),
    researchTypes: codes(purpose.researchTypes),
  }))
  .filter(passes(checkPurpose));
