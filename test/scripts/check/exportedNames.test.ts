import { expect } from "chai";
import { describe, it } from "mocha";

import { compareExports, exportedNames } from "../../../scripts/check/exportedNames.ts";
import { makeTree } from "../temporary.ts";

describe("exportedNames", () => {
  const root = makeTree({
    "package.json": JSON.stringify({
      type: "module",
      exports: { ".": { types: "./a.d.ts", default: "./a.js" }, "./contracts/*": "./contracts/*" },
    }),
    "a.d.ts": 'export interface Shape {}\nexport declare const size: number;\nexport { colour } from "./b.js";\n',
    "b.d.ts": "export declare const colour: string;\n",
  });
  const incomplete = makeTree({ "package.json": JSON.stringify({ exports: { ".": { types: "./none.d.ts" } } }) });

  it("lists values, types and what is exported on, by entry", () => {
    expect(exportedNames(root)).to.deep.equal({ ".": ["Shape", "colour", "size"], "./contracts/*": [] });
  });

  it("refuses an entry without declarations", () => {
    expect(() => exportedNames(incomplete)).to.throw("The entry . has no ");
  });
});

describe("compareExports", () => {
  it("finds nothing where nothing changed", () => {
    expect(compareExports({ ".": ["a"] }, { ".": ["a"] })).to.deep.equal([]);
  });

  it("names what is new and what is gone", () => {
    expect(compareExports({ ".": ["a", "c"], "./x": [] }, { ".": ["a", "b"], "./y": [] })).to.deep.equal([
      ".: c is new",
      ".: b is gone",
      "./x: a new entry",
      "./y: the entry is gone",
    ]);
  });
});
