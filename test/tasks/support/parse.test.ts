import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { describe, it } from "mocha";

import { NO_EXPIRY } from "../../../src/model/index.ts";
import { institutionIdOf, participantIdOf, scopeIdOf } from "../../../src/sdk/index.ts";
import {
  parseCount,
  parseDigest,
  parseElements,
  parseEnd,
  parseExtent,
  parseInstitution,
  parseNumber,
  parseParticipant,
  parseScope,
  parseTerms,
} from "../../../tasks/support/parse.ts";

const ID = `0x${"Ab".repeat(32)}`;
const ACCOUNT = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

// What is refused stands in ../input.test.ts, task by task.
describe("arguments", () => {
  it("name things by public names, or by ids in either case", () => {
    expect(parseScope("scope", "Lantern study")).to.equal(scopeIdOf("Lantern study"));
    expect(parseScope("scope", ID)).to.equal(ID.toLowerCase());
    expect(parseInstitution("institution", "Universität Æ")).to.equal(institutionIdOf("Universität Æ"));
    expect(parseParticipant("participant", ID)).to.equal(ID.toLowerCase());
    expect(parseParticipant("participant", ACCOUNT)).to.equal(participantIdOf(ACCOUNT));
    expect(parseParticipant("participant", ACCOUNT.toLowerCase())).to.equal(participantIdOf(ACCOUNT));
  });

  it("refer to terms by number or digest", () => {
    expect(parseTerms("terms", "65535")).to.deep.equal({ number: 65_535 });
    expect(parseTerms("terms", ID)).to.deep.equal({ digest: ID.toLowerCase() });
  });

  it("give sets of elements", () => {
    for (const [text, elements] of [
      ["all", 2n ** 64n - 1n],
      ["0", 1n],
      ["63", 2n ** 63n],
      ["0-63", 2n ** 64n - 1n],
      ["0-2, 9", 0b10_0000_0111n],
      ["1,1-2", 0b110n],
      ["0x3FF", 1023n],
      ["0x0", 0n],
    ] as const) {
      expect(parseElements("elements", text), text).to.equal(elements);
    }
  });

  it("give ends, extents and numbers", () => {
    expect(parseEnd("until", "never")).to.equal(NO_EXPIRY);
    expect(parseEnd("until", "2031-12-31")).to.equal(Date.UTC(2031, 11, 31) / 1000);
    const extents = ["no-further-contact", "no-further-access", "no-further-use"];
    expect(extents.map((extent) => parseExtent("extent", extent))).to.deep.equal([1, 2, 3]);
    expect(parseCount("limit", "007", 1, 9)).to.equal(7);
    expect(parseNumber("licence", String(2n ** 256n - 1n), 1n)).to.equal(2n ** 256n - 1n);
    expect(() => parseNumber("licence", String(2n ** 256n), 1n)).to.throw("licence");
  });

  it("give digests in hex or by a file", async () => {
    expect(await parseDigest("agent", ID)).to.equal(ID.toLowerCase());
    const file = join(import.meta.dirname, "parse.test.ts");
    const sha256 = createHash("sha256").update(readFileSync(file)).digest("hex");
    expect(await parseDigest("agent", file)).to.equal(`0x${sha256}`);
  });
});
