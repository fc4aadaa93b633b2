import { readFileSync } from "node:fs";
import { join } from "node:path";

import { SimpleMerkleTree, StandardMerkleTree } from "@openzeppelin/merkle-tree";
import { expect } from "chai";
import fc from "fast-check";
import { describe, it } from "mocha";
import { concat, encodeAbiParameters, type Hex, keccak256, numberToHex, parseAbiParameters } from "viem";

import {
  chooseExample,
  DiseaseOntologyError,
  formatDisease,
  formatTerm,
  type Ontology,
  OntologyError,
  parseDisease,
  parseOntology,
  parseTerm,
  readDiseases,
  readOntology,
  TermIdError,
} from "../../src/files/index.ts";
import { examples, realData, rejection, temporaryFolder } from "./support.ts";

type Terms = Record<string, unknown>;
const LEAF = ["uint32", "uint32"];
const LINEAGE_LEAF = ["uint32", "uint256", "bytes32"];

/** A hierarchy from "child: parents" with one-letter names: a is 1, b is 2 … */
function hierarchy(lines: Record<string, string>): Ontology {
  const id = (letter: string): string => String(letter.charCodeAt(0) - 96).padStart(7, "0");
  return parseOntology({
    format: "",
    terms: Object.fromEntries(Object.entries(lines).map(([child, up]) => [id(child), [child, [...up].map(id)]])),
  });
}

function digestAncestors(ancestors: readonly number[]): Hex {
  return keccak256(concat(ancestors.map((ancestor) => numberToHex(ancestor, { size: 32 }))));
}

function pairHash(descendant: number, ancestor: number): Hex {
  const pair = encodeAbiParameters(parseAbiParameters("uint32, uint32"), [descendant, ancestor]);
  return keccak256(keccak256(pair));
}

function lineageHash(term: number, ancestors: readonly number[]): Hex {
  const values = [term, BigInt(ancestors.length), digestAncestors(ancestors)] as const;
  return keccak256(keccak256(encodeAbiParameters(parseAbiParameters("uint32, uint256, bytes32"), values)));
}

/** OpenZeppelin's tree over what the contracts hash. */
function closureTree(ontology: Ontology): SimpleMerkleTree {
  const leaves = ontology.terms.flatMap((term) => {
    const ancestors = ontology.ancestors(term);
    return [...ancestors.map((ancestor) => pairHash(term, ancestor)), lineageHash(term, ancestors)];
  });
  return SimpleMerkleTree.of(leaves);
}

function thrown(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error("expected an error");
}

describe("parseDisease and formatDisease", () => {
  it("turn a Mondo id into its number and back", () => {
    expect(parseDisease("MONDO:0004992")).to.equal(4992);
    expect(formatDisease(4992)).to.equal("MONDO:0004992");
    for (const disease of [0, 1, 9_900_001, 9_999_999]) expect(parseDisease(formatDisease(disease))).to.equal(disease);
  });

  const wrongIds = [
    "",
    "4992",
    "MONDO:4992",
    "mondo:0004992",
    "MONDO:00049921",
    "MONDO:000499x",
    " MONDO:0004992",
    "MONDO:0004992\n",
  ];
  for (const id of [...wrongIds, "MONDO:٠٠٠٤٩٩٢", null, 4992]) {
    it(`refuse ${JSON.stringify(id)} as an id`, () => {
      expect(() => parseDisease(id as string))
        .to.throw(TermIdError)
        .with.property("fix").that.is.not.empty;
    });
  }

  for (const disease of [-1, 10_000_000, 1.5, NaN]) {
    it(`refuse ${disease} as a number`, () => {
      expect(() => formatDisease(disease)).to.throw(TermIdError, String(disease));
    });
  }
});

describe("parseTerm and formatTerm", () => {
  it("turn an id of DUO into its number and back", () => {
    expect(parseTerm("DUO", "DUO:0000007")).to.equal(7);
    expect(formatTerm("DUO", 7)).to.equal("DUO:0000007");
  });

  it("take the one id that a release of DUO misprints, and no other with eight digits", () => {
    expect(parseTerm("DUO", "DUO:00000044")).to.equal(44);
    expect(() => parseTerm("DUO", "DUO:00000007")).to.throw(TermIdError);
  });

  it("do not take the id of another ontology, and say which they want", () => {
    expect(() => parseTerm("DUO", "MONDO:0000007")).to.throw(TermIdError, "not a DUO id");
    expect(() => parseTerm("MONDO", "DUO:0000007")).to.throw(TermIdError, "not a Mondo id");
    expect(() => formatTerm("DUO", 10_000_000)).to.throw(TermIdError, "not the number of a DUO id");
  });
});

