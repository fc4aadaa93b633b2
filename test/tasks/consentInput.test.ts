import { existsSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { before, describe, it } from "mocha";

import { itRefuses, type Refusal } from "./refusals.ts";
import { digest, error, examples, startWorld, type World, write } from "./support.ts";

const terms = join(examples, "terms.json");
const ACCOUNT = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8";
const OTHER = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";
const BAD_CHECKSUM = "0x70997970C51812dc3A010C7d01b50e0d17dc79c8";

const grant = { scope: "Study", terms: "1", elements: "all" };
const sign = { verb: "grant", ...grant };
const attest = { scope: "Study", participant: ACCOUNT, verb: "withdraw" };
const proxy = { scope: "Study", delegate: ACCOUNT, mandate: "close", until: "2090-01-01" };
const guardian = { scope: "Study", delegate: ACCOUNT, guardianOf: OTHER, until: "2040-01-01" };
const recover = { scope: "Study", participant: ACCOUNT, step: "propose", newParticipant: OTHER };

/** None of these gets as far as the chain. */
const REFUSALS: readonly Refusal[] = [
  // Own changes
  ["consent decline", { scope: "" }, "ArgumentInvalid", "scope"],
  ["consent annul", { scope: "0x12" }, "ArgumentInvalid", "scope"],
  ["consent update", { scope: "Study", terms: "1" }, "ArgumentMissing", "elements"],
  ["consent update", { ...grant, terms: "two" }, "ArgumentInvalid", "terms"],
  ["consent extend", { scope: "Study" }, "ArgumentMissing", "until"],
  ["consent extend", { scope: "Study", until: "tomorrow" }, "ArgumentInvalid", "until"],
  ["consent grant", { ...grant, preferences: "sometimes" }, "ArgumentInvalid", '"sometimes"'],
  ["consent grant", { ...grant, preferences: "recontact,recontact" }, "ArgumentInvalid", "twice"],
  ["consent grant", { ...grant, preferences: "48" }, "ArgumentInvalid", "preferences"],
  [
    "consent grant",
    { ...grant, preferences: "continue-after-death,relatives-decide-after-death" },
    "ArgumentInvalid",
    "two wishes",
  ],
  // Signing
  ["consent sign", { ...sign, onBehalfOf: BAD_CHECKSUM }, "ArgumentInvalid", "on-behalf-of"],
  ["consent sign", { ...sign, attestedId: digest(1) }, "ArgumentUnexpected", "attested-id"],
  ["consent sign", { verb: "extend", scope: "Study" }, "ArgumentMissing", "until"],
  ["consent sign", { verb: "extend", scope: "Study", terms: "1" }, "ArgumentUnexpected", "terms"],
  ["consent sign", { verb: "resume", scope: "Study", minVersion: "1" }, "ArgumentUnexpected", "min-version"],
  ["consent sign", { verb: "decline", scope: "Study", extent: "no-further-use" }, "ArgumentUnexpected", "extent"],
  ["consent sign", { verb: "takeover", scope: "Study" }, "ArgumentMissing", "attested-id"],
  ["consent sign", { verb: "takeover", scope: "Study", attestedId: ACCOUNT }, "ArgumentInvalid", "attested-id"],
  ["consent sign", { verb: "veto", scope: "Study", onBehalfOf: ACCOUNT }, "ArgumentUnexpected", "on-behalf-of"],
  ["consent sign", { verb: "takeOver", scope: "Study" }, "ArgumentInvalid", "verb"],
  // Attested closings and takeovers
  ["consent attest", { ...attest, verb: "grant" }, "ArgumentInvalid", "verb"],
  ["consent attest", { ...attest, participant: "CONC-0001" }, "ArgumentInvalid", "participant"],
  ["consent attest", { ...attest, signedAt: "yesterday" }, "ArgumentInvalid", "signed-at"],
  ["consent attest", { ...attest, extent: "all" }, "ArgumentInvalid", "extent"],
  ["consent attest", { ...attest, verb: "suspend", extent: "no-further-use" }, "ArgumentUnexpected", "extent"],
  ["consent takeover", { file: "missing.json" }, "JsonFileError", "no such file"],
  ["consent takeover", { file: terms }, "InvalidInput", "terms.json.change"],
  // Cohorts and history
  ["consent index", { scope: "Study", participants: "0x12" }, "ArgumentInvalid", "participants"],
  ["consent index", { scope: "Study", participants: "missing.txt" }, "ParticipantsError", "no such file"],
  ["consent cohort", { scope: "Study", limit: "0" }, "ArgumentInvalid", "limit"],
  ["consent cohort", { scope: "Study", offset: "-1" }, "ArgumentInvalid", "offset"],
  ["consent cohort", { scope: "Study", block: "latest" }, "ArgumentInvalid", "block"],
  ["consent history", { scope: "Study", participant: ACCOUNT, at: "then" }, "ArgumentInvalid", "at is"],
  // Delegates
  ["delegate add", { ...proxy, delegate: "alice" }, "ArgumentInvalid", "delegate"],
  ["delegate add", { ...proxy, mandate: undefined }, "ArgumentMissing", "mandate"],
  ["delegate add", { ...proxy, mandate: "withdraw" }, "ArgumentInvalid", '"withdraw"'],
  ["delegate add", { ...proxy, mandate: "close,close" }, "ArgumentInvalid", "twice"],
  ["delegate add", { ...proxy, until: undefined }, "ArgumentMissing", "until"],
  ["delegate add", { ...proxy, until: "soon" }, "ArgumentInvalid", "until"],
  ["delegate add", { ...guardian, mandate: "close" }, "ArgumentUnexpected", "mandate"],
  ["delegate add", { ...guardian, guardianOf: "0x12" }, "ArgumentInvalid", "guardian-of"],
  ["delegate add", { ...guardian, until: "never" }, "ArgumentInvalid", "until"],
  ["delegate add", { ...guardian, until: "2106-01-02" }, "InvalidInput", "half-year"],
  ["delegate remove", { scope: "Study", delegate: "0x12" }, "ArgumentInvalid", "delegate"],
  ["delegate renounce", { scope: "Study", participant: "0x12" }, "ArgumentInvalid", "participant"],
  ["delegate list", { scope: "Study", participant: "0x12" }, "ArgumentInvalid", "participant"],
  ["delegate sign", { ...proxy, verb: "add" }, "ArgumentInvalid", "verb"],
  ["delegate sign", { ...proxy, verb: "appoint", until: undefined }, "ArgumentMissing", "until"],
  ["delegate sign", { ...proxy, verb: "dismiss", until: undefined }, "ArgumentUnexpected", "mandate"],
  ["delegate relay", { file: "missing.json" }, "JsonFileError", "no such file"],
  ["delegate relay", { file: terms }, "InvalidInput", "change"],
  // Keys
  ["key recover", { ...recover, step: undefined }, "ArgumentMissing", "step"],
  ["key recover", { ...recover, step: "begin" }, "ArgumentInvalid", "step"],
  ["key recover", { ...recover, newParticipant: undefined }, "ArgumentMissing", "new-participant"],
  ["key recover", { ...recover, newParticipant: "0x12" }, "ArgumentInvalid", "new-participant"],
  ["key recover", { ...recover, step: "cancel" }, "ArgumentUnexpected", "new-participant"],
  ["key veto", { scope: " " }, "ArgumentInvalid", "scope"],
  ["key show", { scope: "Study", participant: BAD_CHECKSUM }, "ArgumentInvalid", "participant"],
  ["terms narrower", { scope: "Study", narrower: "0", broader: "1" }, "ArgumentInvalid", "narrower"],
  ["terms narrower", { scope: "Study", narrower: "1", broader: "0x1" }, "ArgumentInvalid", "broader"],
];

describe("arguments of the tasks of consents, delegates and keys", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  itRefuses(REFUSALS);

  describe("consent import", () => {
    const header = "reference,terms,elements,signed";
    const refusal = async (content: string, given: object = {}) => {
      const file = write(world, "broken.csv", content);
      const out = join(world.directory, "brokenLinks.csv");
      const refused = await error(world, "consent import", { scope: "Study", file, out, ...given });
      expect(existsSync(out)).to.be.false;
      return { file, refused };
    };

    it("refuses files that are no tables", async () => {
      for (const [content, message] of [
        ["", "no rows"],
        [`${header}\n`, "no rows"],
        [`${header}\nA,1,all`, "line 2"],
        [`${header},colour\nA,1,all,2025-01-01,red`, '"colour"'],
        ["reference,terms\nA,1", "line 2: elements is missing"],
        ['{"reference":"A"}', "line 1"],
        ["[{}]", "[0]"],
        ["[7", "not JSON"],
      ] as const) {
        const { refused } = await refusal(content);
        expect(refused.name).to.equal("TableError");
        expect(refused.message).to.contain(message);
      }
      const missing = await error(world, "consent import", { scope: "Study", file: "missing.csv" });
      expect(missing.message).to.contain("no such file");
    });

    it("refuses broken lines, all of them by their numbers, before anything is sent", async () => {
      const broken = [
        ["A,0,all,2025-01-01", "terms"],
        ["B,1,64,2025-01-01", "elements"],
        ["C,1,all,2025-02-30", "signed"],
        ["D,1,all,never", "signed"],
        ["E,1,all,2025-01-01", ""],
        ["E,1,all,2025-01-01", "reference stands in"],
      ] as const;
      const { file, refused } = await refusal([header, ...broken.map(([line]) => line)].join("\n"));
      expect(refused.name).to.equal("RowsInvalid");
      expect(refused.message).to.contain(`${file}, line 2: terms`).and.to.contain("4 more rows are wrong");
      const { problems } = refused.args as { problems: { place: string; message: string }[] };
      expect(problems.map(({ place }) => place)).to.deep.equal([2, 3, 4, 5, 7].map((line) => `${file}, line ${line}`));
      const expected = broken.flatMap(([, message]) => (message === "" ? [] : [message]));
      problems.forEach(({ message }, index) => {
        expect(message).to.contain(expected[index]);
      });
    });

    it("refuses wrong preferences, ends and ids", async () => {
      const columns = "reference,terms,elements,signed,preferences,until,participant";
      for (const [rest, message] of [
        ["always,,", "preferences"],
        ["99,,", "preferences"],
        [",2030-13-01,", "until"],
        [",,0x12", "participant"],
        [`,,0x${"0".repeat(63)}1`, "no random id"],
      ] as const) {
        const { refused } = await refusal(`${columns}\nA,1,all,2025-01-01,${rest}`);
        expect(refused.name).to.equal("RowsInvalid");
        expect(refused.message).to.contain(message);
      }
      const id = digest(7);
      const twice = `${columns}\nA,1,all,2025-01-01,,,${id}\nB,1,all,2025-01-01,,,${id.toUpperCase().replace("X", "x")}`;
      expect((await refusal(twice, { out: undefined })).refused.message).to.contain("the participant stands in");
    });

    it("asks for a link table where it draws ids, and only there", async () => {
      const drawn = await refusal(`${header}\nA,1,all,2025-01-01`, { out: undefined });
      expect(drawn.refused).to.deep.include({ name: "ArgumentMissing", args: { argument: "out", drawn: 1 } });
      const given = await refusal(`${header},participant\nA,1,all,2025-01-01,${digest(7)}`);
      expect(given.refused.name).to.equal("ArgumentUnexpected");
    });

    it("refuses what is signed in the future or has ended, before anything is sent", async () => {
      const late = ["A,1,all,2105-01-01,", "B,1,all,2025-01-01,", "C,1,all,2025-01-01,2025-02-01"];
      const content = [`${header},until`, ...late].join("\n");
      const { file, refused } = await refusal(content, { from: world.accounts.outsider });
      expect(refused.name).to.equal("RowsInvalid");
      const { problems } = refused.args as { problems: { place: string; message: string }[] };
      expect(problems.map(({ place, message }) => `${place}: ${message}`)).to.deep.equal([
        `${file}, line 2: it was signed in the future.`,
        `${file}, line 4: it has ended already.`,
      ]);
    });

    it("refuses terms that the scope does not have", async () => {
      const from = world.accounts.outsider;
      expect((await refusal(`${header}\nA,1,all,2025-01-01`, { from })).refused.name).to.equal("NotFound");
    });
  });

  it("consent takeover refuses what was signed for something else", async () => {
    const { outsider: from } = world.accounts;
    const file = write(world, "declined.json", {
      verb: "decline",
      change: { scopeId: digest(1), minVersion: 0 },
      authorisation: { signer: from, signedAt: 1, deadline: 2, signature: digest(2) },
    });
    const refused = await error(world, "consent takeover", { file, from });
    expect(refused.name).to.equal("InvalidInput");
    expect(refused.message).to.contain("takeOver");
  });
});
