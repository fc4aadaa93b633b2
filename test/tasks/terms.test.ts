import { createHash } from "node:crypto";
import { join } from "node:path";

import { expect } from "chai";
import { before, describe, it } from "mocha";
import type { Hex } from "viem";

import { commitTo } from "../../src/sdk/index.ts";
import { itRefuses } from "./refusals.ts";
import { digest, error, examples, json, run, startWorld, words, type World, write } from "./support.ts";

const SCOPE = "Notices study";
/** Whose account the scope's custodian acts with: one that no other test's institution has. */
const ACCOUNT = 1;
const ontology = join(examples, "ontology.json");
const terms = join(examples, "terms.json");

interface Shown {
  readonly number: number;
  readonly digest: Hex;
  readonly terms: Readonly<Record<string, unknown>>;
  readonly warnings: readonly { readonly name: string }[];
}

interface Difference {
  readonly isNarrower: boolean | "unknown";
  readonly newlyAllowed: readonly string[];
  readonly noLongerAllowed: readonly string[];
}

describe("terms", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
    const { governance, participants } = world.accounts;
    const institution = "https://ror.org/notices";
    const account = participants.at(ACCOUNT);
    const profile = { roles: "custodian,committee", type: "hospital", region: "DK" };
    await json(world, "institution admit", { institution, account, ...profile, from: governance });
    await json(world, "scope create", { scope: SCOPE, committee: institution, from: account });
  });

  const publish = async (file: string, more: object = {}) =>
    await json<Shown>(world, "terms publish", {
      scope: SCOPE,
      file,
      from: world.accounts.participants.at(ACCOUNT),
      ...more,
    });
  const show = async (number: number) =>
    await json<Shown>(world, "terms show", { scope: SCOPE, terms: String(number) });
  const general = async (name: string, more: object) =>
    await publish(write(world, name, { permissions: ["GRU"], reConsentBy: "2095-01-01", ...more }));

  describe("publish", () => {
    it("hashes the documents that stand beside the file, and takes digests as they are", async () => {
      write(world, "form.da.txt", "Samtykke");
      write(world, "sheet.da.txt", "Information");
      const texts = [
        { language: "en", form: digest(1), sheet: digest(2) },
        { language: "da", form: "form.da.txt", sheet: "sheet.da.txt" },
      ];
      const { number, warnings } = await general("noticed.json", { notice: { texts } });
      const sha256 = (content: string): string => `0x${createHash("sha256").update(content).digest("hex")}`;
      expect((await show(number)).terms.notice).to.deep.equal({
        texts: [
          { language: "da", form: sha256("Samtykke"), sheet: sha256("Information") },
          { language: "en", form: digest(1), sheet: digest(2) },
        ],
      });
      expect(warnings.map(({ name }) => name)).to.deep.equal(["TermsOfFew"]);
    });

    it("refuses documents that are not there, by file", async () => {
      const texts = [{ language: "da", form: "missing.txt", sheet: digest(2) }];
      const file = write(world, "lost.json", { permissions: ["GRU"], notice: { texts } });
      const refused = await error(world, "terms publish", { scope: SCOPE, file });
      expect(refused.name).to.equal("ManifestError");
      expect(refused.message).to.contain("missing.txt");
    });

    it("refuses names on who-lists, and takes commitments", async () => {
      const listing = (users: readonly string[]) => ({ modifiers: ["US"], users });
      const file = write(world, "named.json", { permissions: ["GRU"], ...listing(["0000-0002-1825-0097"]) });
      const refused = await error(world, "terms publish", { scope: SCOPE, file });
      expect(refused).to.deep.include({ name: "JsonFileError", args: { file, path: "$.users[0]" } });
      expect(refused.fix).to.contain("commitTo");
      const { commitment } = commitTo("0000-0002-1825-0097");
      const { number, warnings } = await general("committed.json", listing([commitment]));
      expect((await show(number)).terms.users).to.deep.equal([commitment]);
      expect(warnings.map(({ name }) => name)).to.include("ListOfOne");
    });

    it("tells its warnings on stderr too, and in a dry run", async () => {
      const file = write(world, "dry.json", { permissions: ["NRES"] });
      const given = { scope: SCOPE, file, dryRun: true, from: world.accounts.participants.at(ACCOUNT) };
      const { stderr, stdout } = await run(world, "terms publish", given);
      expect(stderr).to.match(/^Warning: Participants known to have these terms: 0, .+\nWarning: .+language\.\n$/);
      expect(stdout).to.match(/^It would succeed/);
      expect(await json(world, "terms publish", given)).to.include.keys("dryRun", "gas", "warnings");
    });
  });

  describe("diff", () => {
    let numbers: readonly [noProfit: number, free: number];
    const diff = async (given: object) => await json<Difference>(world, "terms diff", { scope: SCOPE, ...given });

    before(async () => {
      const noProfit = await general("noProfit.json", { modifiers: ["NPU", "TS"], months: 12 });
      const free = await general("free.json", {});
      numbers = [noProfit.number, free.number];
    });

    it("tells what would be newly allowed, by number and by digest", async () => {
      const [from, to] = numbers.map(String);
      const difference = await diff({ from, to });
      expect(difference.isNarrower).to.equal(false);
      expect(difference.newlyAllowed).to.include("Use by organisations that work for profit.");
      expect(difference.newlyAllowed).to.include("Use without a limit of time.");
      const [before, after] = [await show(numbers[0]), await show(numbers[1])];
      expect(await diff({ from: before.digest, to: after.digest })).to.deep.equal(difference);
      const back = await diff({ from: to, to: from });
      expect(back).to.include({ isNarrower: true });
      expect(back.noLongerAllowed).to.deep.equal(difference.newlyAllowed);
    });

    it("compares a file before it is published", async () => {
      const [from] = numbers.map(String);
      const file = write(world, "longer.json", {
        permissions: ["GRU"],
        modifiers: ["NPU", "TS"],
        months: 24,
        reConsentBy: "2095-01-01",
      });
      const text = await words(world, "terms diff", { scope: SCOPE, from, file });
      expect(text).to.equal(
        "Narrower           no\nNewly allowed      Use for 24 months, not only 12.\nNo longer allowed  nothing\n",
      );
    });

    it("uses the hierarchy that the terms pin, where it is given", async () => {
      const { governance } = world.accounts;
      await run(world, "ontology publish", { file: ontology, name: "Made-up", releaseVersion: "1", from: governance });
      const { number } = await publish(terms, { ontology });
      const file = write(world, "below.json", {
        permissions: ["DS"],
        modifiers: ["NPU"],
        diseases: ["MONDO:9900010"],
        reConsentBy: "2035-01-01",
      });
      const given = { from: String(number), file };
      expect((await diff(given)).isNarrower).to.equal("unknown");
      expect((await diff({ ...given, ontology })).isNarrower).to.equal(true);
      const other = write(world, "beside.json", {
        permissions: ["DS"],
        modifiers: ["NPU"],
        diseases: ["MONDO:9900005"],
        reConsentBy: "2035-01-01",
      });
      expect((await diff({ ...given, file: other, ontology })).newlyAllowed).to.deep.equal([
        "Research into made-up disease of the compass organ (MONDO:9900005) and diseases below it.",
      ]);
    });

    itRefuses([
      ["terms diff", { scope: SCOPE, from: "1" }, "ArgumentMissing", "--file"],
      ["terms diff", { scope: SCOPE, from: "1", to: "2", file: terms }, "ArgumentUnexpected", "--file"],
      ["terms diff", { scope: SCOPE, from: "one", to: "2" }, "ArgumentInvalid", "from"],
      ["terms diff", { scope: SCOPE, from: "1", to: "999" }, "NotFound", "terms"],
      ["terms diff", { scope: SCOPE, from: "1", to: "2", ontology: terms }, "OntologyError", "$.terms"],
    ]);
  });

  describe("codes", () => {
    it("say in plain sentences what a file of terms allows", async () => {
      expect(await words(world, "terms codes", { source: terms, ontology })).to.equal(
        [
          "DUO:0000007  disease specific research",
          "             Only for research into made-up disease of the lantern organ (MONDO:9900002) and diseases below it.",
          "DUO:0000045  not for profit organisation use only",
          "             Only by organisations that do not work for profit.",
          "",
        ].join("\n"),
      );
    });

    it("say the same of a scope's terms", async () => {
      const { number } = await general("coded.json", { modifiers: ["PUB"] });
      const { codes } = await json<{ codes: { name: string; curie: string }[] }>(world, "terms codes", {
        source: SCOPE,
        terms: String(number),
      });
      expect(codes.map(({ curie }) => curie)).to.deep.equal(["DUO:0000042", "DUO:0000019"]);
    });

    it("make a draft of terms, and say what it lacks", async () => {
      const given = { from: "DUO:0000007,DUO:0000045" };
      expect(await json(world, "terms codes", given)).to.deep.equal({
        terms: { permissions: ["DS"], modifiers: ["NPU"] },
        missing: [{ field: "diseases", curie: "DUO:0000007" }],
      });
      expect(await words(world, "terms codes", given)).to.match(/^Still to give +diseases, for DUO:0000007$/m);
      expect(await words(world, "terms codes", { from: "GRU" })).to.match(/^Still to give +nothing$/m);
    });

    itRefuses([
      ["terms codes", {}, "ArgumentMissing", "--from"],
      ["terms codes", { source: terms, from: "GRU" }, "ArgumentUnexpected", "--from"],
      ["terms codes", { source: "missing.json" }, "ArgumentInvalid", "missing.json"],
      ["terms codes", { from: "DUO:0000014" }, "DataUseUnknownBits", "DUO:0000014"],
      ["terms codes", { from: "" }, "InvalidInput", "codes[0]"],
      ["terms codes", { source: SCOPE, terms: "first" }, "ArgumentInvalid", "terms"],
    ]);
  });
});
