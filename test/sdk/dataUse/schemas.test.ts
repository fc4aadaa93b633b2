import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import fc from "fast-check";
import { describe, it } from "mocha";

import { firstViolation } from "../../../src/deployments/validate.ts";
import {
  matchingCasesFromJson,
  matchingCasesSchema,
  purposeFromJson,
  purposeSchema,
  purposeToJson,
  termsFromJson,
  termsSchema,
  termsToJson,
} from "../../../src/sdk/index.ts";
import { MATCHING_CASES } from "../../model/matchingRows.ts";
import { digest } from "../../support/digest.ts";
import { arbitraryPublicTerms, arbitraryWirePurpose } from "./arbitraryJson.ts";

const root = join(import.meta.dirname, "../../..");
const readJson = (file: string): unknown => JSON.parse(readFileSync(join(root, file), "utf8"));

const pinned = { ontologyRelease: digest(1), regionRelease: digest(2) };
const shapes = [
  ["terms", termsSchema, (value: unknown) => termsFromJson(value, pinned)],
  ["purpose", purposeSchema, purposeFromJson],
  ["cases", matchingCasesSchema, matchingCasesFromJson],
] as const;

/** Values of every kind, for any field. */
const anything = fc.oneof(
  fc.constantFrom(
    null,
    true,
    "",
    "x",
    "DK",
    "2030-01-01",
    "2030-02-30",
    digest(3),
    "MONDO:0004992",
    -1,
    0,
    1.5,
    64,
    2 ** 33,
  ),
  fc.constantFrom([], ["GRU"], ["NPU"], ["XYZ"], [1], [64], [null], ["DK"], ["x"], [digest(3)], ["MONDO:0004992"], {}),
);

describe("the schemas of data use", () => {
  for (const [name, schema, read] of shapes) {
    it(`are published: ${name}`, () => {
      expect(readJson(`docs/schemas/${name}.schema.json`)).to.deep.equal(JSON.parse(JSON.stringify(schema)));
    });

    it(`take the example of ${name}, as the reader does`, () => {
      const example = readJson(`examples/${name}.json`);
      expect(firstViolation(example, schema)).to.equal(undefined);
      expect(() => read(example)).to.not.throw();
    });

    it(`take whatever the reader of ${name} takes`, () => {
      const { properties = {} } = name === "cases" ? (schema.items ?? {}) : schema;
      const fields = fc.dictionary(fc.constantFrom(...Object.keys(properties), "other"), anything, { maxKeys: 3 });
      const least = { terms: { permissions: ["GRU"] }, purpose: { kinds: ["GRU"] }, cases: MATCHING_CASES[0] }[name];
      let taken = 0;
      fc.assert(
        fc.property(fields, (given) => {
          const value = name === "cases" ? [{ ...(least as object), ...given }] : { ...(least as object), ...given };
          try {
            read(value);
          } catch {
            return;
          }
          taken += 1;
          expect(firstViolation(value, schema)).to.equal(undefined);
        }),
        { numRuns: 2_000, seed: 3 },
      );
      expect(taken).to.be.greaterThan(50);
    });
  }

  it("take whatever the writers write", () => {
    fc.assert(
      fc.property(arbitraryPublicTerms, (terms) => {
        expect(firstViolation(termsToJson(terms), termsSchema)).to.equal(undefined);
      }),
    );
    fc.assert(
      fc.property(arbitraryWirePurpose, (purpose) => {
        expect(firstViolation(purposeToJson(purpose), purposeSchema)).to.equal(undefined);
      }),
    );
  });

  it("take every row of MATCHING.md's table", () => {
    expect(firstViolation(MATCHING_CASES, matchingCasesSchema)).to.equal(undefined);
  });

  const refused: readonly (readonly [what: string, value: object, path: string])[] = [
    ["an unknown field", { disease: [] }, '$["disease"]'],
    ["an unknown code", { modifiers: ["XYZ"] }, "$.modifiers[0]"],
    ["a name for a commitment", { users: ["Alice"] }, "$.users[0]"],
    ["an element beyond the bits", { elements: [64] }, "$.elements[0]"],
    ["a region in small letters", { regions: ["dk"] }, "$.regions[0]"],
    [
      "a text without its form",
      { notice: { texts: [{ language: "da", sheet: digest(1) }] } },
      "$.notice.texts[0].form",
    ],
  ];
  for (const [what, value, path] of refused) {
    it(`refuse ${what}`, () => {
      expect(firstViolation({ permissions: ["GRU"], ...value }, termsSchema)?.path).to.equal(path);
    });
  }
});
