import { expect } from "chai";
import { describe, it } from "mocha";

import { ParticipantsError } from "../../src/files/index.ts";
import { readParticipantList } from "../../src/files/participantList.ts";
import { temporaryFolder } from "./support.ts";

const id = (digit: string): string => `0x${digit.repeat(64)}`;

describe("readParticipantList", () => {
  const folder = temporaryFolder();

  it("reads one id a line, in order, in lower case", async () => {
    const file = folder.write("ids.txt", `# two\r\n${id("B")}\r\n\n  ${id("a")}  \n`);
    expect(await readParticipantList(file)).to.deep.equal([id("b"), id("a")]);
  });

  it("refuses what is no list of ids, with the line", async () => {
    for (const [content, problem] of [
      ["", "no ids"],
      ["# none\n\n", "no ids"],
      [`${id("a")}\nCONC-0001\n`, 'line 2: "CONC-0001"'],
      [`${id("a")},${id("b")}`, "line 1"],
      [`${id("a")}\n${id("b")}\n${id("A")}`, "line 3: the id stands in line 1"],
      [id("a").slice(0, -1), "line 1"],
      [new Uint8Array([0xff, 0xfe]), "UTF-8"],
    ] as const) {
      const error = await readParticipantList(folder.write("bad.txt", content)).catch((reason: unknown) => reason);
      expect(error, String(content)).to.be.instanceOf(ParticipantsError);
      expect((error as ParticipantsError).message).to.contain(problem);
      expect((error as ParticipantsError).fix).to.match(/\.$/);
    }
    const missing = await readParticipantList(`${folder.path}/missing`).catch((reason: unknown) => reason);
    expect((missing as ParticipantsError).message).to.contain("no such file");
  });
});