describe("Ontology", () => {
  const diamond = hierarchy({ a: "", b: "a", c: "a", d: "bc", e: "d", f: "" });

  it("closes the hierarchy: every ancestor once, on whatever ways it is reached", () => {
    expect(diamond.terms).to.deep.equal([1, 2, 3, 4, 5, 6]);
    expect(diamond.ancestors(5)).to.deep.equal([1, 2, 3, 4]);
    expect(diamond.ancestors(1)).to.deep.equal([]);
    expect(diamond.parents(4)).to.deep.equal([2, 3]);
    expect(diamond.pairs).to.equal(9);
    expect(diamond.label(5)).to.equal("e");
    expect(diamond.warnings).to.deep.equal([]);
  });

  it("covers a disease by itself and by its ancestors, and by nothing else", () => {
    expect(diamond.covered(5, [2])).to.equal(true);
    expect(diamond.covered(5, [6, 5])).to.equal(true);
    expect(diamond.covered(5, [6, 1])).to.equal(true);
    expect(diamond.covered(2, [5])).to.equal(false);
    expect(diamond.covered(2, [3, 6])).to.equal(false);
    expect(diamond.covered(2, [])).to.equal(false);
  });

  it("covers a disease that it does not have by itself alone", () => {
    expect(diamond.covered(77, [77])).to.equal(true);
    expect(diamond.covered(77, [1])).to.equal(false);
    expect(diamond.covered(1, [77])).to.equal(false);
    expect(diamond.has(77)).to.equal(false);
    expect(diamond.has(6)).to.equal(true);
  });

  it("refuses to tell the label, the parents or the ancestors of a disease that it does not have", () => {
    for (const call of [() => diamond.label(77), () => diamond.parents(77), () => diamond.ancestors(77)]) {
      expect(call).to.throw(OntologyError, "no MONDO:0000077");
    }
  });

  it("has the root of OpenZeppelin's tree over every pair and every lineage", () => {
    const tree = closureTree(diamond);
    expect(tree.length).to.equal(9 + 6);
    expect(diamond.root).to.equal(tree.root);
  });

  it("proves every pair, as OpenZeppelin's tree does", () => {
    const tree = closureTree(diamond);
    for (const descendant of diamond.terms) {
      for (const ancestor of diamond.ancestors(descendant)) {
        const { proof, ...pair } = diamond.prove(descendant, ancestor);
        expect(pair).to.deep.equal({ descendant, ancestor });
        expect(proof).to.deep.equal(tree.getProof(pairHash(descendant, ancestor)));
        expect(StandardMerkleTree.verify(diamond.root, LEAF, [descendant, ancestor], [...proof])).to.equal(true);
        expect(StandardMerkleTree.verify(diamond.root, LEAF, [ancestor, descendant], [...proof])).to.equal(false);
      }
    }
  });

  it("proves the lineage of every term, as OpenZeppelin's tree does, and no part of it", () => {
    const tree = closureTree(diamond);
    for (const term of diamond.terms) {
      const { proof, ...lineage } = diamond.proveLineage(term);
      const { ancestors } = lineage;
      expect(lineage).to.deep.equal({ term, ancestors: diamond.ancestors(term) });
      expect(proof).to.deep.equal(tree.getProof(lineageHash(term, ancestors)));
      const isProved = (count: number, digest: Hex): boolean =>
        StandardMerkleTree.verify(diamond.root, LINEAGE_LEAF, [term, count, digest], [...proof]);
      expect(isProved(ancestors.length, digestAncestors(ancestors))).to.equal(true);
      if (ancestors.length === 0) continue;
      const shortened = ancestors.slice(1);
      expect(isProved(shortened.length, digestAncestors(shortened))).to.equal(false);
      expect(isProved(ancestors.length, digestAncestors(shortened))).to.equal(false);
    }
  });

  it("refuses to prove the lineage of a disease that it does not have", () => {
    expect(() => diamond.proveLineage(77)).to.throw(OntologyError, "no MONDO:0000077");
  });

  it("has OpenZeppelin's root and right ancestors for any hierarchy", () => {
    // Parents with lower numbers only, so that there is no cycle.
    const edges = fc.array(fc.tuple(fc.integer({ min: 1, max: 14 }), fc.nat()), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(edges, (list) => {
        const parents = new Map<number, Set<number>>(
          Array.from({ length: 15 }, (_, term) => [term, new Set<number>()]),
        );
        for (const [child, seed] of list) parents.get(child)?.add(seed % child);
        const id = (term: number): string => String(term).padStart(7, "0");
        const terms = [...parents].map(([term, up]) => [id(term), [`t${term}`, [...up].map(id)]] as const);
        const ontology = parseOntology({ terms: Object.fromEntries(terms) });
        const above = (term: number): Set<number> => {
          return new Set([...(parents.get(term) ?? [])].flatMap((parent) => [parent, ...above(parent)]));
        };
        for (const term of parents.keys()) {
          expect(ontology.ancestors(term)).to.deep.equal([...above(term)].sort((a, b) => a - b));
        }
        expect(ontology.root).to.equal(closureTree(ontology).root);
      }),
      { numRuns: 30 },
    );
  });

  it("refuses to prove what is not a strict descendant", () => {
    for (const [descendant, ancestor] of [
      [1, 5],
      [2, 3],
      [5, 5],
      [5, 77],
      [77, 1],
    ] as const) {
      expect(() => diamond.prove(descendant, ancestor), `${descendant} ${ancestor}`).to.throw(OntologyError);
    }
  });

  it("has only lineages when nothing descends from anything", () => {
    const flat = hierarchy({ a: "", b: "" });
    expect(flat.pairs).to.equal(0);
    expect(flat.root).to.equal(SimpleMerkleTree.of([lineageHash(1, []), lineageHash(2, [])]).root);
    expect(flat.proveLineage(1)).to.deep.equal({ term: 1, ancestors: [], proof: [lineageHash(2, [])] });
  });

  it("takes a chain deeper than a call stack", () => {
    const id = (n: number): string => String(n).padStart(7, "0");
    const terms = Object.fromEntries(
      Array.from({ length: 2000 }, (_, n) => [id(n), ["t", n === 0 ? [] : [id(n - 1)]]]),
    );
    expect(parseOntology({ terms }).pairs).to.equal((2000 * 1999) / 2);
  });
});

