import { expect } from "chai";
import { describe, it } from "mocha";

import {
  BLANK_PURPOSE,
  BLANK_TERMS,
  type Bytes,
  checkDecidablePurpose,
  checkDecidableTerms,
  checkPurpose,
  checkTerms,
  FACTS,
  KINDS,
  maskOf,
  type ModelErrorName,
  MODIFIERS,
  namesOf,
  type Permission,
  PERMISSIONS,
  SENSITIVE,
  STATEMENTS,
  type Purpose,
  type Terms,
} from "../../src/model/index.ts";
import { expectModelError } from "./expectModelError.ts";

const ZERO: Bytes = `0x${"00".repeat(32)}`;
const RELEASE: Bytes = `0x${"5e".repeat(32)}`;

function termsOf(permissions: readonly string[], given: Partial<Terms> = {}): Terms {
  const isDiseaseSpecific = permissions.includes("DS");
  return {
    ...BLANK_TERMS,
    permissions: maskOf(PERMISSIONS, permissions),
    ...(isDiseaseSpecific ? { diseases: [4992], ontologyRelease: RELEASE } : {}),
    ...given,
  };
}

function purposeOf(kinds: readonly string[], given: Partial<Purpose> = {}): Purpose {
  return { ...BLANK_PURPOSE, kinds: maskOf(KINDS, kinds), ...given };
}

describe("data-use codes", () => {
  it("have the contracts' bits", () => {
    expect(PERMISSIONS).to.deep.equal({ NRES: 1, GRU: 2, HMB: 4, DS: 8, POA: 16 });
    const modifiers = [
      "CC",
      "NMDS",
      "NPOA",
      "NPU",
      "NCU",
      "NPUNCU",
      "IRB",
      "COL",
      "PUB",
      "RTN",
      "GSO",
      "GS",
      "IS",
      "US",
    ];
    modifiers.push("PS", "RS", "TS", "MOR", "X:NRI", "X:NRL", "X:NMT");
    expect(MODIFIERS).to.deep.equal(Object.fromEntries(modifiers.map((name, bit) => [name, 1 << bit])));
    expect(KINDS).to.deep.equal({ GRU: 1, HMB: 2, DS: 4, POA: 8, MDS: 16, CTRL: 32, CC: 64 });
    expect(Object.values(FACTS)).to.deep.equal(Array.from({ length: 17 }, (_, bit) => 1 << bit));
    expect(Object.values(SENSITIVE)).to.deep.equal(Array.from({ length: 9 }, (_, bit) => 1 << bit));
    expect(STATEMENTS).to.equal(FACTS.noTraining * 2 - 1);
  });

  it("go from names to a set and back, whatever the order", () => {
    expect(maskOf(KINDS, ["CC", "DS", "DS"])).to.equal(68);
    expect(namesOf(KINDS, 68)).to.deep.equal(["DS", "CC"]);
    expect(namesOf(KINDS, 0)).to.deep.equal([]);
  });

  it("refuse an unknown name, inherited ones too", () => {
    for (const name of ["XYZ", "ds", "", "toString", "__proto__"]) {
      expectModelError(() => maskOf(PERMISSIONS, [name]), "DataUseUnknownBits");
    }
  });
});

