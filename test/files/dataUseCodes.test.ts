import { createHash } from "node:crypto";
import { join } from "node:path";

import { expect } from "chai";
import { describe, it } from "mocha";

import { readPurpose, readTerms } from "../../src/files/dataUseCodes.ts";
import { ManifestError } from "../../src/files/index.ts";
import { JsonFileError } from "../../src/files/json.ts";
import { examples, temporaryFolder } from "./support.ts";

const NEVER = 0xffff_ffff;
const ZERO = `0x${"00".repeat(32)}`;

describe("terms and purposes in files", () => {
  const folder = temporaryFolder();
  const file = (content: unknown): string => folder.write("codes.json", JSON.stringify(content));

  it("are read from the examples", async () => {
    expect(await readTerms(join(examples, "terms.json"))).to.deep.equal({
      permissions: ["DS"],
      modifiers: ["NPU"],
      diseases: [9_900_002],
      from: 0,
      reConsentBy: Date.UTC(2035, 0, 1) / 1000,
      documents: ZERO,
    });
    expect(await readPurpose(join(examples, "purpose.json"))).to.deep.equal({
      kinds: ["DS"],
      diseases: [9_900_010],
      unattested: [],
    });
  });

  it("may leave out everything but their codes", async () => {
    expect(await readTerms(file({ permissions: ["GRU"] }))).to.deep.equal({
      permissions: ["GRU"],
      modifiers: [],
      diseases: [],
      from: 0,
      reConsentBy: NEVER,
      documents: ZERO,
    });
    const purpose = { kinds: ["HMB"], diseases: null, unattested: null };
    expect(await readPurpose(file(purpose))).to.deep.equal({ kinds: ["HMB"], diseases: [], unattested: [] });
  });

  it("have their diseases sorted, and times in either form", async () => {
    const terms = {
      permissions: ["DS"],
      diseases: ["MONDO:0005814", "MONDO:0004992"],
      from: 1_956_441_600,
      reConsentBy: "2035-01-01T00:00:00Z",
    };
    expect(await readTerms(file(terms))).to.deep.include({
      diseases: [4992, 5814],
      from: 1_956_441_600,
      reConsentBy: Date.UTC(2035, 0, 1) / 1000,
    });
  });

  it("name documents by a digest, or by files beside them", async () => {
    const digest = `0x${"ab".repeat(32)}`;
    expect((await readTerms(file({ permissions: ["GRU"], documents: digest }))).documents).to.equal(digest);
    folder.write("sheet.txt", "information");
    const { documents } = await readTerms(file({ permissions: ["GRU"], documents: ["sheet.txt"] }));
    expect(documents).to.equal(`0x${createHash("sha256").update("information").digest("hex")}`);
    const missing = readTerms(file({ permissions: ["GRU"], documents: ["missing.pdf"] }));
    expect(await missing.catch((error: unknown) => error)).to.be.instanceOf(ManifestError);
  });

  it("are refused with the place where they are malformed", async () => {
    const terms: readonly (readonly [content: unknown, path: string])[] = [
      [null, "$"],
      [[], "$"],
      ["GRU", "$"],
      [{}, "$.permissions"],
      [{ permissions: "GRU" }, "$.permissions"],
      [{ permissions: [7] }, "$.permissions[0]"],
      [{ permissions: ["GRU"], modifer: ["NPU"] }, '$["modifer"]'],
      [{ permissions: ["GRU"], constructor: 1 }, '$["constructor"]'],
      [{ permissions: ["DS"], diseases: [4992] }, "$.diseases[0]"],
      [{ permissions: ["DS"], diseases: ["0004992"] }, "$.diseases[0]"],
      [{ permissions: ["DS"], diseases: ["MONDO:0004992", "MONDO:0004992"] }, "$.diseases[1]"],
      [{ permissions: ["GRU"], from: "soon" }, "$.from"],
      [{ permissions: ["GRU"], from: 2031 }, "$.from"],
      [{ permissions: ["GRU"], from: [1_956_441_600] }, "$.from"],
      [{ permissions: ["GRU"], reConsentBy: -1 }, "$.reConsentBy"],
      [{ permissions: ["GRU"], reConsentBy: 1_956_441_600.5 }, "$.reConsentBy"],
      [{ permissions: ["GRU"], reConsentBy: true }, "$.reConsentBy"],
      [{ permissions: ["GRU"], documents: "sheet.txt" }, "$.documents"],
      [{ permissions: ["GRU"], documents: [7] }, "$.documents[0]"],
    ];
    for (const [content, path] of terms) await refused(readTerms(file(content)), path);
    await refused(readPurpose(file({ kinds: null })), "$.kinds");
    await refused(readPurpose(file({ kinds: ["DS"], unattested: "notForProfit" })), "$.unattested");
    await refused(readPurpose(file({ kinds: ["DS"], notForProfit: true })), '$["notForProfit"]');
  });
});

async function refused(promise: Promise<unknown>, path: string): Promise<void> {
  const error = await promise.catch((reason: unknown) => reason);
  expect(error, path).to.be.instanceOf(JsonFileError);
  expect((error as JsonFileError).args.path).to.equal(path);
  expect((error as JsonFileError).fix).to.match(/\.$/);
}