describe("parseOntology", () => {
  const good = { "0000001": ["root", []], "0000002": ["child", ["0000001"]] };
  const withTerm = (id: string, entry: unknown): { terms: Terms } => ({ terms: { ...good, [id]: entry } });

  const refusals: [name: string, value: unknown, path: string, reason: string][] = [
    ["null", null, "$", "not an object"],
    ["an empty list", [], "$[0].id", "there are no terms"],
    ["a text", "terms", "$", "not an object"],
    ["no terms", { format: "" }, "$.terms", "not an object of terms"],
    ["a list of terms", { terms: [] }, "$.terms", "not an object of terms"],
    ["empty terms", { terms: {} }, "$.terms", "there are no terms"],
    ["an id with its prefix", withTerm("MONDO:0000003", ["x", []]), '$.terms["MONDO:0000003"]', "not seven digits"],
    ["a short id", withTerm("3", ["x", []]), '$.terms["3"]', "not seven digits"],
    ["an id in other digits", withTerm("٠٠٠٠٠٠٣", ["x", []]), '$.terms["٠٠٠٠٠٠٣"]', "not seven digits"],
    ["a term that is a text", withTerm("0000003", "x"), '$.terms["0000003"]', "not a pair"],
    ["a term without parents", withTerm("0000003", ["x"]), '$.terms["0000003"]', "not a pair"],
    ["a term of three", withTerm("0000003", ["x", [], []]), '$.terms["0000003"]', "not a pair"],
    ["a label that is a number", withTerm("0000003", [3, []]), '$.terms["0000003"][0]', "the label is not a text"],
    ["an empty label", withTerm("0000003", [" ", []]), '$.terms["0000003"][0]', "the label is not a text"],
    [
      "parents that are no list",
      withTerm("0000003", ["x", "0000001"]),
      '$.terms["0000003"][1]',
      "not a list of parents",
    ],
    ["a parent that is a number", withTerm("0000003", ["x", ["0000001", 1]]), '$.terms["0000003"][1][1]', "not a text"],
    [
      "a parent with its prefix",
      withTerm("0000003", ["x", ["MONDO:0000001"]]),
      '$.terms["0000003"][1][0]',
      "has a prefix",
    ],
    [
      "a term that is its own parent",
      withTerm("0000003", ["x", ["0000003"]]),
      '$.terms["0000003"]',
      "its own ancestor",
    ],
  ];
  for (const [name, value, path, reason] of refusals) {
    it(`refuses ${name}, with the JSON path`, () => {
      const error = thrown(() => parseOntology(value));
      expect(error).to.be.instanceOf(OntologyError);
      expect(error).to.include({ path });
      expect((error as OntologyError).message)
        .to.include(`${path}: `)
        .and.to.include(reason);
      expect((error as OntologyError).fix).not.to.equal("");
    });
  }

  const list = (...rest: unknown[]): unknown[] => [{ id: "DUO:0000001", label: "root", parents: [] }, ...rest];
  const child = { id: "DUO:0000002", label: "child", parents: ["DUO:0000001"] };
  const listRefusals: [name: string, value: unknown, path: string, reason: string][] = [
    ["a term that is a text", list("DUO:0000002"), "$[1]", "not a term"],
    ["a term without an id", list({ ...child, id: undefined }), "$[1].id", "the id is not a text"],
    ["ids of neither ontology", [{ ...child, id: "HP:0000002" }], "$[0].id", "no id of a known ontology"],
    ["a prefix that only begins so", [{ ...child, id: "DUOX:0000002" }], "$[0].id", "no id of a known ontology"],
    ["mixed prefixes", list({ ...child, id: "MONDO:0000002" }), "$[1].id", "not a DUO id"],
    ["a short id", list({ ...child, id: "DUO:2" }), "$[1].id", "not a DUO id"],
    ["an id twice", list(child, { ...child, label: "other" }), "$[2]", "DUO:0000002 is there twice, first at $[1]"],
    [
      "an id with its misprint",
      list({ ...child, id: "DUO:0000044" }, { ...child, id: "DUO:00000044" }),
      "$[2]",
      "twice",
    ],
    ["an obsolete id twice", list(child, { ...child, deprecated: true }), "$[2]", "twice"],
    ["a blank label", list({ ...child, label: "" }), "$[1].label", "the label is not a text"],
    ["no parents", list({ ...child, parents: undefined }), "$[1].parents", "not a list of parents"],
    ["a parent that is a number", list({ ...child, parents: [1] }), "$[1].parents[0]", "the parent is not a text"],
    ["a word for deprecated", list({ ...child, deprecated: "no" }), "$[1].deprecated", "neither true nor false"],
    ["a cycle", list({ ...child, parents: ["DUO:0000002"] }), "$[1]", "DUO:0000002 is a DUO:0000002"],
    ["none but obsolete terms", [{ ...child, deprecated: true }], "$", "there are no terms"],
  ];
  for (const [name, value, path, reason] of listRefusals) {
    it(`refuses a list with ${name}, with the JSON path`, () => {
      const error = thrown(() => parseOntology(value));
      expect(error).to.be.instanceOf(OntologyError).and.to.include({ path });
      expect((error as OntologyError).message).to.include(reason);
      expect((error as OntologyError).fix).not.to.equal("");
    });
  }

  it("takes the ontology from the ids of a list: the same diseases have the root of the table", () => {
    const diseases = [
      { id: "MONDO:0000001", label: "root", parents: [] },
      { id: "MONDO:0000002", label: "child", parents: ["MONDO:0000001"] },
    ];
    const ontology = parseOntology(diseases);
    expect(ontology.prefix).to.equal("MONDO");
    expect(ontology.root).to.equal(parseOntology({ terms: good }).root);
    expect(parseOntology(list(child)).prefix).to.equal("DUO");
  });

  it("keeps what is deprecated or labelled obsolete out of the hierarchy, also as a parent", () => {
    const ontology = parseOntology(
      list(
        { id: "DUO:0000002", label: "old", parents: ["DUO:0000001"], deprecated: true },
        { id: "DUO:0000003", label: "obsolete older", parents: [] },
        { id: "DUO:0000004", label: "obsoletely named", parents: ["DUO:0000001", "DUO:0000002", "IAO:0000001"] },
      ),
    );
    expect(ontology.terms).to.deep.equal([1, 4]);
    expect(ontology.ancestors(4)).to.deep.equal([1]);
    expect([1, 2, 3, 4, 5].map((term) => ontology.isObsolete(term))).to.deep.equal([false, true, true, false, false]);
    expect(ontology.warnings).to.deep.equal([
      { parent: "DUO:0000002", count: 1, path: "$[3].parents[1]" },
      { parent: "IAO:0000001", count: 1, path: "$[3].parents[2]" },
    ]);
    expect(() => ontology.label(2)).to.throw(OntologyError, "no DUO:0000002");
  });

  it("refuses a cycle and names it, not what hangs below it", () => {
    const call = (): Ontology => hierarchy({ a: "d", b: "", c: "ab", d: "e", e: "c", f: "" });
    expect(call).to.throw(
      OntologyError,
      '$.terms["0000001"]: a term is its own ancestor: ' +
        "MONDO:0000001 is a MONDO:0000004 is a MONDO:0000005 is a MONDO:0000003 is a MONDO:0000001",
    );
    expect(() => hierarchy({ a: "b", b: "c", c: "b" })).to.throw("MONDO:0000002 is a MONDO:0000003 is a MONDO:0000002");
  });

  it("keeps parents that are no terms out of the closure and counts them", () => {
    const terms = { "0000001": ["a", ["00016"]], "0000002": ["b", ["0000001", "00016", "0099999"]] };
    const ontology = parseOntology({ terms });
    expect(ontology.ancestors(2)).to.deep.equal([1]);
    expect(ontology.warnings).to.deep.equal([
      { parent: "00016", count: 2, path: '$.terms["0000001"][1][0]' },
      { parent: "0099999", count: 1, path: '$.terms["0000002"][1][2]' },
    ]);
  });

  it("does not take a short id for the term with the same number, or a property of objects for a term", () => {
    const ontology = parseOntology({
      terms: { ...good, "0000003": ["c", ["1", "000001", "constructor", "__proto__"]] },
    });
    expect(ontology.ancestors(3)).to.deep.equal([]);
    expect(ontology.warnings.map(({ parent }) => parent)).to.deep.equal(["1", "000001", "constructor", "__proto__"]);
  });

  it("takes a parent that is listed twice as one", () => {
    expect(parseOntology(withTerm("0000003", ["x", ["0000001", "0000001"]])).parents(3)).to.deep.equal([1]);
  });

  it("refuses a closure that would not fit into memory", () => {
    const id = (n: number): string => String(n).padStart(7, "0");
    const terms = Object.fromEntries(
      Array.from({ length: 4000 }, (_, n) => [id(n), ["t", n === 0 ? [] : [id(n - 1)]]]),
    );
    expect(() => parseOntology({ terms })).to.throw(OntologyError, "more than 5000000 pairs");
  });
});

