import { readFileSync } from "node:fs";
import { join } from "node:path";

import { StandardMerkleTree } from "@openzeppelin/merkle-tree";
import { expect } from "chai";
import fc from "fast-check";
import { describe, it } from "mocha";

import {
  closeElements,
  type DataDictionary,
  dictionaryFromJson,
  dictionaryRoot,
  elementsOfNames,
  InvalidInputError,
  namesOfElements,
} from "../../../src/sdk/index.ts";

const FILE = join(import.meta.dirname, "..", "..", "..", "examples", "dictionary.json");
const example = dictionaryFromJson(JSON.parse(readFileSync(FILE, "utf8")));
const LABORATORY = 1n << 4n;
const GENETIC_TEST = 1n << 5n;
const BLOOD_COUNT = 1n << 6n;

describe("dictionaryFromJson", () => {
  const element = (bit: unknown, name: unknown): unknown => ({ bit, name });
  const one = (...elements: unknown[]): unknown => ({ categories: [{ bit: 0, name: "A", elements }] });

  it("reads the example that the package ships", () => {
    expect(example.categories.map(({ name, elements }) => [name, elements.length])).to.deep.equal([
      ["Demographics", 3],
      ["Laboratory test results", 2],
      ["Genome", 2],
      ["Questionnaires", 0],
    ]);
  });

  it("takes a category without elements, and the same element's name in two categories", () => {
    const categories = [
      { bit: 0, name: "A" },
      { bit: 1, name: "B", elements: [{ bit: 2, name: "X" }] },
      { bit: 3, name: "C", elements: [{ bit: 63, name: "X" }] },
    ];
    expect(dictionaryFromJson({ categories }).categories[0]).to.deep.equal({ bit: 0, name: "A", elements: [] });
  });

  const refusals: [name: string, value: unknown, path: string][] = [
    ["a list", [], "$"],
    ["no categories", {}, "$.categories"],
    ["an empty list of categories", { categories: [] }, "$.categories"],
    ["categories that are no list", { categories: "A" }, "$.categories"],
    ["a category that is a text", { categories: ["A"] }, "$.categories[0]"],
    ["another field", { categories: [], version: 1 }, "$.version"],
    ["a misspelt field", { categories: [{ bit: 0, name: "A", element: [] }] }, "$.categories[0].element"],
    ["no bit", one({ name: "X" }), "$.categories[0].elements[0].bit"],
    ["bit 64", one(element(64, "X")), "$.categories[0].elements[0].bit"],
    ["bit -1", one(element(-1, "X")), "$.categories[0].elements[0].bit"],
    ["half a bit", one(element(0.5, "X")), "$.categories[0].elements[0].bit"],
    ["the category's bit again", one(element(0, "X")), "$.categories[0].elements[0].bit"],
    ["a bit twice", one(element(1, "X"), element(1, "Y")), "$.categories[0].elements[1].bit"],
    ["no name", one({ bit: 1 }), "$.categories[0].elements[0].name"],
    ["an empty name", one(element(1, "")), "$.categories[0].elements[0].name"],
    ["a name twice", one(element(1, "X"), element(2, "X")), "$.categories[0].elements[1].name"],
    ["a slash in a name", one(element(1, "X/Y")), "$.categories[0].elements[0].name"],
    ["a space at the end of a name", one(element(1, "X ")), "$.categories[0].elements[0].name"],
    [
      "a category twice",
      {
        categories: [
          { bit: 0, name: "A" },
          { bit: 1, name: "A" },
        ],
      },
      "$.categories[1].name",
    ],
  ];
  for (const [name, value, path] of refusals) {
    it(`refuses ${name}, with the JSON path`, () => {
      expect(() => dictionaryFromJson(value))
        .to.throw(InvalidInputError)
        .with.nested.property("args.input", path);
    });
  }
});

describe("dictionaryRoot", () => {
  it("is that of OpenZeppelin's standard tree, and changes with every bit, name and category", () => {
    const [demographics, laboratory, ...others] = example.categories;
    expect(dictionaryRoot(example)).to.equal(treeOf(example).root);
    const moved = { categories: [{ ...demographics!, bit: 20 }, laboratory!, ...others] };
    const renamed = { categories: [{ ...demographics!, name: "Person" }, laboratory!, ...others] };
    const elsewhere = {
      categories: [
        { ...demographics!, elements: [...demographics!.elements, ...laboratory!.elements] },
        { ...laboratory!, elements: [] },
        ...others,
      ],
    };
    const roots = [example, moved, renamed, elsewhere].map(dictionaryRoot);
    expect(new Set(roots).size).to.equal(4);
  });
});

describe("closeElements", () => {
  it("sets a category's elements, never the category of an element", () => {
    expect(closeElements(LABORATORY, example)).to.equal(LABORATORY | GENETIC_TEST | BLOOD_COUNT);
    expect(closeElements(GENETIC_TEST | BLOOD_COUNT, example)).to.equal(GENETIC_TEST | BLOOD_COUNT);
    expect(closeElements(0n, example)).to.equal(0n);
  });

  it("only adds, and adds nothing the second time", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), (elements) => {
        const closed = closeElements(elements, example);
        expect(closed & elements).to.equal(elements);
        expect(closeElements(closed, example)).to.equal(closed);
      }),
    );
  });
});

describe("elementsOfNames and namesOfElements", () => {
  it("read categories and elements by name, and write them in the dictionary's order", () => {
    const names = ["Laboratory test results/Genetic test", "Laboratory test results"];
    expect(elementsOfNames(names, example)).to.equal(LABORATORY | GENETIC_TEST);
    expect(namesOfElements(LABORATORY | GENETIC_TEST, example)).to.deep.equal([...names].reverse());
    expect(elementsOfNames([], example)).to.equal(0n);
    expect(namesOfElements(1n << 63n, example)).to.deep.equal([]);
  });

  it("refuse a name that the dictionary does not have", () => {
    for (const name of ["Genetic test", "genome", "Genome/", "constructor"]) {
      expect(() => elementsOfNames(["Genome", name], example), name)
        .to.throw(InvalidInputError)
        .with.nested.property("args.input", "names[1]");
    }
  });
});

function treeOf({ categories }: DataDictionary) {
  const leaves = categories.flatMap(({ bit, name, elements }) => [
    [bit, bit, name],
    ...elements.map((element) => [element.bit, bit, element.name]),
  ]);
  return StandardMerkleTree.of(leaves, ["uint8", "uint8", "string"]);
}
