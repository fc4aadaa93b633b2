import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { describe, it } from "mocha";

import { EXPORT_KINDS } from "../../src/exports/index.ts";

const root = join(import.meta.dirname, "../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");

/** Rows of a page's tables, cell by cell, without their heads. */
function rowsOf(page: string): string[][] {
  const lines = page.split("\n").filter((line) => line.startsWith("|"));
  const rows = lines.map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  return rows.filter(
    ([first, second], index) =>
      !/^-+$/.test(second ?? "") && !/^-+$/.test(rows[index + 1]?.[0] ?? "") && first !== undefined,
  );
}

/** Files of the repository that a page links to. */
function linksOf(page: string): string[] {
  return [...page.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target]) => target!);
}

describe("docs/compliance.md", () => {
  const page = read("docs/compliance.md");
  const rows = rowsOf(page);

  it("has the clauses of every rule, each served, partly served or not served", () => {
    expect(page.match(/^## .*$/gm)).to.have.length(5);
    expect(rows).to.have.length.greaterThan(60);
    for (const [clause, standing] of rows) expect(standing, clause).to.be.oneOf(["served", "partly", "not served"]);
    for (const article of ["4(11)", "7(3)", "15", "17", "20", "30(1)", "35", "89"]) {
      expect(page).to.contain(`| Art. ${article}`);
    }
  });

  it("names a test for whatever is served, and each is there", () => {
    for (const [clause, standing, , tests = ""] of rows) {
      const named = [...tests.matchAll(/`(test\/[^`]+)` "([^"]+)"/g)];
      expect(named.length > 0, clause).to.equal(standing !== "not served");
      for (const [, file, title] of named) {
        const source = read(file!);
        const isThere = source.includes(`"${title}"`) || source.includes(`function ${title}(`);
        expect(isThere, `${clause}: ${file} has no test "${title}"`).to.equal(true);
      }
    }
  });
});

describe("docs/dpia-template.md", () => {
  it("names what the template refers to, and leaves the controller's part open", () => {
    const page = read("docs/dpia-template.md");
    for (const letter of ["35(7)(a)", "35(7)(b)", "35(7)(c)", "35(7)(d)"]) expect(page).to.contain(letter);
    expect(page.match(/\[fill in[^\]]*\]/g)).to.have.length.greaterThan(10);
    for (const target of linksOf(page)) expect(existsSync(join(root, "docs", target)), target).to.equal(true);
    const invariants = read("docs/invariants.md");
    for (const [, number] of page.matchAll(/\[(\d+)\](?!\()/g))
      expect(invariants).to.match(new RegExp(`^\\| ${number} `, "m"));
  });
});

describe("docs/how-to/auditor.md", () => {
  it("shows a command for every kind of export, and for verifying", () => {
    const page = read("docs/how-to/auditor.md");
    for (const verb of [...EXPORT_KINDS, "verify"]) expect(page).to.contain(`hardhat export ${verb} `);
    for (const target of linksOf(page)) expect(existsSync(join(root, "docs/how-to", target)), target).to.equal(true);
  });

  it("refers to examples that are there, and that have the shape that the tasks read", () => {
    for (const name of ["keys", "directory", "protocols"]) {
      const example = JSON.parse(read(`examples/${name}.json`)) as unknown;
      expect(example).to.be.an("array").that.is.not.empty;
    }
  });
});
