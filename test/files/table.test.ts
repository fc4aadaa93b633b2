import { expect } from "chai";
import fc from "fast-check";
import { describe, it } from "mocha";

import { formatCsv, readTable, TableError } from "../../src/files/table.ts";
import { temporaryFolder } from "./support.ts";

const COLUMNS = { required: ["name", "colour"], optional: ["note"] } as const;

describe("readTable", () => {
  const folder = temporaryFolder();
  const read = async (file: string) => await readTable(file, COLUMNS);

  async function refusal(content: string | Uint8Array): Promise<TableError> {
    const error: unknown = await read(folder.write("bad", content)).catch((reason: unknown) => reason);
    expect(error, String(content)).to.be.instanceOf(TableError);
    expect((error as TableError).fix).to.match(/\.$/);
    return error as TableError;
  }

  it("reads CSV with its lines, columns in any order", async () => {
    const file = folder.write(
      "table.csv",
      '\uFEFFnote,name , colour\r\n"a ""b"", c",one,red\r\n\r\n , two,"blue\ngreen"\r\n,"three",black',
    );
    expect(await read(file)).to.deep.equal([
      { place: `${file}, line 2`, values: { note: 'a "b", c', name: "one", colour: "red" } },
      { place: `${file}, line 4`, values: { name: "two", colour: "blue\ngreen" } },
      { place: `${file}, line 6`, values: { name: "three", colour: "black" } },
    ]);
  });

  it("reads a JSON list, texts and whole numbers", async () => {
    const rows = [
      { name: "one", colour: 7 },
      { name: " two ", colour: "blue", note: null },
    ];
    const file = folder.write("table.json", `\n${JSON.stringify(rows)}`);
    expect(await read(file)).to.deep.equal([
      { place: `${file}[0]`, values: { name: "one", colour: "7" } },
      { place: `${file}[1]`, values: { name: "two", colour: "blue" } },
    ]);
  });

  it("refuses what is no such table, with the line or the entry", async () => {
    for (const [content, place, problem] of [
      ["", "", "no rows"],
      ["name,colour\n\n", "", "no rows"],
      ["[]", "", "no rows"],
      ["name,colour\none,red\ntwo", ", line 3", "1 fields, not 2"],
      ["name,colour\none,red,x", ", line 2", "3 fields, not 2"],
      ["name,colour,size\none,red,9", ", line 2", '"size" is no column'],
      ["name;colour\none;red", ", line 2", '"name;colour" is no column'],
      ["name,note\none,x", ", line 2", "colour is missing"],
      ["name,colour\none,  ", ", line 2", "colour is missing"],
      ["name,name\none,two", ", line 1", '"name" stands there twice'],
      ['name,colour\none,"red', ", line 2", "quote"],
      ['name,colour\none,r"ed', ", line 2", "quote"],
      ["name,colour\rone,red", ", line 1", "carriage return"],
      ["[7]", "[0]", "not an object"],
      ["[[]]", "[0]", "not an object"],
      ['[{"name":"a","colour":"b"},{"name":"a"}]', "[1]", "colour is missing"],
      ['[{"name":"a","colour":1.5}]', "[0]", '"colour" is neither'],
      ['[{"name":"a","colour":["b"]}]', "[0]", '"colour" is neither'],
      ['[{"name":"a","colour":"b","__proto__":"c"}]', "[0]", '"__proto__" is no column'],
      ["[{", "", "not JSON"],
      [new Uint8Array([0xff, 0xfe, 0x5b]), "", "UTF-8"],
    ] as const) {
      const { message, args } = await refusal(content);
      expect(message).to.contain(problem);
      const file = `${folder.path}/bad`;
      expect(args).to.deep.equal(place === "" ? { file } : { file, place: `${file}${place}` });
      expect(message).to.match(new RegExp(`^${file}${place.replace("[", "\\[").replace("]", "\\]")}: `));
    }
    const missing: unknown = await read(`${folder.path}/missing`).catch((reason: unknown) => reason);
    expect((missing as TableError).message).to.contain("no such file");
  });

  it("reads what formatCsv writes", async () => {
    const field = fc.string({ unit: "grapheme" }).map((text) => `x${text}y`);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.record({ name: field, colour: field }), { minLength: 1 }), async (rows) => {
        const file = folder.write("round.csv", formatCsv(["colour", "name"], rows));
        expect((await read(file)).map(({ values }) => values)).to.deep.equal(rows);
      }),
      { numRuns: 100 },
    );
    expect(formatCsv(["a", "b"], [{ b: 'say "no"' }])).to.equal('a,b\r\n,"say ""no"""\r\n');
  });
});
