import { expect } from "chai";
import { describe, it } from "mocha";

import { JsonFileError, readJson } from "../../src/files/json.ts";
import { temporaryFolder } from "./support.ts";

describe("readJson", () => {
  const folder = temporaryFolder();

  it("reads any JSON", async () => {
    expect(await readJson(folder.write("value.json", '{"a": [1, null]}'))).to.deep.equal({ a: [1, null] });
    expect(await readJson(folder.write("text.json", '"text"'))).to.equal("text");
  });

  it("refuses what cannot be read, with the file and what to do", async () => {
    for (const [file, problem] of [
      [`${folder.path}/missing.json`, "no such file"],
      [folder.path, "directory"],
      [folder.write("empty.json", ""), "not JSON"],
      [folder.write("cut.json", '{"a": 1'), "not JSON"],
      [folder.write("binary.json", new Uint8Array([0x22, 0xff, 0x22])), "UTF-8"],
    ] as const) {
      const error = await readJson(file).catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(JsonFileError);
      const { message, fix, args } = error as JsonFileError;
      expect(message).to.contain(file).and.to.contain(problem);
      expect(fix).to.match(/\.$/);
      expect(args).to.deep.equal({ file });
    }
  });
});
