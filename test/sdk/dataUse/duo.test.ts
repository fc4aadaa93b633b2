import { existsSync, readFileSync } from "node:fs";
import { env } from "node:process";

import { expect } from "chai";
import { describe, it } from "mocha";

import { MODIFIERS, PERMISSIONS } from "../../../src/model/index.ts";
import { InvalidInputError, termsFromCodes, termsFromJson, termsToCodes } from "../../../src/sdk/index.ts";
import { digest } from "../../support/digest.ts";

const pinned = { ontologyRelease: digest(1), regionRelease: digest(2) };
const PARAMETERS: Readonly<Record<string, object>> = {
  DS: { diseases: ["MONDO:0004992"] },
  GS: { regions: ["DK", "EEA"] },
  IS: { institutions: [digest(1)] },
  US: { users: [digest(2)] },
  PS: { projects: [digest(3)] },
  RS: { researchTypes: ["A:1"] },
  TS: { months: 12 },
  MOR: { moratoriumUntil: "2030-01-01" },
};

/** Terms that carry one code, and no more than that takes. */
function carrying(code: string) {
  const isPermission = Object.hasOwn(PERMISSIONS, code);
  const codes = isPermission ? { permissions: [code] } : { permissions: ["GRU"], modifiers: [code] };
  return termsToCodes(termsFromJson({ ...codes, ...PARAMETERS[code] }, pinned)).at(-1)!;
}

const ALL = [...Object.keys(PERMISSIONS), ...Object.keys(MODIFIERS)];

describe("codes of DUO", () => {
  it("have a plain sentence each, with their parameters", () => {
    const sentences = ALL.map((code) => carrying(code).sentence);
    expect(new Set(sentences).size).to.equal(ALL.length);
    for (const sentence of sentences) expect(sentence).to.match(/^[A-Z][^.]*\.$/);
    const said = Object.fromEntries(ALL.map((code) => [code, carrying(code).sentence]));
    expect(said).to.include({
      DS: "Only for research into MONDO:0004992 and diseases below it.",
      GS: "Only stored, computed on and seen in these regions: DK, EEA.",
      TS: "Only for 12 months from the first licence on.",
      MOR: "Only if no results are published before 2030-01-01.",
      COL: "Only in collaboration with the investigators of the study.",
      NPU: "Only by organisations that do not work for profit.",
    });
    for (const code of ["IS", "US", "PS"]) expect(said[code]).to.contain("0x0");
  });

  it("name diseases by their labels where these are known, and investigators where they are listed", () => {
    const terms = termsFromJson(
      {
        permissions: ["DS"],
        diseases: ["MONDO:0004979", "MONDO:0004992"],
        modifiers: ["COL", "TS"],
        investigators: [digest(4)],
        months: 1,
      },
      pinned,
    );
    const labelOf = (disease: number): string | undefined => (disease === 4992 ? "cancer" : undefined);
    expect(termsToCodes(terms, { labelOf }).map(({ sentence }) => sentence)).to.deep.equal([
      "Only for research into MONDO:0004979, cancer (MONDO:0004992) and diseases below them.",
      `Only in collaboration with one of these investigators: ${digest(4)}.`,
      "Only for 1 month from the first licence on.",
    ]);
  });

  it("have the ids and labels of DUO's release 2021-02-23", function () {
    const file = env.CONCORD_DUO ?? "";
    if (!existsSync(file)) {
      console.log("      skipped: set CONCORD_DUO to the release's duo.csv");
      this.skip();
    }
    const rows = readFileSync(file, "utf8").trim().split(/\r?\n/).slice(1);
    const labels = new Map(
      rows.map((row) => {
        const [, curie = "", name = "", quoted, plain] = /^([^,]*),([^,]*),(?:"([^"]*)"|([^,]*)),/.exec(row) ?? [];
        return [curie, { name, label: quoted ?? plain }];
      }),
    );
    const own = ALL.filter((code) => !code.startsWith("X:"));
    for (const code of own) {
      const { name, curie, label } = carrying(code);
      expect(labels.get(curie)).to.deep.equal({ name, label });
    }
    const named = [...labels.values()].filter(({ name }) => name !== "");
    expect(named.map(({ name }) => name)).to.have.members(own);
  });
});

describe("termsFromCodes", () => {
  it("makes a draft, and says what is still to be given", () => {
    expect(termsFromCodes(["DUO:0000045", "DUO:0000007", " TS", "DUO:0000007"])).to.deep.equal({
      terms: { permissions: ["DS"], modifiers: ["NPU", "TS"] },
      missing: [
        { field: "diseases", curie: "DUO:0000007" },
        { field: "months", curie: "DUO:0000025" },
      ],
    });
    expect(termsFromCodes(["X:NRI"]).missing).to.deep.equal([{ field: "permissions" }]);
    expect(termsFromCodes([])).to.deep.equal({
      terms: { permissions: [], modifiers: [] },
      missing: [{ field: "permissions" }],
    });
  });

  it("needs nothing but what it says, for every code", () => {
    for (const code of ALL) {
      const { curie, name } = carrying(code);
      const codes = Object.hasOwn(PERMISSIONS, code) ? [curie] : [curie, "DUO:0000042"];
      const { terms, missing } = termsFromCodes(codes);
      const given = Object.fromEntries(missing.map(({ field }) => [field, (PARAMETERS[code] as never)[field]]));
      expect(termsToCodes(termsFromJson({ ...terms, ...given }, pinned)).map((one) => one.name)).to.include(name);
    }
  });

  it("knows the id that DUO's OWL file writes with a digit too many", () => {
    expect(termsFromCodes(["DUO:0000042", "DUO:00000044"]).terms.modifiers).to.deep.equal(["NPOA"]);
  });

  it("refuses codes that the matcher does not know, by their place", () => {
    for (const code of ["DUO:0000014", "DUO:0000001", "toString", "__proto__", "duo:0000042", "x".repeat(10_000)]) {
      try {
        termsFromCodes(["GRU", code]);
      } catch (error) {
        expect(error).to.be.instanceOf(InvalidInputError);
        expect(error).to.include({ name: "DataUseUnknownBits" });
        expect((error as InvalidInputError).args.input).to.equal("codes[1]");
        continue;
      }
      expect.fail(`${code} was taken.`);
    }
    expect(() => termsFromCodes([" "])).to.throw(InvalidInputError, "codes[0]");
  });
});