describe("readOntology", () => {
  const folder = temporaryFolder();

  it("refuses a missing file, a directory, other bytes and other text, naming the file", async () => {
    const binary = folder.write("binary.json", Uint8Array.of(0xff, 0xfe, 0x00));
    const text = folder.write("text.json", "MONDO:0000001");
    const missing = join(folder.path, "missing.json");
    for (const [path, reason] of [
      [missing, "there is no such file"],
      [folder.path, "it is a directory"],
      [binary, "not text in UTF-8"],
      [text, "it is not JSON"],
    ] as const) {
      const error = await rejection(readOntology(path));
      expect(error).to.be.instanceOf(OntologyError);
      expect((error as OntologyError).message)
        .to.include(path)
        .and.to.include(reason);
    }
  });

  it("reads the example that the package ships", async () => {
    const ontology = await readOntology(join(examples, "ontology.json"));
    expect(ontology.terms).to.have.length(25);
    expect(ontology.warnings).to.deep.equal([]);
    expect(ontology.root).to.equal(closureTree(ontology).root);
  });

  const mondo = realData("mondo_is_a.json");
  (mondo === undefined ? it.skip : it)("reads Mondo (skipped where the shared data is absent)", async () => {
    const ontology = await readOntology(mondo ?? "");
    expect(ontology.terms).to.have.length(22_382);
    expect(ontology.warnings).to.deep.equal([
      { parent: "00016", count: 2, path: '$.terms["0000001"][1][0]' },
      { parent: "000001", count: 1, path: '$.terms["0021125"][1][0]' },
    ]);
    expect(ontology.pairs).to.equal(272_768);
    expect(ontology.root).to.equal("0x9ca0f4793b9ec46a6f17dfc711392f35d826da4347c259e2faa267cd8cd51c2d");

    const { terms } = JSON.parse(readFileSync(mondo ?? "", "utf8")) as { terms: Record<string, [string, string[]]> };
    const above = new Set<string>();
    const queue = ["0005814"];
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      const parents = terms[id]?.[1].filter((parent) => parent in terms) ?? [];
      queue.push(...parents.filter((parent) => !above.has(parent)));
      for (const parent of parents) above.add(parent);
    }
    expect(ontology.ancestors(5814)).to.deep.equal([...above].map(Number).sort((a, b) => a - b));

    const { proof } = ontology.prove(5814, 4992);
    expect(StandardMerkleTree.verify(ontology.root, LEAF, [5814, 4992], [...proof])).to.equal(true);
    expect(StandardMerkleTree.verify(ontology.root, LEAF, [4992, 5814], [...proof])).to.equal(false);

    const lineage = ontology.proveLineage(5814);
    const leaf = [5814, lineage.ancestors.length, digestAncestors(lineage.ancestors)];
    expect(StandardMerkleTree.verify(ontology.root, LINEAGE_LEAF, leaf, [...lineage.proof])).to.equal(true);

    const example = chooseExample(ontology);
    expect(ontology.covered(example.covered, [example.consented])).to.equal(true);
    expect(ontology.covered(example.unrelated, [example.consented])).to.equal(false);
  }).timeout(30_000);
});

