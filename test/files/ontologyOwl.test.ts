import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { env } from "node:process";

import { expect } from "chai";
import { describe, it } from "mocha";

import { type Ontology, OntologyError, parseOntology, readOntology } from "../../src/files/index.ts";
import { owl } from "../support/owl.ts";
import { rejection, temporaryFolder } from "./support.ts";

const USES = [
  { id: "DUO_0000001", label: "permission", parents: ["IAO_0000027"] },
  { id: "DUO_0000042", label: "general", parents: ["DUO_0000001"] },
  { id: "DUO_0000006", label: "health &amp; &#x62;io<![CDATA[<medical>]]>", parents: ["DUO_0000042"] },
];

describe("readOntology, of OWL", () => {
  const folder = temporaryFolder();
  const read = async (text: string): Promise<Ontology> => await readOntology(folder.write("release.owl", text));

  it("reads the terms of the ontology that the file names, and their hierarchy", async () => {
    const ontology = await read(owl("duo.owl", USES));
    expect(ontology.prefix).to.equal("DUO");
    expect(ontology.terms).to.deep.equal([1, 6, 42]);
    expect(ontology.ancestors(6)).to.deep.equal([1, 42]);
    expect(ontology.label(6)).to.equal("health & bio<medical>");
    expect(ontology.warnings).to.deep.equal([{ parent: "IAO:0000027", count: 1, path: "line 8" }]);
  });

  it("has the root of the same terms as JSON", async () => {
    const list = USES.map(({ id, label, parents }) => {
      return { id: id.replace("_", ":"), label, parents: parents.map((parent) => parent.replace("_", ":")) };
    });
    expect((await read(owl("duo.owl", USES))).root).to.equal(parseOntology(list).root);
  });

  it("reads Mondo too, and of a subset of DUO that it is one", async () => {
    const diseases = [{ id: "MONDO_0000001" }, { id: "MONDO_0000002", parents: ["MONDO_0000001"] }];
    expect(await read(owl("mondo.owl", diseases))).to.include({ prefix: "MONDO", pairs: 1 });
    expect(await read(owl("duo/releases/2021-02-23/duo.owl", USES))).to.include({ prefix: "DUO" });
  });

  it("leaves out classes of other ontologies, and what is no class", async () => {
    const others = [...USES, { id: "MONDO_0000001" }, { id: "DUOX_0000001" }];
    const more = '  <owl:ObjectProperty rdf:about="http://purl.obolibrary.org/obo/DUO_0000010"/>\n';
    expect((await read(owl("duo.owl", others, more))).terms).to.deep.equal([1, 6, 42]);
  });

  it("takes a class inside for a parent, and a restriction for none", async () => {
    const inside = (content: string): string =>
      owl(
        "duo.owl",
        USES,
        `<owl:Class rdf:about="http://purl.obolibrary.org/obo/DUO_0000007">
          <rdfs:subClassOf>${content}</rdfs:subClassOf>
          <rdfs:label xml:lang="da">sygdom</rdfs:label>
          <rdfs:label>disease</rdfs:label>
        </owl:Class>\n`,
      );
    const named = await read(inside('<owl:Class rdf:about="http://purl.obolibrary.org/obo/DUO_0000006"/>'));
    expect(named.parents(7)).to.deep.equal([6]);
    expect(named.label(7)).to.equal("disease");
    const restriction = '<owl:someValuesFrom rdf:resource="http://purl.obolibrary.org/obo/DUO_0000006"/>';
    const restricted = await read(inside(`<owl:Restriction>${restriction}</owl:Restriction>`));
    expect(restricted.parents(7)).to.deep.equal([]);
    expect(restricted.warnings.map(({ parent }) => parent)).to.deep.equal(["IAO:0000027"]);
  });

  it("keeps obsolete terms out, marked or only labelled so, also as parents", async () => {
    const ontology = await read(
      owl("duo.owl", [
        ...USES,
        { id: "DUO_0000002", isDeprecated: true },
        { id: "DUO_0000005", label: "obsolete general" },
        { id: "DUO_0000007", parents: ["DUO_0000002", "DUO_0000006"] },
      ]),
    );
    expect(ontology.terms).to.deep.equal([1, 6, 7, 42]);
    expect([2, 5, 7].map((term) => ontology.isObsolete(term))).to.deep.equal([true, true, false]);
    expect(ontology.parents(7)).to.deep.equal([6]);
    expect(ontology.warnings.map(({ parent }) => parent)).to.deep.equal(["IAO:0000027", "DUO:0000002"]);
  });

  it("reads an address by what its prefix stands for, whatever the prefix is called", async () => {
    const text = owl("duo.owl", USES)
      .replace(/owl(?=[:=])/g, "o")
      .replace(/rdfs(?=[:=])/g, "s");
    expect((await read(text)).terms).to.deep.equal([1, 6, 42]);
  });

  const header = owl("duo.owl", []);
  const twice = '<owl:Ontology rdf:about="http://purl.obolibrary.org/obo/mondo.owl"/>\n';
  const refusals: [name: string, text: string, path: string, reason: string][] = [
    ["another ontology", owl("hp.owl", USES), "line 6", "not a known ontology"],
    ["an ontology whose name only begins so", owl("duox.owl", USES), "line 6", "not a known ontology"],
    ["no header", owl("duo.owl", USES).replace(/ *<owl:Ontology.*\n/, ""), "line 1", "which ontology it is"],
    ["two headers", owl("duo.owl", USES, twice), "line 19", "a second ontology"],
    ["no term of its own", owl("duo.owl", [{ id: "MONDO_0000001" }]), "line 1", "there are no terms"],
    ["none but obsolete terms", owl("duo.owl", [{ id: "DUO_0000001", isDeprecated: true }]), "line 1", "no terms"],
    ["a short id", owl("duo.owl", [...USES, { id: "DUO_7" }]), "line 19", '"DUO:7" is not a DUO id'],
    ["a long id", owl("duo.owl", [...USES, { id: "DUO_00000007" }]), "line 19", "not a DUO id"],
    ["a term twice", owl("duo.owl", [...USES, { id: "DUO_0000042" }]), "line 19", "twice, first at line 11"],
    ["a blank label", owl("duo.owl", [{ id: "DUO_0000001", label: " " }]), "line 7", "the label is not a text"],
    [
      "a cycle",
      owl("duo.owl", [...USES.slice(1), { id: "DUO_0000001", parents: ["DUO_0000006"] }]),
      "line 15",
      "DUO:0000001 is a DUO:0000006 is a DUO:0000042 is a DUO:0000001",
    ],
    ["a document type", `<!DOCTYPE rdf:RDF [<!ENTITY a "&a;">]>\n${header}`, "line 1", "a document type"],
    ["an unknown entity", owl("duo.owl", [{ id: "DUO_0000001", label: "&a;" }]), "line 8", "undefined entity"],
    ["a bare ampersand", owl("duo.owl", [{ id: "DUO_0000001", label: "a & b" }]), "line 11", "unclosed"],
    ["no character", owl("duo.owl", [{ id: "DUO_0000001", label: "&#x110000;" }]), "line 8", "malformed character"],
    ["another root", "<html><body/></html>", "line 1", 'the root is "html"'],
    ["two roots", `${header}${header.slice(header.indexOf("<rdf"))}`, "line 9", "documents may contain only one root"],
    ["text after the root", `${header}more`, "line 9", "text data outside of root"],
    ["a cut file", owl("duo.owl", USES).slice(0, -40), "line 17", "unclosed"],
    ["an end that is missing", header.replace("</rdf:RDF>", ""), "line 9", "unclosed tag"],
    ["crossed ends", header.replace("</rdf:RDF>", "<a><b></a></b></rdf:RDF>"), "line 8", "unexpected close tag"],
    ["a tag cut short", header.replace("</rdf:RDF>", "<a b=1/></rdf:RDF>"), "line 8", "not well-formed"],
    ["no name", header.replace("</rdf:RDF>", "< a/></rdf:RDF>"), "line 8", "disallowed character in tag name"],
    ["an attribute twice", header.replace("</rdf:RDF>", '<a b="" b=""/></rdf:RDF>'), "line 8", "duplicate attribute"],
    ["a prefix undeclared", header.replace("</rdf:RDF>", "<a:b/></rdf:RDF>"), "line 8", "unbound namespace prefix"],
    ["a comment without end", header.replace("</rdf:RDF>", "<!-- </rdf:RDF>"), "line 9", "unclosed"],
    ["elements too deep", header.replace("</rdf:RDF>", "<a>".repeat(200)), "line 8", "more than 100 deep"],
  ];
  for (const [name, text, path, reason] of refusals) {
    it(`refuses ${name}, with the line`, async () => {
      const error = await rejection(read(text));
      expect(error).to.be.instanceOf(OntologyError);
      expect((error as OntologyError).message).to.include(reason);
      expect(error).to.include({ path });
      expect((error as OntologyError).fix).not.to.equal("");
    });
  }

  it("takes a large file on one line in linear time", async () => {
    const many = Array.from({ length: 20_000 }, (_, n) => ({ id: `DUO_${String(n).padStart(7, "0")}` }));
    const text = owl("duo.owl", many).replaceAll("\n", " ");
    expect((await read(text)).terms).to.have.length(20_000);
  }).timeout(10_000);

  it("reads DUO's release 2021-02-23, every term of its table with its label", async function () {
    const table = env.CONCORD_DUO ?? "";
    const file = join(dirname(table), "duo.owl");
    if (!existsSync(table) || !existsSync(file)) {
      console.log("      skipped: set CONCORD_DUO to the release's duo.csv, beside its duo.owl");
      this.skip();
    }
    const ontology = await readOntology(file);
    expect(ontology).to.include({ prefix: "DUO", pairs: 31 });
    expect(ontology.terms).to.have.length(35);
    expect(ontology.root).to.equal("0xfdaeb462ab740050f73d92357fe28ea4d9396af2ac2c9317d28b288b3a1234a3");
    for (const row of readFileSync(table, "utf8").trim().split(/\r?\n/).slice(1)) {
      const [, digits, quoted, plain] = /^DUO:(\d{7}),[^,]*,(?:"([^"]*)"|([^,]*)),/.exec(row) ?? [];
      expect(ontology.label(Number(digits)), row).to.equal(quoted ?? plain);
    }
    // Disease specific research is health research, which is general research, which is a permission.
    expect(ontology.ancestors(7)).to.deep.equal([1, 6, 42]);
    expect([2, 3, 5, 14].map((term) => ontology.isObsolete(term))).to.deep.equal([true, true, true, true]);
    expect(ontology.warnings.map(({ parent, count }) => [parent, count])).to.deep.equal([
      ["IAO:0000027", 2],
      ["OBI:0000066", 7],
    ]);
  });
});
