import { readFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { describe, it } from "mocha";

import { parsePreferences, preferenceNames } from "../../tasks/support/preferences.ts";
import { paperColumns, readPaperConsents } from "../../tasks/support/paperConsents.ts";

const root = join(import.meta.dirname, "../..");
const example = join(root, "examples/papers.csv");
const page = readFileSync(join(root, "docs/how-to/paper-consents.md"), "utf8");

describe("docs/how-to/paper-consents.md", () => {
  it("shows the example, which can be read", async () => {
    const [, sample] = /```csv\n([\s\S]*?)```/.exec(page) ?? [];
    expect(sample).to.equal(readFileSync(example, "utf8"));
    const { consents, drawn, links } = await readPaperConsents(example);
    expect(consents.map(({ preferences }) => preferences)).to.deep.equal([0b11, 0, 0b10_0000]);
    expect(drawn).to.equal(3);
    expect(new Set(consents.map(({ participantId }) => participantId)).size).to.equal(3);
    expect(links.split("\r\n")).to.have.length(5);
  });

  it("lists every column, and every preference", () => {
    const columns = [...page.matchAll(/^\| `(\w+)` +\|/gm)].map(([, name]) => name);
    expect(columns).to.have.members([...paperColumns.required, ...paperColumns.optional]);
    for (const name of preferenceNames.split(", ")) expect(page).to.contain(`\`${name}\``);
    expect(parsePreferences("preferences", "none")).to.equal(0);
  });
});