describe("terms", () => {
  for (const permission of Object.keys(PERMISSIONS)) {
    it(`may carry ${permission} alone, with modifiers`, () => {
      checkTerms(termsOf([permission], { modifiers: MODIFIERS.NMDS | MODIFIERS.NPU }));
    });
  }

  for (const pair of [
    ["HMB", "POA"],
    ["DS", "POA"],
  ]) {
    it(`may carry ${pair.join(" and ")} together, with CC and NPOA`, () => {
      checkTerms(termsOf(pair, { modifiers: MODIFIERS.CC | MODIFIERS.NPOA }));
    });
  }

  const CONTAINED: readonly (readonly [Permission, Permission])[] = [
    ["NRES", "GRU"],
    ["NRES", "HMB"],
    ["NRES", "DS"],
    ["NRES", "POA"],
    ["GRU", "HMB"],
    ["GRU", "DS"],
    ["GRU", "POA"],
    ["HMB", "DS"],
  ];
  for (const [broad, narrow] of CONTAINED) {
    it(`may not be registered with ${broad} beside ${narrow}, though a layer may carry both`, () => {
      expectModelError(() => checkTerms(termsOf([broad, narrow])), "DataUsePermissionContained");
      checkDecidableTerms(termsOf([broad, narrow]));
    });
  }

  it("may not be registered without a permission, though a layer may have none", () => {
    expectModelError(() => checkTerms(termsOf([])), "DataUseEmpty");
    checkDecidableTerms(termsOf([]));
  });

  const BOTH: readonly (readonly [string, Terms, ModelErrorName])[] = [
    ["an unknown permission", termsOf(["GRU"], { permissions: 2 | 32 }), "DataUseUnknownBits"],
    ["an unknown modifier", termsOf(["GRU"], { modifiers: 1 << 21 }), "DataUseUnknownBits"],
    ["the last modifier bit", termsOf(["GRU"], { modifiers: 2 ** 31 }), "DataUseUnknownBits"],
    ["a modifier set beyond its bits", termsOf(["GRU"], { modifiers: 2 ** 32 }), "ValueOutOfRange"],
    ["DS with no disease", termsOf(["DS"], { diseases: [] }), "DataUseDiseasesMismatch"],
    ["diseases without DS", termsOf(["HMB"], { diseases: [4992] }), "DataUseDiseasesMismatch"],
    ["a disease that is no uint32", termsOf(["DS"], { diseases: [2 ** 32] }), "ValueOutOfRange"],
    ["GS without regions", termsOf(["HMB"], { modifiers: MODIFIERS.GS }), "DataUseParameterMismatch"],
    ["regions without GS", termsOf(["HMB"], { regions: [1] }), "DataUseParameterMismatch"],
    ["IS without institutions", termsOf(["HMB"], { modifiers: MODIFIERS.IS }), "DataUseParameterMismatch"],
    ["users without US", termsOf(["HMB"], { users: [RELEASE] }), "DataUseParameterMismatch"],
    ["PS without projects", termsOf(["HMB"], { modifiers: MODIFIERS.PS }), "DataUseParameterMismatch"],
    ["investigators without COL", termsOf(["HMB"], { investigators: [RELEASE] }), "DataUseParameterMismatch"],
    ["RS without research types", termsOf(["HMB"], { modifiers: MODIFIERS.RS }), "DataUseParameterMismatch"],
    ["TS without months", termsOf(["HMB"], { modifiers: MODIFIERS.TS }), "DataUseParameterMismatch"],
    ["a moratorium without MOR", termsOf(["HMB"], { moratoriumUntil: 1 }), "DataUseParameterMismatch"],
    ["elements beyond 64 bits", termsOf(["HMB"], { elements: -1n }), "ValueOutOfRange"],
    ["CC with POA alone", termsOf(["POA"], { modifiers: MODIFIERS.CC }), "DataUseModifierContradicts"],
    ["POA alone with NPOA", termsOf(["POA"], { modifiers: MODIFIERS.NPOA }), "DataUseModifierContradicts"],
  ];
  for (const [what, terms, error] of BOTH) {
    it(`are refused with ${what}, registered or not`, () => {
      expectModelError(() => checkTerms(terms), error);
      expectModelError(() => checkDecidableTerms(terms), error);
    });
  }

  const REGISTERED: readonly (readonly [string, Terms, ModelErrorName])[] = [
    ["DS and no ontology release", termsOf(["DS"], { ontologyRelease: ZERO }), "DataUseDiseasesMismatch"],
    ["an ontology release without DS", termsOf(["GRU"], { ontologyRelease: RELEASE }), "DataUseDiseasesMismatch"],
    ["a disease twice", termsOf(["DS"], { diseases: [4992, 4992] }), "DataUseNotAscending"],
    ["diseases out of order", termsOf(["DS"], { diseases: [5, 4992, 6] }), "DataUseNotAscending"],
    ["a start beyond uint32", termsOf(["GRU"], { from: 2 ** 32 }), "ValueOutOfRange"],
    ["a re-consent date beyond uint32", termsOf(["GRU"], { reConsentBy: 2 ** 32 }), "ValueOutOfRange"],
  ];
  for (const [what, terms, error] of REGISTERED) {
    it(`may not be registered with ${what}`, () => {
      expectModelError(() => checkTerms(terms), error);
    });
  }
});

describe("a purpose", () => {
  for (const kind of Object.keys(KINDS)) {
    it(`may be of kind ${kind}, with diseases`, () => {
      checkPurpose(purposeOf([kind], { diseases: [7, 4992] }));
    });
  }

  const REFUSED: readonly (readonly [string, Purpose, ModelErrorName])[] = [
    ["no kind", purposeOf([]), "DataUseEmpty"],
    ["an unknown kind", purposeOf(["GRU"], { kinds: 128 }), "DataUseUnknownBits"],
    ["kind DS with no disease", purposeOf(["HMB", "DS"]), "DataUseDiseasesMismatch"],
    ["a disease that is no uint32", purposeOf(["DS"], { diseases: [-1] }), "ValueOutOfRange"],
    ["an unknown unattested fact", purposeOf(["GRU"], { unattested: 1 << 17 }), "DataUseUnknownBits"],
    ["a fact that no bit states", purposeOf(["GRU"], { stated: FACTS.regions }), "DataUseUnknownBits"],
    ["an unknown sensitive topic", purposeOf(["GRU"], { sensitive: 1 << 9 }), "DataUseUnknownBits"],
    ["elements beyond 64 bits", purposeOf(["GRU"], { elements: 1n << 64n }), "ValueOutOfRange"],
    ["months beyond uint16", purposeOf(["GRU"], { months: 2 ** 16 }), "ValueOutOfRange"],
  ];
  for (const [what, purpose, error] of REFUSED) {
    it(`is refused with ${what}, decided or requested`, () => {
      expectModelError(() => checkPurpose(purpose), error);
      expectModelError(() => checkDecidablePurpose(purpose), error);
    });
  }

  it("may not be requested with diseases out of order or twice, though it is decided", () => {
    for (const diseases of [
      [4992, 7],
      [7, 7],
    ]) {
      expectModelError(() => checkPurpose(purposeOf(["DS"], { diseases })), "DataUseNotAscending");
      checkDecidablePurpose(purposeOf(["DS"], { diseases }));
    }
  });
});
