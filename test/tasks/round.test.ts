import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { before, describe, it } from "mocha";
import { type Address, createPublicClient, getAddress, type Hex, http, zeroHash } from "viem";

import { parseDeploymentRecord } from "../../src/deployments/index.ts";
import { readOntology, regionHierarchy } from "../../src/files/index.ts";
import { checkProvConstraints, type ProvDocument } from "../../src/provenance/index.ts";
import {
  anchorDataset,
  type ConcordClient,
  createConcordClient,
  type DatasetRecord,
  expelInstitution,
  institutionIdOf,
  type LawfulnessProof,
  opensCommitment,
  opensParticipantCommitment,
  participantIdOf,
  scopeIdOf,
  type SignedChange,
} from "../../src/sdk/index.ts";
import { owl } from "../support/owl.ts";
import { digest, error, examples, json, run, startWorld, words, type World, write } from "./support.ts";

const SCOPE = "Lantern study";
const IDS = {
  biobank: "https://ror.org/biobank",
  university: "https://ror.org/university",
  company: "https://ror.org/company",
  committee: "https://ror.org/committee",
};
const ontologyFile = join(examples, "ontology.json");
const cohort = join(examples, "cohort.vcf");

interface Consent {
  readonly status?: string;
  readonly participantId: Hex;
  readonly word: Readonly<Record<string, unknown>>;
}

interface Coverage {
  readonly participants: number;
  readonly covered: number;
  readonly byReason: Readonly<Record<string, number>>;
  readonly answers?: readonly { participantId: Hex; isEffective: boolean; reasons: string[] }[];
}

/** The whole way, by tasks alone: from institutions to a licence in force, with an access before and after a withdrawal. */
async function wholeWay(world: World) {
  const { accounts } = world;
  const { governance, biobank, university, company, committee, relayer } = accounts;
  const [ownGrant, relayedGrant, leaving, absent] = accounts.participants as [Address, Address, Address, Address];
  const admit = async (institution: string, account: Address, roles: string, type: string) => {
    const profile = { roles, type, region: "DK", notForProfit: type !== "company" };
    return await json(world, "institution admit", { institution, account, ...profile, from: governance });
  };
  await admit(IDS.biobank, biobank, "custodian", "biobank");
  await admit(IDS.university, university, "researcher", "university");
  await admit(IDS.company, company, "researcher", "company");
  await admit(IDS.committee, committee, "committee,auditor", "ethics-body");

  const published = await json(world, "ontology publish", {
    file: ontologyFile,
    name: "Made-up",
    releaseVersion: "1",
    from: governance,
  });
  const scope = await json(world, "scope create", { scope: SCOPE, committee: IDS.committee, from: biobank });
  const general = await json<{ number: number; digest: Hex }>(world, "terms publish", {
    scope: SCOPE,
    file: write(world, "general.json", { permissions: ["GRU"], reConsentBy: "2099-01-01T00:00:00Z" }),
    from: biobank,
  });
  const disease = await json<{ number: number; digest: Hex }>(world, "terms publish", {
    scope: SCOPE,
    file: join(examples, "terms.json"),
    ontology: ontologyFile,
    from: committee,
  });

  // One consents by their own transaction, and changes their mind twice; two sign for a relayer.
  await json(world, "consent grant", { scope: SCOPE, terms: "2", elements: "0-9", from: ownGrant });
  await world.later();
  await json(world, "consent suspend", { scope: SCOPE, from: ownGrant });
  await world.later();
  await json(world, "consent resume", { scope: SCOPE, from: ownGrant });
  const signed = join(world.directory, "signed.json");
  await json(world, "consent sign", {
    verb: "grant",
    scope: SCOPE,
    terms: "2",
    elements: "all",
    until: "2098-01-01",
    out: signed,
    from: relayedGrant,
  });
  const second = await json<SignedChange>(world, "consent sign", {
    verb: "grant",
    scope: SCOPE,
    terms: general.digest,
    elements: "0x3ff",
    preferences: "5",
    from: leaving,
  });
  const list = write(world, "list.json", [second]);
  const relayed = await json<{ accepted: number }>(world, "consent relay", { files: [signed, list], from: relayer });

  const ids = [ownGrant, relayedGrant, leaving, absent].map(participantIdOf);
  const participants = write(world, "participants.txt", `# everybody asked\n${ids.join("\n")}\n\n`);
  const dataset = await json<{ datasetId: Hex; record: DatasetRecord }>(world, "dataset anchor", {
    files: [cohort],
    scope: SCOPE,
    terms: "2",
    participants,
    from: biobank,
  });

  const request = { dataset: dataset.datasetId, purpose: join(examples, "purpose.json"), until: "2090-06-30" };
  const { licenceId: licence } = await json<{ licenceId: string }>(world, "licence request", {
    ...request,
    from: university,
  });
  const decided = await json(world, "licence decide", { licence, ontology: ontologyFile, from: relayer });
  const refused = await json<{ licenceId: string }>(world, "licence request", { ...request, from: company });
  const refusal = await json(world, "licence decide", { licence: refused.licenceId, from: relayer });
  const explanation = write(world, "minutes.txt", "Approved as asked.");
  await json(world, "licence vote", { licence, vote: "approve", explanation, from: committee });
  await json(world, "licence issue", { licence, agreement: digest(7), from: biobank });

  await world.later();
  const coverage = await json<Coverage>(world, "licence coverage", { licence, participants });
  const access = join(world.directory, "access.json");
  const covered = write(world, "covered.txt", [ids[0], ids[2]].join("\n"));
  const log = { licence, participants: covered, agent: digest(1), workflow: digest(2), from: biobank };
  const lawful = await json<{ index: string }>(world, "audit log", { ...log, out: access });

  await world.later();
  const withdrawal = await json<SignedChange>(world, "consent sign", { verb: "withdraw", scope: SCOPE, from: leaving });
  await json(world, "consent relay", { files: [write(world, "withdrawal.json", withdrawal)], from: relayer });
  await world.later();
  const coverageAfter = await json<Coverage>(world, "licence coverage", { licence, participants });
  const unlawful = await json<{ index: string; leaves: unknown }>(world, "audit log", log);
  const accessAfter = write(world, "accessAfter.json", unlawful);
  return {
    ...{ ids, participants, published, scope, general, disease, relayed, dataset, licence, decided, refused, refusal },
    ...{ coverage, coverageAfter, access, accessAfter, lawful, unlawful, signed },
    ...{ ownGrant, relayedGrant, leaving, absent },
  };
}

/** A graph as `provenance trace` prints it. */
interface Graph {
  readonly entities: readonly { readonly key: string }[];
  readonly activities: readonly { readonly kind: string }[];
}

/** Time of the chain's latest block (Unix seconds). */
async function clockOf({ url }: World): Promise<number> {
  const client = createPublicClient({ transport: http(url) });
  return Number((await client.getBlock()).timestamp);
}

/** Does with a client of an account's what no task does. */
async function asClient<Result>(
  world: World,
  account: Address,
  use: (client: ConcordClient) => Promise<Result>,
): Promise<Result> {
  const connection = await world.hre.network.create();
  try {
    const client = createConcordClient({
      deployment: parseDeploymentRecord(JSON.parse(readFileSync(world.record, "utf8"))),
      publicClient: await connection.viem.getPublicClient(),
      walletClient: await connection.viem.getWalletClient(account),
    });
    return await use(client);
  } finally {
    await connection.close();
  }
}