describe("readDiseases", () => {
  const folder = temporaryFolder();

  it("reads Mondo, and refuses a release of DUO", async () => {
    const diseases = await readDiseases(join(examples, "ontology.json"));
    expect(diseases.prefix).to.equal("MONDO");
    const duo = folder.write("duo.json", JSON.stringify([{ id: "DUO:0000001", label: "use", parents: [] }]));
    const error = await rejection(readDiseases(duo));
    expect(error).to.be.instanceOf(DiseaseOntologyError);
    expect((error as DiseaseOntologyError).message)
      .to.include(duo)
      .and.to.include("release of DUO");
    expect((error as DiseaseOntologyError).fix).to.include("Mondo");
  });
});

describe("chooseExample", () => {
  it("chooses a disease, one at least two steps below it, and one unrelated", () => {
    const ontology = hierarchy({ a: "", b: "a", c: "b", d: "c", e: "a" });
    expect(chooseExample(ontology)).to.deep.equal({ consented: 2, covered: 4, unrelated: 5 });
  });

  it("does not take a term for two steps below that is also directly below", () => {
    const ontology = hierarchy({ a: "", b: "a", c: "b", d: "cb", e: "d", f: "" });
    const { consented, covered } = chooseExample(ontology);
    expect(ontology.parents(covered)).not.to.include(consented);
  });

  it("takes one step where there are no two", () => {
    expect(chooseExample(hierarchy({ a: "", b: "a", c: "" }))).to.deep.equal({
      consented: 1,
      covered: 2,
      unrelated: 3,
    });
  });

  it("does not take a broader disease for an unrelated one", () => {
    expect(chooseExample(hierarchy({ a: "", b: "a", c: "b", d: "" }))).to.deep.equal({
      consented: 1,
      covered: 3,
      unrelated: 4,
    });
  });

  it("makes a choice that holds in any hierarchy large enough, always the same, and refuses the others", () => {
    const edges = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.nat()), { maxLength: 20 });
    fc.assert(
      fc.property(edges, (list) => {
        const id = (n: number): string => String(n).padStart(7, "0");
        const parents = Array.from({ length: 10 }, (_, term) =>
          list.filter(([child]) => child === term).map(([child, seed]) => id(seed % child)),
        );
        const terms = Object.fromEntries(parents.map((up, term) => [id(term), [`t${term}`, up]]));
        const ontology = parseOntology({ terms });
        const isRelated = (a: number, b: number): boolean => ontology.covered(a, [b]) || ontology.covered(b, [a]);
        const possible = ontology.terms.some(
          (a) =>
            ontology.terms.some((b) => b !== a && ontology.covered(b, [a])) &&
            ontology.terms.some((c) => !isRelated(a, c)),
        );
        if (!possible) {
          expect(() => chooseExample(ontology)).to.throw(OntologyError, "too small");
          return;
        }
        const { consented, covered, unrelated } = chooseExample(ontology);
        expect(covered).not.to.equal(consented);
        expect(ontology.covered(covered, [consented])).to.equal(true);
        expect(isRelated(unrelated, consented)).to.equal(false);
        expect(chooseExample(parseOntology({ terms }))).to.deep.equal({ consented, covered, unrelated });
      }),
    );
  });

  it("refuses a flat ontology and a single chain", () => {
    for (const lines of [{ a: "", b: "", c: "" }, { a: "", b: "a", c: "b" }, { a: "" }] as Record<string, string>[]) {
      expect(() => chooseExample(hierarchy(lines))).to.throw(OntologyError, "too small");
    }
  });
});