describe("the tasks, all the way", () => {
  let world: World;
  let way: Awaited<ReturnType<typeof wholeWay>>;
  const ids = Object.fromEntries(Object.entries(IDS).map(([name, id]) => [name, institutionIdOf(id)]));

  before(async () => {
    world = await startWorld();
    way = await wholeWay(world);
  });

  describe("institution", () => {
    it("shows a member by its name, its id and its account", async () => {
      const { committee } = world.accounts;
      const byName = await json(world, "institution show", { institution: IDS.committee });
      expect(byName).to.deep.include({
        institutionId: ids.committee,
        roles: ["committee", "auditor"],
        standing: "Admitted",
        notForProfit: true,
        institutionType: "EthicsBody",
        region: "DK",
        accounts: [getAddress(committee)],
        officials: [getAddress(committee)],
        users: [],
        conflicts: [],
      });
      expect(byName.admittedAtIso).to.equal(
        new Date(Number(byName.admittedAt) * 1000).toISOString().replace(".000", ""),
      );
      expect(await json(world, "institution show", { institution: ids.committee })).to.deep.equal(byName);
      expect(await json(world, "institution show", { institution: committee })).to.deep.equal(byName);
    });

    it("lets accounts come and go, and standing be taken and given back", async () => {
      const { governance: from, participants } = world.accounts;
      const institution = "https://ror.org/hospital";
      const [, , , , , first, further] = participants as [...Address[]];
      const profile = { roles: "processor", type: "hospital", region: "DK" };
      await json(world, "institution admit", { institution, account: first, ...profile, from });
      await json(world, "institution add-account", { institution, account: further, from });
      expect(await words(world, "institution show", { institution: further })).to.match(/^Standing +Admitted$/m);
      await json(world, "institution remove-account", { account: further, from });
      expect((await error(world, "institution show", { institution: further })).name).to.equal("NotFound");
      expect(await words(world, "institution suspend", { institution, from })).to.match(/^Suspended +0x/);
      expect((await json(world, "institution show", { institution })).standing).to.equal("Suspended");
      await json(world, "institution reinstate", { institution, from });
      expect((await json(world, "institution show", { institution })).standing).to.equal("Admitted");
    });

    it("lets officials come and go, who need not be accounts", async () => {
      const { governance: from } = world.accounts;
      const account = `0x${"0ff1c1".padStart(40, "0")}` as const;
      const given = { institution: IDS.company, account, from };
      expect(await words(world, "institution add-official", { ...given, dryRun: true })).to.contain(
        "Nothing was sent.",
      );
      const added = await json(world, "institution add-official", given);
      expect(added).to.include({ institutionId: ids.company, official: getAddress(account) });
      const shown = await json(world, "institution show", { institution: account });
      expect(shown).to.deep.include({
        institutionId: ids.company,
        officials: [getAddress(world.accounts.company), getAddress(account)],
        accounts: [getAddress(world.accounts.company)],
      });
      expect(await words(world, "institution remove-official", { account, from })).to.match(/^Official removed +0x/m);
      expect((await error(world, "institution show", { institution: account })).name).to.equal("NotFound");
    });

    it("takes users by person and salt, or by commitment, and shows commitments alone", async () => {
      const from = world.accounts.company;
      const users = async () => (await json(world, "institution show", { institution: IDS.company })).users;
      const person = "0000-0002-1825-0097";
      const { commitment, salt } = await json<{ commitment: Hex; salt: Hex }>(world, "institution add-user", {
        person,
        from,
      });
      expect(opensCommitment(commitment, person, salt)).to.equal(true);
      expect(await users()).to.deep.equal([commitment]);
      const again = await error(world, "institution add-user", { person, salt, from });
      expect(again.name).to.equal("InstitutionUserTaken");
      const removed = await json(world, "institution remove-user", { person, salt, from });
      expect(removed).to.include({ commitment });
      const added = await words(world, "institution add-user", { commitment, from });
      expect(added)
        .to.match(/^User added +0x/m)
        .and.not.to.contain("Salt");
      expect(await words(world, "institution remove-user", { commitment, from })).to.match(/^User removed +0x/m);
      const dry = await words(world, "institution add-user", { person, from, dryRun: true });
      expect(dry).to.contain("Nothing was sent.");
      expect(await users()).to.deep.equal([]);
    });

    it("declares and lifts conflicts of interest", async () => {
      const { company, governance } = world.accounts;
      const conflicts = async (institution: string) =>
        (await json(world, "institution show", { institution })).conflicts;
      const declare = { institution: IDS.committee, document: digest(21), from: company };
      const declared = await json(world, "institution declare-conflict", declare);
      expect(declared).to.include({ declarant: ids.company, other: ids.committee });
      expect(await conflicts(IDS.company)).to.deep.equal([ids.committee]);
      expect(await conflicts(IDS.committee)).to.deep.equal([ids.company]);
      const approval = { purpose: digest(1), licensee: IDS.company, until: "2090-01-01", document: digest(22) };
      const refused = await error(world, "fact approve", { ...approval, from: world.accounts.committee });
      expect(refused.name).to.equal("FactConflictOfInterest");
      const lift = { institution: IDS.committee, other: IDS.company, document: digest(23), from: governance };
      expect(await words(world, "institution lift-conflict", lift)).to.match(/^No longer in conflict with +0x/m);
      expect(await conflicts(IDS.company)).to.deep.equal([]);
    });

    it("ends by expulsion, or by a successor who claims its scopes", async () => {
      const { governance: from, participants } = world.accounts;
      const [old, young] = participants as [Address, Address];
      const bad = `0x${"bad".padStart(40, "0")}`;
      const profile = { roles: "custodian", type: "biobank", region: "DK-81", from };
      for (const [institution, account] of [
        ["old bank", old],
        ["young bank", young],
        ["bad bank", bad],
      ] as const) {
        await json(world, "institution admit", { institution, account, ...profile });
      }
      await json(world, "scope create", { scope: "Old study", committee: IDS.committee, from: old });
      const succeed = { institution: "old bank", successor: "young bank", from };
      expect(await words(world, "institution succeed", succeed)).to.match(/^Successor +0x/m);
      const shown = await words(world, "institution show", { institution: "old bank" });
      expect(shown)
        .to.match(/^Standing +Succeeded$/m)
        .and.to.match(/^Successor +0x/m)
        .and.to.match(/^Region +DK-81$/m);
      const claimed = await json(world, "scope claim", { scope: "Old study", from: young });
      expect(claimed).to.include({ custodian: institutionIdOf("young bank"), committee: ids.committee });
      expect(await json(world, "scope show", { scope: "Old study" })).to.include({ custodian: claimed.custodian });
      const again = await error(world, "scope claim", { scope: "Old study", from: young });
      expect(again.name).to.equal("ScopeNotClaimable");

      expect(await words(world, "institution expel", { institution: "bad bank", from })).to.match(/^Expelled +0x/m);
      const expelled = await error(world, "institution reinstate", { institution: "bad bank", from });
      expect(expelled.name).to.equal("InstitutionNotSuspended");
      for (const account of [old, young]) await json(world, "institution remove-account", { account, from });
    });
  });

  describe("ontology", () => {
    it("shows a release by its file and its root, published or not", async () => {
      const { root } = await readOntology(ontologyFile);
      expect(way.published.root).to.equal(root);
      const shown = await json(world, "ontology show", { release: ontologyFile });
      expect(shown).to.include({ root, isPublished: true, name: "Made-up", version: "1", terms: 25 });
      expect(await json(world, "ontology show", { release: root })).to.deep.equal(shown);
      expect(await json(world, "ontology show", { release: digest(3) })).to.deep.equal({
        root: digest(3),
        isPublished: false,
      });
    });

    it("proves a pair once", async () => {
      const pair = { descendant: "MONDO:9900008", ancestor: "MONDO:9900002", file: ontologyFile };
      expect(await words(world, "ontology prove", pair)).to.match(/^New +yes$/m);
      expect(await json(world, "ontology prove", pair)).to.include({ isNew: false });
      expect((await error(world, "ontology prove", { ...pair, ancestor: "MONDO:9900006" })).name).to.equal(
        "OntologyError",
      );
    });
  });

  describe("ontology publish, verify and diff", () => {
    const dictionary = join(examples, "dictionary.json");

    it("verify a file by its root, whatever its white space", async () => {
      const verified = await json(world, "ontology verify", { file: ontologyFile });
      expect(verified).to.include({ verified: true, isSameFile: true, name: "Made-up", terms: 25, pairs: 69 });
      const copy = write(world, "copy.json", JSON.parse(readFileSync(ontologyFile, "utf8")));
      expect(await words(world, "ontology verify", { file: copy })).to.match(/^Same file +no: other bytes/m);
      const { terms } = JSON.parse(readFileSync(ontologyFile, "utf8")) as { terms: Record<string, unknown> };
      const other = write(world, "other-release.json", { terms: { ...terms, "9900099": ["New", []] } });
      expect((await error(world, "ontology verify", { file: other })).name).to.equal("OntologyReleaseMismatch");
    });

    it("take a data dictionary", async () => {
      const release = { dictionary, name: "Made-up dictionary", releaseVersion: "1", from: world.accounts.governance };
      expect((await error(world, "ontology verify", { dictionary })).name).to.equal("OntologyReleaseMismatch");
      const { root } = await json<{ root: Hex }>(world, "ontology publish", release);
      expect(await json(world, "ontology verify", { dictionary })).to.include({ root, terms: 11, pairs: 7 });
      const bad = write(world, "bad-dictionary.json", { categories: [{ bit: 64, name: "A" }] });
      const { name, args } = await error(world, "ontology verify", { dictionary: bad });
      expect({ name, args }).to.deep.equal({
        name: "JsonFileError",
        args: { file: bad, path: "$.categories[0].bit" },
      });
    });

    it("take the shipped regions, which terms then pin and decisions prove by", async () => {
      const { governance, biobank, university: from } = world.accounts;
      const scope = "Regional study";
      await json(world, "scope create", { scope, committee: IDS.committee, from: biobank });
      const terms = {
        scope,
        file: write(world, "regional.json", { permissions: ["GRU"], modifiers: ["GS"], regions: ["EEA"] }),
        from: biobank,
      };
      expect((await error(world, "terms publish", terms)).name).to.equal("TermsReleaseUnknown");
      const { root } = await json<{ root: Hex }>(world, "ontology publish", { regions: true, from: governance });
      expect(root).to.equal(regionHierarchy().root);
      expect(await json(world, "ontology verify", { regions: true })).to.include({ isSameFile: true, terms: 251 });
      await json(world, "terms publish", terms);

      const dataset = await json<{ datasetId: Hex }>(world, "dataset anchor", {
        files: [ontologyFile],
        scope,
        terms: "1",
        participants: write(world, "nobody.txt", `${digest(9)}\n`),
        from: biobank,
      });
      const answers: unknown[] = [];
      for (const regions of [["DK"], ["DK", "US"]]) {
        const purpose = write(world, "regional-purpose.json", { kinds: ["GRU"], regions });
        const request = { dataset: dataset.datasetId, purpose, until: "2090-01-01", from };
        const { licenceId: licence } = await json<{ licenceId: string }>(world, "licence request", request);
        answers.push((await json(world, "licence decide", { licence })).reasons);
      }
      // Covered, but no record says yet where the data will be.
      expect(answers).to.deep.equal([["dataset:GS_UNATTESTED"], ["dataset:GS_REGIONS"]]);
    });

    it("take data uses: every command knows a release of DUO by its file", async () => {
      const uses = [
        { id: "DUO_0000001", label: "permission", parents: ["IAO_0000027"] },
        { id: "DUO_0000042", label: "general", parents: ["DUO_0000001"] },
        { id: "DUO_0000006", label: "health", parents: ["DUO_0000001"] },
        { id: "DUO_0000007", label: "disease", parents: ["DUO_0000006"] },
        { id: "DUO_0000011", label: "ancestry", parents: ["DUO_0000001"] },
      ];
      const file = write(world, "duo.owl", owl("duo.owl", uses));
      const release = { file, name: "DUO", releaseVersion: "2021-02-23", from: world.accounts.governance };
      expect((await error(world, "ontology verify", { file })).name).to.equal("OntologyReleaseMismatch");
      const { root } = await json<{ root: Hex }>(world, "ontology publish", release);
      expect(root).to.equal((await readOntology(file)).root);
      expect(await json(world, "ontology verify", { file })).to.include({ isSameFile: true, terms: 5, pairs: 5 });
      expect(await json(world, "ontology show", { release: file })).to.include({ root, name: "DUO" });
      const list = uses.map(({ id, label, parents }) => ({ id: id.replace("_", ":"), label, parents }));
      const asJson = write(world, "duo.json", JSON.stringify(list).replaceAll("DUO_", "DUO:"));
      expect(await json(world, "ontology verify", { file: asJson })).to.include({ root, isSameFile: false });

      const pair = { descendant: "DUO:0000007", ancestor: "DUO:0000006", file };
      expect(await words(world, "ontology prove", pair)).to.match(/^Proved +DUO:0000007 is a kind of DUO:0000006$/m);
      const disease = await error(world, "ontology prove", { ...pair, ancestor: "MONDO:0000006" });
      expect(disease).to.include({ name: "ArgumentInvalid" });
      expect(disease.message).to.contain("no DUO id");

      const moved = uses
        .slice(0, -1)
        .map((use) => (use.label === "health" ? { ...use, parents: ["DUO_0000042"] } : use));
      const newer = write(world, "newer.owl", owl("duo.owl", [...moved, { id: "DUO_0000011", isDeprecated: true }]));
      expect((await error(world, "ontology verify", { file: newer })).name).to.equal("OntologyReleaseMismatch");
      expect(await json(world, "ontology diff", { older: file, newer })).to.deep.equal({
        added: [],
        removed: [],
        obsoleted: ["DUO:0000011"],
        moved: [{ term: "DUO:0000006", from: ["DUO:0000001"], to: ["DUO:0000042"] }],
        changed: [
          { term: "DUO:0000006", gained: ["DUO:0000042"], lost: [] },
          { term: "DUO:0000007", gained: ["DUO:0000042"], lost: [] },
        ],
      });
      const text = await words(world, "ontology diff", { older: file, newer });
      expect(text)
        .to.match(/^Made obsolete +DUO:0000011$/m)
        .and.to.match(/^Moved +DUO:0000006 from DUO:0000001 to DUO:0000042$/m);
    });

    it("do not take data uses for diseases", async () => {
      const file = write(world, "uses.owl", owl("duo.owl", [{ id: "DUO_0000001" }, { id: "DUO_0000007" }]));
      const terms = join(examples, "terms.json");
      const asDiseases = [
        await error(world, "terms publish", { scope: SCOPE, file: terms, ontology: file }),
        await error(world, "terms codes", { source: terms, ontology: file }),
        await error(world, "terms diff", { scope: SCOPE, from: "1", to: "2", ontology: file }),
        await error(world, "licence decide", { licence: "1", ontology: file }),
        await error(world, "ontology diff", { older: file, newer: file, scope: SCOPE }),
      ];
      for (const { name, message, fix } of asDiseases) {
        expect(name).to.equal("DiseaseOntologyError");
        expect(message).to.contain(file).and.to.contain("release of DUO");
        expect(fix).to.equal("Name a release of Mondo.");
      }
      const { name, args } = await error(world, "ontology diff", { older: ontologyFile, newer: file });
      expect({ name, args }).to.deep.equal({
        name: "ArgumentInvalid",
        args: { argument: "newer", older: "Mondo", newer: "DUO" },
      });
    });

    it("want one release, by name", async () => {
      const names = { name: "A", releaseVersion: "1", from: world.accounts.governance };
      expect((await error(world, "ontology publish", names)).name).to.equal("ArgumentMissing");
      expect((await error(world, "ontology publish", { dictionary })).name).to.equal("ArgumentMissing");
      const both = { ...names, dictionary, regions: true };
      expect((await error(world, "ontology publish", both)).name).to.equal("ArgumentUnexpected");
    });

    it("compare two releases, and refuse one that would widen terms of a scope", async () => {
      const { terms } = JSON.parse(readFileSync(ontologyFile, "utf8")) as { terms: Record<string, [string, string[]]> };
      const { "9900019": moved = ["", []], ...others } = terms;
      const newer = write(world, "newer.json", {
        terms: { ...others, "9900019": [moved[0], [...moved[1], "9900002"]], "9900099": ["New", []] },
      });
      const releases = { older: ontologyFile, newer };
      const compared = await json(world, "ontology diff", releases);
      expect(compared).to.deep.include({ added: ["MONDO:9900099"], removed: [] });
      expect(compared.changed).to.deep.include({ term: "MONDO:9900019", gained: ["MONDO:9900002"], lost: [] });
      expect(await words(world, "ontology diff", releases)).to.contain("MONDO:9900019 < MONDO:9900002");

      const { name, message, args } = await error(world, "ontology diff", { ...releases, scope: SCOPE });
      expect(name).to.equal("ReleaseWidens");
      expect(message).to.contain("terms 2");
      expect(args).to.have.deep.nested.property("terms[0].widenedBy[0]", "MONDO:9900019");

      const narrower = write(world, "narrower.json", { terms: { ...terms, "9900099": ["New", []] } });
      const same = { older: ontologyFile, newer: narrower, scope: SCOPE };
      expect(await words(world, "ontology diff", same)).to.match(/^Terms 2 +would cover nothing more$/m);
      const unpinned = { older: narrower, newer: ontologyFile, scope: SCOPE };
      expect(await json(world, "ontology diff", unpinned)).to.deep.include({ terms: [] });
    });
  });

  describe("scope and terms", () => {
    it("show what was created, by name and by id", async () => {
      const scopeId = scopeIdOf(SCOPE);
      expect(way.scope).to.include({ scopeId, custodian: ids.biobank, committee: ids.committee });
      const shown = await json(world, "scope show", { scope: SCOPE });
      const responsible = { custodian: ids.biobank, committee: ids.committee };
      expect(shown).to.deep.equal({ scopeId, ...responsible, termsCount: 2, policy: {} });
      expect(await json(world, "scope show", { scope: scopeId })).to.deep.equal(shown);
    });

    it("show terms with readable codes, one and all", async () => {
      const { root } = await readOntology(ontologyFile);
      const shown = await json(world, "terms show", { scope: SCOPE, terms: "2" });
      expect(shown).to.deep.equal({
        number: 2,
        digest: way.disease.digest,
        publisher: ids.committee,
        terms: {
          permissions: ["DS"],
          modifiers: ["NPU"],
          diseases: ["MONDO:9900002"],
          ontologyRelease: root,
          from: null,
          reConsentBy: Date.UTC(2035, 0, 1) / 1000,
          reConsentByIso: "2035-01-01T00:00:00Z",
        },
        warnings: [
          {
            name: "TermsOfFew",
            message: "Participants known to have these terms: 0, fewer than 20. Who they are may be guessed.",
          },
          { name: "DocumentsMissing", message: "There is no consent form or information sheet in any language." },
        ],
      });
      const text = await words(world, "terms show", { scope: SCOPE });
      expect(text).to.match(/^Re-consent by +2099-01-01T00:00:00Z \(4070908800\)$/m);
      expect(text).to.contain(way.general.digest).and.to.contain(way.disease.digest);
      const byDigest = await json(world, "terms show", { scope: SCOPE, terms: way.disease.digest });
      expect(byDigest).to.deep.equal(shown);
    });
  });

  describe("consent", () => {
    it("shows a standing consent by id and by address", async () => {
      const [participantId] = way.ids;
      const shown = await json<Consent>(world, "consent show", { scope: SCOPE, participant: way.ownGrant });
      expect(shown).to.include({ status: "Active", participantId });
      expect(shown.word).to.include({ version: 3, terms: 2, elements: "1023", untilIso: "2035-01-01T00:00:00Z" });
      expect(await json(world, "consent show", { scope: SCOPE, participant: participantId })).to.deep.equal(shown);
    });

    it("shows whether it was permitted at a time, and who never acted", async () => {
      const { word } = await json<Consent>(world, "consent show", { scope: SCOPE, participant: way.ownGrant });
      const at = String(word.opened);
      const text = await words(world, "consent show", { scope: SCOPE, participant: way.ownGrant, at });
      expect(text).to.match(/^Permitted +yes, by version 3, at \d{4}-/m);
      const past = { scope: SCOPE, participant: way.ownGrant, at: String(Number(at) - 1) };
      expect(await words(world, "consent show", past)).to.match(/^Permitted +no, at /m);
      expect(await words(world, "consent show", { scope: SCOPE, participant: way.absent })).to.match(/^Status +None$/m);
    });

    it("keeps what was relayed as it was signed", async () => {
      expect(way.relayed).to.include({ accepted: 2, rejected: 0 });
      const shown = await json<Consent>(world, "consent show", { scope: SCOPE, participant: way.relayedGrant });
      expect(shown.word).to.include({ version: 1, elements: String(2n ** 64n - 1n), preferences: 0 });
    });

    it("tells the history, page by page", async () => {
      const given = { scope: SCOPE, participant: way.ownGrant };
      const history = await json<{ total: number; words: { version: number }[] }>(world, "consent history", given);
      expect(history.total).to.equal(2);
      expect(history.words.map(({ version }) => version)).to.deep.equal([2, 3]);
      const page = await json<{ words: unknown[] }>(world, "consent history", { ...given, offset: "1", limit: "1" });
      expect(page.words).to.deep.equal(history.words.slice(1));
      expect(await words(world, "consent history", given)).to.match(/^Ordinal +1$/m);
    });

    it("withdraws with an extent, in any state", async () => {
      const [, , , , participant] = world.accounts.participants as [...Address[]];
      const withdrawn = await json<Consent>(world, "consent withdraw", {
        scope: SCOPE,
        extent: "no-further-contact",
        from: participant,
      });
      expect(withdrawn.word).to.include({ state: 4, extent: 1 });
      const text = await words(world, "consent show", { scope: SCOPE, participant });
      expect(text)
        .to.match(/^Status +Withdrawn$/m)
        .and.to.match(/^Extent +no further contact$/m);
    });

    it("reports rejected changes, and still applies the others", async () => {
      const [, , , , , , , , suspending] = world.accounts.participants as [...Address[]];
      const suspension = await json(world, "consent sign", { verb: "suspend", scope: SCOPE, from: suspending });
      const mixed = write(world, "mixed.json", [JSON.parse(readFileSync(way.signed, "utf8")) as unknown, suspension]);
      const given = { files: [mixed], from: world.accounts.relayer };
      const { name, args } = await error(world, "consent relay", given);
      expect(name).to.equal("ChangesRejected");
      expect(args).to.include({ accepted: 1, rejected: 1 });
      const [rejected] = (args as { changes: { place: string; error: { name: string } }[] }).changes;
      expect(rejected?.place).to.equal(`${mixed}[0]`);
      expect(rejected?.error.name).to.equal("ConsentAlreadyGranted");
      const again = await run(world, "consent relay", given);
      expect(again.code).to.equal(1);
      expect(again.stdout)
        .to.match(/^Rejected +2$/m)
        .and.to.contain(`${mixed}[1]`);
      expect(again.stderr).to.contain("ChangesRejected: ");
    });

    it("signs every verb without sending anything", async () => {
      const from = way.relayedGrant;
      const sign = async (verb: string, more: object = {}) =>
        await json<SignedChange>(world, "consent sign", { verb, scope: SCOPE, from, ...more });
      const until = Math.floor(Date.UTC(2080, 0, 1) / 1000);
      expect((await sign("resume", { deadline: "2080-01-01" })).authorisation.deadline).to.equal(until);
      expect((await sign("suspend", { minVersion: "0" })).change).to.include({ minVersion: 0 });
      expect((await sign("withdraw", { extent: "no-further-access" })).change).to.include({ extent: 2, minVersion: 1 });
      const { word } = await json<Consent>(world, "consent show", { scope: SCOPE, participant: from });
      expect(word.version).to.equal(1);
    });
  });

  describe("dataset", () => {
    it("is anchored by the digests of its files", async () => {
      expect(way.dataset.record).to.include({ custodian: ids.biobank, scopeId: scopeIdOf(SCOPE), level: "Individual" });
      const shown = await json(world, "dataset show", { dataset: way.dataset.datasetId });
      expect(shown).to.deep.include({ datasetId: way.dataset.datasetId, record: way.dataset.record, version: 1 });
      const text = await words(world, "dataset show", { dataset: way.dataset.datasetId });
      expect(text)
        .to.match(/^Standing +yes$/m)
        .and.to.match(/^Replaces +nothing$/m);
    });

    it("is verified whole and by chunk", async () => {
      const given = { dataset: way.dataset.datasetId, files: [cohort] };
      expect(await json(world, "dataset verify", given)).to.include({ verified: true, isStanding: true });
      const one = await json<{ chunk: { index: number }; proof: Hex[] }>(world, "dataset verify", {
        ...given,
        chunk: "0",
        file: "cohort.vcf",
      });
      expect(one.chunk.index).to.equal(0);
      expect(await words(world, "dataset verify", given)).to.contain("every byte");
    });

    it("is told from files that differ, in content or in name", async () => {
      const dataset = way.dataset.datasetId;
      const altered = write(world, "cohort.vcf", readFileSync(cohort, "utf8").replace("0/1", "1/1"));
      const content = await error(world, "dataset verify", { dataset, files: [altered] });
      expect(content.name).to.equal("DatasetMismatch");
      expect(content.message).to.contain("not what was anchored");
      const renamed = write(world, "renamed.vcf", readFileSync(cohort, "utf8"));
      expect((await error(world, "dataset verify", { dataset, files: [renamed] })).message).to.contain("names");
      const chunk = await error(world, "dataset verify", { dataset, files: [altered], chunk: "0" });
      expect(chunk.name).to.equal("DatasetMismatch");
    });

    it("is told from an anchor whose digests contradict each other", async () => {
      const record = { ...way.dataset.record, contentDigest: digest(5) };
      const { datasetId } = await asClient(world, world.accounts.biobank, (client) =>
        anchorDataset(client, { record }),
      );
      const refused = await error(world, "dataset verify", { dataset: datasetId, files: [cohort] });
      expect(refused.name).to.equal("DatasetMismatch");
    });

    it("has versions, and can be retracted", async () => {
      const { biobank: from } = world.accounts;
      const files = [write(world, "a.txt", "a"), write(world, "b.txt", "b".repeat(9))];
      const first = await json<{ datasetId: Hex }>(world, "dataset anchor", {
        files,
        scope: SCOPE,
        terms: way.general.digest,
        level: "aggregate",
        minimumCell: "12",
        deidentification: "anonymised",
        method: digest(8),
        reviewer: IDS.committee,
        successor: IDS.university,
        chunkSize: "4",
        from,
      });
      const verified = { dataset: first.datasetId, files, chunkSize: "4", chunk: "2", file: "b.txt" };
      expect(await json(world, "dataset verify", verified)).to.deep.include({ verified: true });
      writeFileSync(files[0]!, "A");
      const next = await json<{ datasetId: Hex; record: object }>(world, "dataset anchor-version", {
        dataset: first.datasetId,
        files,
        level: "model",
        from,
      });
      expect(next.record).to.include({ previous: first.datasetId, level: "Model", termsDigest: way.general.digest });
      expect(next.record).to.deep.include({
        minimumCell: 0,
        successor: ids.university,
        deidentification: { class: "Anonymised", method: digest(8), reviewer: ids.committee },
      });
      expect(await json(world, "dataset show", { dataset: next.datasetId })).to.include({ version: 2 });
      await json(world, "dataset retract", { dataset: next.datasetId, from });
      expect(await words(world, "dataset show", { dataset: next.datasetId })).to.contain("it is retracted");
      expect((await error(world, "dataset retract", { dataset: next.datasetId, from })).name).to.equal(
        "DatasetIsRetracted",
      );
    });
  });

  describe("dataset lineage", () => {
    it("follows what derives from a dataset, and its versions", async () => {
      const { biobank: from } = world.accounts;
      const anchor = async (name: string, parents?: readonly Hex[]) => {
        const files = [write(world, `${name}.txt`, name)];
        const given = { files, scope: SCOPE, terms: "1", parents: parents?.join(", "), from };
        return (await json<{ datasetId: Hex }>(world, "dataset anchor", given)).datasetId;
      };
      const source = await anchor("source");
      const derived = await anchor("derived", [source]);
      const both = await anchor("derived twice", [derived, source]);
      expect(await json(world, "dataset show", { dataset: both })).to.deep.include({ depth: 2, isStanding: true });
      const dryRun = { files: [cohort], scope: SCOPE, terms: "1", parents: both, dryRun: true, from };
      expect(await json(world, "dataset anchor", dryRun)).to.include({ dryRun: true });

      const mended = write(world, "mended.txt", "mended");
      const versioned = { dataset: derived, files: [mended], from };
      const next = await json<{ datasetId: Hex; record: object }>(world, "dataset anchor-version", versioned);
      expect(next.record).to.deep.include({ previous: derived, parents: [source] });
      const parentless = { ...versioned, files: [write(world, "collected.txt", "collected")], parents: "none" };
      const collected = await json<{ datasetId: Hex }>(world, "dataset anchor-version", parentless);

      await json(world, "dataset retract", { dataset: source, from });
      const traced = await json<Record<string, readonly { datasetId: Hex; isStanding: boolean }[]>>(
        world,
        "dataset lineage",
        { dataset: source },
      );
      const standing = (list: keyof typeof traced) =>
        traced[list]?.map(({ datasetId, isStanding }) => [datasetId, isStanding]);
      expect(standing("descendants")).to.deep.equal([
        [derived, false],
        [both, false],
        [next.datasetId, false],
      ]);
      const text = await words(world, "dataset lineage", { dataset: derived });
      expect(text)
        .to.match(new RegExp(`^Comes from +${source} \\(Individual, retracted\\)$`, "m"))
        .and.to.match(new RegExp(`^Goes into +${both} \\(Individual, of retracted origin\\)$`, "m"))
        .and.to.match(new RegExp(`^Version 2 +${collected.datasetId} \\(Individual\\)$`, "m"))
        .and.to.match(/^Standing +no, /m);
      expect((await error(world, "dataset anchor", { ...dryRun, parents: derived })).name).to.equal(
        "DatasetIsRetracted",
      );
    });
  });

  describe("dataset mirrors", () => {
    it("attest the copy on offer, and withdraw", async () => {
      const { biobank, university: from } = world.accounts;
      const dataset = way.dataset.datasetId;
      expect(await words(world, "dataset mirrors", { dataset })).to.match(/^Copy +none is offered$/m);
      const copy = write(world, "copy.enc", "encrypted");
      expect(await json(world, "dataset offer-copy", { dataset, copy, dryRun: true, from: biobank })).to.include({
        dryRun: true,
      });
      const offered = await json(world, "dataset offer-copy", { dataset, copy, from: biobank });
      expect(offered).to.include({ datasetId: dataset, bytes: 9, offer: 1 });
      const rotten = write(world, "rotten.enc", "encrypteD");
      expect((await error(world, "dataset attest-mirror", { dataset, copy: rotten, from })).name).to.equal(
        "DatasetCopyMismatch",
      );
      const attested = await words(world, "dataset attest-mirror", { dataset, copy, from });
      expect(attested).to.match(new RegExp(`^Mirror +${ids.university}$`, "m"));
      const shown = await json<{ mirrors: readonly object[] }>(world, "dataset show", { dataset });
      expect(shown.mirrors[0]).to.include({ institutionId: ids.university, isFresh: true });
      await json(world, "dataset offer-copy", { dataset, copy: rotten, from: biobank });
      expect(await words(world, "dataset mirrors", { dataset }))
        .to.contain("counts no more")
        .and.to.match(/^Fresh mirrors +0$/m);
      await json(world, "dataset withdraw-mirror", { dataset, from });
      expect((await json<{ mirrors: unknown }>(world, "dataset mirrors", { dataset })).mirrors).to.deep.equal([]);
    });
  });

  describe("dataset claim", () => {
    it("passes custody to the named successor once the custodian is expelled", async () => {
      const { governance, participants } = world.accounts;
      const [, , , , , , , lost, goesOn] = participants as [...Address[]];
      const hospitals = { lost: "https://ror.org/lost", goesOn: "https://ror.org/goes-on" };
      for (const [name, account] of [
        ["lost", lost],
        ["goesOn", goesOn],
      ] as const) {
        const profile = { roles: "custodian", type: "hospital", region: "DK" };
        const admission = { institution: hospitals[name], account, ...profile, from: governance };
        await json(world, "institution admit", admission);
      }
      const { datasetId: dataset } = await json<{ datasetId: Hex }>(world, "dataset anchor", {
        files: [write(world, "kept.txt", "kept")],
        scope: SCOPE,
        terms: "1",
        successor: hospitals.goesOn,
        from: lost,
      });
      expect((await error(world, "dataset claim", { dataset, from: goesOn })).name).to.equal("DatasetNotSuccessor");
      await asClient(world, governance, async (client) => {
        await expelInstitution(client, { institutionId: institutionIdOf(hospitals.lost) });
      });
      const claimed = await json(world, "dataset claim", { dataset, from: goesOn });
      const custodian = institutionIdOf(hospitals.goesOn);
      expect(claimed).to.include({ custodian, previousCustodian: institutionIdOf(hospitals.lost) });
      expect(await json(world, "dataset show", { dataset })).to.include({ custodian });
      const versioned = { dataset, files: [write(world, "kept-on.txt", "kept on")], from: goesOn };
      const next = await json<{ record: object }>(world, "dataset anchor-version", versioned);
      expect(next.record).to.include({ custodian, successor: zeroHash });
    });
  });

  describe("dataset proofs", () => {
    it("of a chunk and of a participant are checked by whoever has them alone", async () => {
      const dataset = way.dataset.datasetId;
      const chunkProof = join(world.directory, "chunk-proof.json");
      await json(world, "dataset verify", { dataset, files: [cohort], chunk: "0", out: chunkProof });
      const bytes = write(world, "chunk.bin", readFileSync(cohort).subarray(0, 65_536).toString());
      const checked = await json(world, "dataset check-proof", { proof: chunkProof, bytes });
      expect(checked).to.deep.include({ datasetId: dataset, verified: true, isStanding: true });
      const refused = await error(world, "dataset check-proof", { proof: chunkProof, bytes: ontologyFile });
      expect(refused.name).to.equal("DatasetMismatch");

      const [participant] = way.ids as [Hex];
      const personProof = join(world.directory, "participant-proof.json");
      const proving = { dataset, participant, participants: way.participants };
      const proved = await words(world, "dataset prove-participant", { ...proving, out: personProof });
      expect(proved).to.match(/^Proved +0x/);
      expect(await words(world, "dataset check-proof", { proof: personProof })).to.contain(participant);
      const again = await error(world, "dataset prove-participant", { ...proving, out: personProof });
      expect(again.name).to.equal("FileNotWritten");
      const unexpected = await error(world, "dataset check-proof", { proof: personProof, bytes });
      expect(unexpected.name).to.equal("ArgumentUnexpected");

      const other = write(world, "other-participants.txt", [participant, digest(5)].join("\n"));
      const mismatch = await error(world, "dataset prove-participant", { ...proving, participants: other });
      expect(mismatch.name).to.equal("DatasetMismatch");
      const forged = { ...(JSON.parse(readFileSync(personProof, "utf8")) as object), participantId: digest(5) };
      const forgery = write(world, "forged-proof.json", forged);
      expect((await error(world, "dataset check-proof", { proof: forgery })).name).to.equal("DatasetMismatch");
    });
  });

  describe("scope policy", () => {
    it("sets each layer, shows it, and takes it back", async () => {
      const { committee, governance } = world.accounts;
      const group = digest(21);
      const set = async (given: object, from: Address) =>
        await words(world, "scope policy", { scope: SCOPE, ...given, from });
      expect(await set({ coConsent: group, dryRun: true }, committee)).to.contain("Nothing was sent.");
      expect(await set({ coConsent: group }, committee)).to.match(/^Co-consent +0x/m);
      expect(await set({ committeeTerms: "1" }, committee)).to.contain(way.general.digest);
      expect(await set({ jurisdictionTerms: way.general.digest }, governance)).to.contain(way.general.digest);
      const { policy } = await json<{ policy: object }>(world, "scope show", { scope: SCOPE });
      const { digest: terms } = way.general;
      expect(policy).to.deep.equal({ group, committeeTerms: terms, jurisdictionTerms: terms });
      await set({ coConsent: "none" }, committee);
      await set({ committeeTerms: "none" }, committee);
      await set({ jurisdictionTerms: "none" }, governance);
      const text = await words(world, "scope show", { scope: SCOPE });
      expect(text)
        .to.match(/^Co-consent +none$/m)
        .and.to.match(/^Committee's terms +none$/m)
        .and.to.match(/^Jurisdiction's terms +none$/m);
    });

    it("sets one part at a time", async () => {
      const given = { scope: SCOPE, from: world.accounts.committee };
      expect((await error(world, "scope policy", given)).name).to.equal("ArgumentMissing");
      const both = { ...given, coConsent: "none", committeeTerms: "none" };
      expect((await error(world, "scope policy", both)).name).to.equal("ArgumentMissing");
    });
  });

  describe("fact", () => {
    it("is stated by a licensee, approved by a committee, and shown", async () => {
      const { university, committee } = world.accounts;
      const purpose = write(world, "stated.json", { kinds: ["DS"], diseases: ["MONDO:9900010"], publication: true });
      const state = { purpose, facts: "publication,users", document: digest(11), from: university };
      expect(await words(world, "fact state", { ...state, dryRun: true })).to.contain("Nothing was sent.");
      const stated = await json<{ purposeDigest: Hex }>(world, "fact state", state);
      expect(stated).to.deep.include({ facts: ["publication", "users"] });
      const approval = { purpose, licensee: IDS.university, document: digest(12), from: committee };
      const until = "2090-06-30T00:00:00Z";
      expect(await json(world, "fact approve", { ...approval, until })).to.include({ untilIso: until });
      const show = { purpose: stated.purposeDigest, licensee: IDS.university };
      const shown = { facts: ["publication", "users"], statements: 1, committee: institutionIdOf(IDS.committee) };
      expect(await json(world, "fact show", show)).to.deep.include({ ...shown, ethicsUntilIso: until });
      expect(await words(world, "fact approve", { ...approval, until: "now" })).to.match(/^Committee +0x/m);
      expect(await words(world, "fact state", { ...state, facts: "none" })).to.match(/^Facts +none$/m);
      expect(await words(world, "fact show", show)).to.match(/^Statements +2$/m);
    });

    it("says what is missing or unknown", async () => {
      const from = world.accounts.university;
      const state = { purpose: digest(1), facts: "publication", document: digest(2), from };
      expect((await error(world, "fact state", { ...state, facts: "goodwill" })).name).to.equal("ArgumentInvalid");
      expect((await error(world, "fact state", { ...state, facts: undefined })).name).to.equal("ArgumentMissing");
      const none = await words(world, "fact show", { purpose: digest(1), licensee: IDS.company });
      expect(none)
        .to.match(/^Facts +none$/m)
        .and.to.match(/^Committee +none$/m)
        .and.to.match(/^Approved until +no$/m);
    });
  });

  describe("licence", () => {
    it("is decided with the terms of the scope, whose answers are kept", () => {
      expect(way.decided).to.deep.include({ licenceId: way.licence, outcome: "APPROVE", reasons: [] });
      const results = (way.decided.terms as { number: number; result: string }[]).map(({ result }) => result);
      expect(results).to.deep.equal(["kept", "kept"]);
    });

    it("is denied to who is for profit, with the reason", () => {
      expect(way.refusal).to.deep.include({ outcome: "DENY", reasons: ["dataset:NPU_NOT_FOR_PROFIT"] });
      const results = (way.refusal.terms as { result: string }[]).map(({ result }) => result);
      expect(results).to.deep.equal(["keptBefore", "keptBefore"]);
    });

    it("shows its status, purpose and progress", async () => {
      const shown = await json(world, "licence show", { licence: way.licence });
      expect(shown).to.deep.include({
        status: "Effective",
        purpose: { kinds: ["DS"], unattested: [], diseases: ["MONDO:9900010"] },
      });
      const text = await words(world, "licence show", { licence: way.licence });
      expect(text)
        .to.match(/^Until +2090-06-30T00:00:00Z \(\d+\)$/m)
        .and.to.match(/^Terminated +no$/m);
      expect(await words(world, "licence show", { licence: way.refused.licenceId })).to.match(/^Status +Denied$/m);
    });

    it("covers who permits it, and counts the others by reason", async () => {
      expect(way.coverage).to.include({ participants: 4, covered: 3 });
      expect(way.coverage.byReason).to.deep.equal({ "consent:STATE_NONE": 1 });
      expect(way.coverageAfter).to.include({ participants: 4, covered: 2 });
      expect(way.coverageAfter.byReason).to.deep.equal({ "consent:STATE_NONE": 1, "consent:STATE_WITHDRAWN": 1 });
      const given = { licence: way.licence, participants: way.participants, each: true };
      const each = await json<Coverage>(world, "licence coverage", given);
      expect(each.answers?.map(({ isEffective }) => isEffective)).to.deep.equal([true, true, false, false]);
      const one = await words(world, "licence coverage", { licence: way.licence, participants: way.leaving });
      expect(one)
        .to.contain("0 of 1")
        .and.to.match(/^Participant +0x[0-9a-f]{64} +consent:STATE_WITHDRAWN$/m);
    });

    it("leaves terms unproven without the ontology, and a request undecided by them", async () => {
      const { university: from } = world.accounts;
      const purpose = write(world, "other.json", { kinds: ["DS"], diseases: ["MONDO:9900019"] });
      const request = { dataset: way.dataset.datasetId, purpose, until: "2090-01-01" };
      const { licenceId: licence } = await json<{ licenceId: string }>(world, "licence request", { ...request, from });
      const text = await words(world, "licence decide", { licence });
      expect(text)
        .to.match(/^Terms 2 +unproven: give --ontology/m)
        .and.to.contain("dataset:UNPROVEN");
      const proved = await json(world, "licence decide", { licence, ontology: ontologyFile });
      expect(proved).to.deep.include({ outcome: "DENY", reasons: ["dataset:DS_NOT_COVERED"] });
    });

    it("takes a committee's resolution and refusal, and ends by termination", async () => {
      const { university: from, committee, biobank } = world.accounts;
      const purpose = write(world, "control.json", { kinds: ["CTRL"], diseases: ["MONDO:9900010"] });
      const request = { dataset: way.dataset.datasetId, purpose, until: "2090-01-01", from };
      const { licenceId: licence } = await json<{ licenceId: string }>(world, "licence request", request);
      expect(await words(world, "licence decide", { licence, ontology: ontologyFile })).to.match(/^Outcome +MANUAL$/m);
      const resolution = { licence, reasons: ["dataset:CTRL_NEEDS_REVIEW"], explanation: digest(4), from: committee };
      const resolved = await json(world, "licence resolve", resolution);
      expect(resolved).to.deep.include({ termsDigest: way.disease.digest, reasons: ["dataset:CTRL_NEEDS_REVIEW"] });
      const vote = { licence, vote: "refuse", explanation: digest(5), from: committee };
      expect(await words(world, "licence vote", vote)).to.match(/^Vote +Refuse$/m);
      expect(await words(world, "licence show", { licence })).to.match(/^Status +Refused$/m);
      const issue = await error(world, "licence issue", { licence, agreement: digest(6), from: biobank });
      expect(issue.name).to.equal("LicenceStepNotOpen");
      await json(world, "licence terminate", { licence, explanation: digest(8), from: biobank });
      expect(await words(world, "licence show", { licence })).to.match(/^Status +Terminated$/m);
    });
  });

  describe("audit", () => {
    it("shows an entry", async () => {
      const shown = await json(world, "audit show", { entry: way.lawful.index });
      expect(shown).to.deep.include({ index: way.lawful.index, isLate: false });
      expect(await words(world, "audit show", { entry: way.lawful.index })).to.match(/^Participants +2$/m);
    });

    it("proves an access before the withdrawal lawful, and one after it unlawful", async () => {
      const participant = way.leaving;
      const before = { entry: way.lawful.index, participant, access: way.access };
      expect(await json(world, "audit prove", before)).to.include({ isLawful: true, lawfulness: "Lawful" });
      const later = { entry: way.unlawful.index, participant, access: way.accessAfter };
      expect(await json(world, "audit prove", later)).to.include({ isLawful: false, lawfulness: "NotPermitted" });
      expect(await words(world, "audit prove", { ...later, participant: way.ownGrant })).to.contain("Lawful: ");
    });

    it("packages a proof that is checked with block hashes alone", async () => {
      const given = { entry: way.lawful.index, participant: way.leaving, access: way.access };
      const out = join(world.directory, "lawfulness.json");
      const made = await json<{ blockHashes: Record<string, Hex> }>(world, "audit package", { ...given, out });
      expect(made).to.include({ isLawful: true, lawfulness: "Lawful", file: out });
      expect((await error(world, "audit package", { ...given, out })).name).to.equal("FileNotWritten");
      const hash = Object.entries(made.blockHashes)
        .map((pair) => pair.join("="))
        .join(", ");
      const checked = await json(world, "audit check", { proof: out, hash, record: world.record });
      expect(checked).to.include({ isLawful: true, lawfulness: "Lawful", index: way.lawful.index });
      const hashes = write(world, "hashes.json", made.blockHashes);
      const text = await words(world, "audit check", { proof: out, hashes });
      expect(text)
        .to.contain("Lawful: ")
        .and.to.match(/^Claimed block +\d+, \d{4}-/m);

      const [number = ""] = Object.keys(made.blockHashes);
      const wrong = await error(world, "audit check", { proof: out, hash: `${number}=${digest(9)}` });
      expect(wrong.name).to.equal("ProofBlockUntrusted");
      const document = JSON.parse(readFileSync(out, "utf8")) as { leaf: object };
      const tampered = write(world, "tampered.json", { ...document, leaf: { ...document.leaf, version: 9 } });
      const refused = await error(world, "audit check", { proof: tampered, hashes });
      expect(refused).to.deep.include({ name: "ProofInvalid", args: { path: "$.leaf" } });
      expect((await error(world, "audit check", { proof: hashes, hashes })).name).to.equal("ProofMalformed");

      const later = { entry: way.unlawful.index, participant: way.leaving, access: way.accessAfter };
      await world.later();
      const printed = await json<LawfulnessProof>(world, "audit package", later);
      expect(printed).to.include({ format: 1, index: way.unlawful.index });
      const atBlock = String(BigInt(printed.logBlock.number) - 1n);
      expect((await json<LawfulnessProof>(world, "audit package", { ...later, atBlock })).logBlock.number).to.equal(
        atBlock,
      );
      const unlawful = join(world.directory, "unlawful.json");
      expect(await words(world, "audit package", { ...later, out: unlawful })).to.contain("NotPermitted: ");
    });

    it("counts what may be published", async () => {
      const { counts } = await json<{ counts: unknown[] }>(world, "audit counts");
      expect(counts, "no access was to ten people").to.deep.equal([]);
      expect(await words(world, "audit counts", { atBlock: "1" })).to.match(/^Counts +rounded to 10; /m);
      const given = { licence: way.licence, participants: way.participants, public: true };
      const coverage = await json(world, "licence coverage", given);
      expect(coverage).to.deep.include({ participants: null, covered: null, notCovered: null, byReason: {} });
      expect(await words(world, "licence coverage", given))
        .to.match(/^Covered +fewer than 10$/m)
        .and.not.to.contain("STATE_NONE");
      expect((await error(world, "licence coverage", { ...given, each: true })).name).to.equal("ArgumentUnexpected");
    });

    it("logs nothing where the access cannot be kept, and keeps nothing that is refused", async () => {
      const { biobank, outsider } = world.accounts;
      const log = { licence: way.licence, participants: way.participants, agent: digest(1), workflow: digest(2) };
      const kept = await error(world, "audit log", { ...log, out: way.access, from: biobank });
      expect(kept.name).to.equal("FileNotWritten");
      const out = join(world.directory, "refused.json");
      expect((await error(world, "audit log", { ...log, out, from: outsider })).name).to.equal(
        "AccessManagedUnauthorized",
      );
      expect(existsSync(out)).to.be.false;
      const next = { entry: String(Number(way.unlawful.index) + 1) };
      expect((await error(world, "audit show", next)).name).to.equal("NotFound");
    });

    it("refuses an access that is not the entry's, and a participant who is not in it", async () => {
      const other = { entry: way.unlawful.index, participant: way.leaving, access: way.access };
      expect((await error(world, "audit prove", other)).name).to.equal("AuditLeafUnproven");
      const outsider = { ...other, participant: way.absent };
      expect((await error(world, "audit prove", outsider)).message).to.contain("not among the participants");
    });
  });

  describe("provenance", () => {
    const LABORATORY = "https://ror.org/laboratory";
    const [evidence, workflow] = [digest(11), digest(12)];
    let laboratory: Address;
    let specimen: string;
    let aliquots: readonly string[];
    let derived: string;

    /** Times that many seconds before the chain's, each activity of a second. */
    const ago = async (seconds: number) => {
      const now = await clockOf(world);
      return { started: String(now - seconds), ended: String(now - seconds + 1) };
    };

    before(async () => {
      const { biobank, university, governance, participants } = world.accounts;
      laboratory = participants[4]!;
      const profile = { roles: "processor", type: "company", region: "DK" };
      const admission = { institution: LABORATORY, account: laboratory, ...profile, from: governance };
      await json(world, "institution admit", admission);
      const kept = join(world.directory, "specimen.json");
      const collected = { scope: SCOPE, participant: way.absent, material: "BLD", out: kept, ...(await ago(900)) };
      const registered = await json<{ sampleId: string }>(world, "provenance specimen", {
        ...collected,
        from: biobank,
      });
      specimen = registered.sampleId;
      const parts = { source: specimen, count: "2", agent: cohort, plan: digest(10), ...(await ago(800)) };
      aliquots = (await json<{ sampleIds: string[] }>(world, "provenance aliquot", { ...parts, from: biobank }))
        .sampleIds;
      const left = (await ago(700)).started;
      await json(world, "provenance offer", { to: LABORATORY, samples: [aliquots[0]], left, from: biobank });
      const arrived = (await ago(600)).started;
      await json(world, "provenance accept", { samples: [aliquots[0]], arrived, from: laboratory });
      const files = [write(world, "reads.txt", "reads")];
      const reads = await json<{ datasetId: string }>(world, "dataset anchor", {
        files,
        scope: SCOPE,
        terms: "2",
        from: biobank,
      });
      const sequenced = { sample: aliquots[0], datasets: [reads.datasetId], ...(await ago(500)), from: laboratory };
      await json(world, "provenance sequence", sequenced);
      await world.later();
      await world.later();
      const parents = way.dataset.datasetId;
      const made = { files: [write(world, "counts.txt", "counts")], scope: SCOPE, terms: "2", parents };
      derived = (await json<{ datasetId: string }>(world, "dataset anchor", { ...made, from: biobank })).datasetId;
      const analysed = {
        ...{ licence: way.licence, inputs: [way.dataset.datasetId, reads.datasetId], workflow, workflowVersion: "2.1" },
        ...{ outputs: derived, results: `${cohort},${digest(13)}`, ...(await ago(4)), from: university },
      };
      await json(world, "provenance analyse", analysed);
      const copies = { licence: way.licence, evidence, ...(await ago(1)), from: university };
      await json(world, "provenance destroy-copies", copies);
      await json(world, "provenance destroy", { samples: [specimen], evidence, ...(await ago(1)), from: biobank });
    });

    it("shows a sample, and keeps what opens it", async () => {
      expect(await words(world, "provenance show", { sample: specimen })).to.match(/^Destroyed +\d{4}-/m);
      expect(await json(world, "provenance show", { sample: aliquots[0] })).to.deep.include({
        kind: "Aliquot",
        keeper: institutionIdOf(LABORATORY),
        custodian: ids.biobank,
      });
      const kept = JSON.parse(readFileSync(join(world.directory, "specimen.json"), "utf8")) as Record<string, Hex>;
      const { participantId, salt, commitment } = kept as { participantId: Hex; salt: Hex; commitment: Hex };
      expect(participantId).to.equal(participantIdOf(way.absent));
      expect(opensParticipantCommitment(commitment, scopeIdOf(SCOPE), participantId, salt)).to.be.true;
    });

    it("traces both ways", async () => {
      const back = await json<Graph>(world, "provenance trace", { entity: derived });
      expect(back.entities.map(({ key }) => key)).to.include(`specimen:${specimen}`);
      expect(back.activities.map(({ kind }) => kind)).to.include.members(["Collection", "Sequencing", "Analysis"]);
      const forward = await words(world, "provenance trace", { entity: specimen, forward: true });
      expect(forward)
        .to.contain(`dataset:${derived}`)
        .and.to.match(/^Activity \d+ +Analysis by /m);
      const result = /result:\S+?(?=,|$)/m.exec(forward)?.[0];
      expect(await words(world, "provenance trace", { entity: result, back: true })).to.contain(
        `aliquot:${aliquots[0]}`,
      );
      expect(await words(world, "provenance trace", { entity: aliquots[1] })).to.not.contain("Analysis");
      const both = await error(world, "provenance trace", { entity: specimen, back: true, forward: true });
      expect(both.name).to.equal("ArgumentUnexpected");
      expect((await error(world, "provenance trace", { entity: digest(99) })).name).to.equal("ArgumentInvalid");
    });

    it("exports PROV-JSON that is valid, once", async () => {
      const file = join(world.directory, "prov.json");
      const exported = await json(world, "provenance export", { file });
      expect(exported).to.include({ file, format: "prov-json" });
      const document = JSON.parse(readFileSync(file, "utf8")) as ProvDocument;
      expect(checkProvConstraints(document)).to.deep.equal([]);
      expect(document.entity).to.include.keys(`specimen:${specimen}`, `dataset:${derived}`);
      expect((await error(world, "provenance export", { file })).name).to.equal("FileNotWritten");
      const other = { file: join(world.directory, "provAgain.json"), format: "turtle" };
      expect((await error(world, "provenance export", other)).name).to.equal("ArgumentInvalid");
      expect(await words(world, "provenance export", { file: other.file })).to.match(/^Constraints +all hold$/m);
    });

    it("cancels an offer, and sends nothing on a dry run", async () => {
      const { biobank } = world.accounts;
      const offer = { to: LABORATORY, samples: [aliquots[1]], left: (await ago(1)).started, from: biobank };
      expect(await json(world, "provenance offer", { ...offer, dryRun: true })).to.include({ dryRun: true });
      expect(await words(world, "provenance offer", offer)).to.match(/^Offered to +0x/m);
      expect(await words(world, "provenance cancel", { samples: [aliquots[1]], from: laboratory })).to.contain("1");
      const specimens = { scope: SCOPE, participant: way.absent, material: "BLD", salt: digest(9), ...(await ago(9)) };
      const rehearsed = await words(world, "provenance specimen", { ...specimens, from: biobank, dryRun: true });
      expect(rehearsed).to.contain("Nothing was sent.");
    });

    it("is refused what the registry refuses, and leaves no file", async () => {
      const { biobank, outsider } = world.accounts;
      const times = await ago(1);
      const part = { source: specimen, labels: digest(20), ...times, from: biobank };
      expect((await error(world, "provenance aliquot", part)).name).to.equal("ProvenanceSampleDestroyed");
      const out = join(world.directory, "nothing.json");
      const collected = { scope: SCOPE, participant: way.absent, material: "BLD", out, ...times };
      expect((await error(world, "provenance specimen", { ...collected, from: outsider })).name).to.equal("NotFound");
      const future = { ...collected, started: "2099-01-01", ended: "2099-01-02", from: biobank };
      expect((await error(world, "provenance specimen", future)).name).to.equal("ProvenanceTimesInvalid");
      expect(existsSync(out)).to.be.false;
    });
  });

  describe("export", () => {
    const directory = join(examples, "directory.json");
    const scope = SCOPE;
    const keys = () => write(world, "keys.json", [{ scope, participant: way.leaving }]);
    const made = async (verb: string, given: Readonly<Record<string, unknown>>, name: string) => {
      const document = await json(world, `export ${verb}`, given);
      expect(await words(world, `export ${verb}`, given)).to.equal(`${JSON.stringify(document, null, 2)}\n`);
      const file = write(world, name, document);
      expect(await json(world, "export verify", { document: file })).to.include({ isTrue: true, isPinned: true });
      return document;
    };

    it("makes a receipt and a FHIR Consent, and verifies them", async () => {
      const about = { scope, participant: way.leaving, directory };
      const receipt = await made("receipt", about, "receipt.json");
      expect(receipt).to.include({ "concord:status": "Withdrawn" });
      const fhir = await made("fhir", about, "fhir.json");
      expect(fhir).to.include({ resourceType: "Consent", status: "inactive", decision: "deny" });
    });

    it("makes them as of a block", async () => {
      const { block } = (
        await json<{ concord: { block: { number: number } } }>(world, "export visa", {
          licence: way.licence,
          issuer: "https://gateway.example",
          source: IDS.committee,
        })
      ).concord;
      const about = { scope, participant: way.ownGrant, atBlock: String(block.number) };
      expect(await made("receipt", about, "receipt-at.json")).to.include({ "concord:status": "Active" });
      expect((await error(world, "export receipt", { ...about, atBlock: "1000000" })).name).to.equal("NotFound");
    });

    it("makes visa claims for a licence in force", async () => {
      const given = { licence: way.licence, issuer: "https://gateway.example", source: IDS.committee, lifetime: "60" };
      const { iat, exp } = (await made("visa", given, "visa.json")) as unknown as { iat: number; exp: number };
      expect(exp - iat).to.equal(60);
      const refused = await error(world, "export visa", { ...given, licence: way.refused.licenceId });
      expect(refused).to.deep.include({ name: "LicenceNotEffective" });
    });

    it("makes a data package with the participant's own leaves, as JSON and as Markdown", async () => {
      const given = { keys: keys(), accesses: [way.access, way.accessAfter], directory };
      const { article15 } = (await made("access", given, "package.json")) as unknown as {
        article15: { accesses: { lawfulness: string }[] };
      };
      expect(article15.accesses.map(({ lawfulness }) => lawfulness)).to.deep.equal(["Lawful", "NotPermitted"]);
      expect(await words(world, "export access", { ...given, markdown: true })).to.match(/^# Data package/);
      const text = await run(world, "export access", { ...given, markdown: true, json: true });
      expect(text.stdout).to.contain("ArgumentUnexpected");
    });

    it("makes a record of processing and an accounting of disclosures", async () => {
      const record = await made("processing", { custodian: IDS.biobank, directory }, "processing.json");
      expect(record.activities).to.not.be.empty;
      const markdown = { custodian: IDS.biobank, markdown: true };
      expect(await words(world, "export processing", markdown)).to.match(/^# Record of processing/);
      const protocols = write(world, "protocols.json", [
        { licence: way.licence, name: "Compass drift", description: "Why compasses drift" },
      ]);
      const given = { keys: keys(), accesses: [way.access], protocols, since: "2026-01-01" };
      const { disclosures } = await made("disclosures", given, "disclosures.json");
      expect(disclosures).to.have.length(1);
    });

    it("writes a file that nobody else may read, once", async () => {
      const out = join(world.directory, "own-receipt.json");
      const given = { scope, participant: way.leaving, out };
      expect(await words(world, "export receipt", given)).to.equal(`Wrote ${out}.\n`);
      expect(statSync(out).mode & 0o777).to.equal(0o600);
      expect((await error(world, "export receipt", given)).name).to.equal("FileNotWritten");
      expect(await words(world, "export verify", { document: out })).to.match(/^Verified +every field of the receipt/);
    });

    it("says where an altered document differs", async () => {
      const receipt = await json(world, "export receipt", { scope, participant: way.leaving });
      const document = write(world, "altered.json", { ...receipt, "concord:status": "Active" });
      const { name, args } = await error(world, "export verify", { document });
      expect(name).to.equal("ExportMismatch");
      expect(args.differences).to.deep.equal([{ path: '$["concord:status"]', claimed: "Active", found: "Withdrawn" }]);
      const nothing = write(world, "nothing.json", {});
      expect((await error(world, "export verify", { document: nothing })).name).to.equal("ExportMalformed");
    });

    it("refuses files of another shape", async () => {
      const file = write(world, "other.json", { keys: [] });
      const list = write(world, "list-of-nothing.json", [null]);
      expect((await error(world, "export access", { keys: file })).name).to.equal("JsonFileError");
      expect((await error(world, "export access", { keys: list })).args).to.include({ path: "$[0]" });
      expect((await error(world, "export access", { keys: keys(), accesses: [file] })).name).to.equal("JsonFileError");
      const names = { scope, participant: way.leaving, directory: file };
      expect((await error(world, "export receipt", names)).name).to.equal("InvalidInput");
      expect((await error(world, "export visa", { licence: "1" })).name).to.equal("ArgumentMissing");
    });
  });

  describe("writing", () => {
    it("sends nothing on a dry run, and says what it would cost", async () => {
      const { governance, relayer } = world.accounts;
      const institution = "https://ror.org/dry";
      const profile = { roles: "auditor", type: "government-agency", region: "DK" };
      const admit = { institution, account: relayer, ...profile, from: governance, dryRun: true };
      expect(Number((await json(world, "institution admit", admit)).gas)).to.be.greaterThan(21_000);
      expect(await words(world, "institution admit", admit)).to.contain("Nothing was sent.");
      expect((await error(world, "institution show", { institution })).name).to.equal("InstitutionUnknown");
      const relay = { files: [way.signed], from: relayer, dryRun: true };
      expect(await json(world, "consent relay", relay)).to.include({ dryRun: true });
      const decide = { licence: way.refused.licenceId, dryRun: true };
      expect(await json(world, "licence decide", decide)).to.include({ dryRun: true });
      const suspend = { scope: SCOPE, from: relayer, dryRun: true };
      expect(await words(world, "consent suspend", suspend)).to.contain("Nothing was sent.");
    });

    it("is refused with the contract's error, decoded", async () => {
      const { outsider, university } = world.accounts;
      const taken = await error(world, "scope create", { scope: "Other", committee: IDS.committee, from: university });
      expect(taken.name).to.equal("AccessManagedUnauthorized");
      expect(taken.args).to.deep.equal({ caller: university });
      const dry = { scope: "Other", committee: IDS.committee, from: outsider, dryRun: true };
      expect((await error(world, "scope create", dry)).name).to.equal("AccessManagedUnauthorized");
      const unknown = await run(world, "scope show", { scope: "Nothing" });
      expect(unknown).to.include({ code: 1, stdout: "" });
      expect(unknown.stderr).to.match(/^ScopeUnknown: .*\nCheck the id, or create the scope first\.\n$/);
    });
  });
});
