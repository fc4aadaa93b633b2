import { existsSync } from "node:fs";
import { join } from "node:path";

import { expect } from "chai";
import { before, describe, it } from "mocha";

import { errorOf } from "../support/command.ts";
import { itRefuses, type Refusal } from "./refusals.ts";
import { digest, error, examples, run, startWorld, type World, write } from "./support.ts";

const ontology = join(examples, "ontology.json");
const terms = join(examples, "terms.json");
const purpose = join(examples, "purpose.json");
const cohort = join(examples, "cohort.vcf");
const ACCOUNT = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8";
const BAD_CHECKSUM = "0x70997970C51812dc3A010C7d01b50e0d17dc79c8";
const DATASET = digest(9);

const admit = { institution: "https://ror.org/x", account: ACCOUNT, roles: "auditor", type: "company", region: "DK" };
const ORCID = "0000-0002-1825-0097";
const SALT = `0x${"01".repeat(16)}`;
const grant = { scope: "Study", terms: "1", elements: "all" };
const log = { licence: "1", participants: "", agent: digest(1), workflow: digest(2) };
const ask = { dataset: DATASET, purpose, until: "2090-01-01" };
const approve = { licence: "1", vote: "approve", explanation: digest(1) };
const duty = { licence: "1", kind: "Destroy" };

const packaging = { entry: "0", participant: ACCOUNT, access: purpose };
const times = { started: "2026-01-01", ended: "2026-01-02" };
const specimen = { scope: "Study", participant: ACCOUNT, material: "BLD", salt: digest(1), ...times };
const anchoring = { files: [cohort], scope: "Study", terms: "1" };
const proving = { dataset: DATASET, participant: digest(1), participants: "" };

/** None of these gets as far as the chain. */
const ARGUMENTS: readonly Refusal[] = [
  // Names and ids
  ["scope show", { scope: "" }, "ArgumentInvalid", "scope"],
  ["scope show", { scope: " Study" }, "ArgumentInvalid", "scope"],
  ["scope show", { scope: "Stu\ndy" }, "ArgumentInvalid", "scope"],
  ["scope show", { scope: digest(1).slice(0, -1) }, "ArgumentInvalid", "neither an id nor a name"],
  ["scope show", { scope: `0X${"a".repeat(500)}` }, "ArgumentInvalid", /^.{1,160}$/],
  ["scope create", { scope: "Study" }, "ArgumentMissing", "committee"],
  ["scope create", { scope: "Study", committee: "0x12" }, "ArgumentInvalid", "committee"],
  ["institution show", { institution: BAD_CHECKSUM }, "ArgumentInvalid", "institution"],
  ["institution suspend", { institution: "\u0000" }, "ArgumentInvalid", "institution"],
  ["institution reinstate", { institution: "0x" }, "ArgumentInvalid", "institution"],
  ["dataset show", { dataset: "cohort" }, "ArgumentInvalid", "dataset"],
  ["dataset retract", { dataset: "0x12" }, "ArgumentInvalid", "dataset"],
  // Accounts
  ["institution admit", { ...admit, account: undefined }, "ArgumentMissing", "account"],
  ["institution admit", { ...admit, account: BAD_CHECKSUM }, "ArgumentInvalid", "checksum"],
  ["institution add-account", { institution: "x", account: "0x12" }, "ArgumentInvalid", "account"],
  ["institution remove-account", { account: "alice" }, "ArgumentInvalid", "account"],
  ["institution add-official", { institution: "x", account: "0x12" }, "ArgumentInvalid", "account"],
  ["institution remove-official", { account: "alice" }, "ArgumentInvalid", "account"],
  ["institution admit", { ...admit, from: "me" }, "ArgumentInvalid", "from"],
  ["institution admit", { ...admit, from: "me", dryRun: true }, "ArgumentInvalid", "from"],
  ["consent sign", { verb: "suspend", scope: "Study", from: "0x" }, "ArgumentInvalid", "from"],
  // Words
  ["institution admit", { ...admit, roles: undefined }, "ArgumentMissing", "roles"],
  ["institution admit", { ...admit, roles: "auditor,king" }, "ArgumentInvalid", '"king"'],
  ["institution admit", { ...admit, roles: "" }, "ArgumentInvalid", "roles"],
  ["institution admit", { ...admit, roles: "auditor,auditor" }, "ArgumentInvalid", "twice"],
  ["institution admit", { ...admit, type: undefined }, "ArgumentMissing", "type"],
  ["institution admit", { ...admit, type: "ResearchInstitute" }, "ArgumentInvalid", "type"],
  ["institution admit", { ...admit, region: undefined }, "ArgumentMissing", "region"],
  ["institution admit", { ...admit, region: "Denmark" }, "ArgumentInvalid", "region"],
  // Who is meant
  ["institution add-user", {}, "ArgumentMissing", "person"],
  ["institution add-user", { person: " " }, "ArgumentInvalid", "person"],
  ["institution add-user", { person: ` ${ORCID}` }, "ArgumentInvalid", "person"],
  ["institution add-user", { person: ORCID, salt: "0x01" }, "ArgumentInvalid", "salt"],
  ["institution add-user", { person: ORCID, commitment: digest(1) }, "ArgumentUnexpected", "twice"],
  ["institution add-user", { salt: SALT, commitment: digest(1) }, "ArgumentUnexpected", "twice"],
  ["institution add-user", { commitment: "0x12" }, "ArgumentInvalid", "commitment"],
  ["institution remove-user", { person: ORCID }, "ArgumentMissing", "salt"],
  ["institution remove-user", { salt: SALT }, "ArgumentMissing", "person"],
  ["institution expel", { institution: "0x" }, "ArgumentInvalid", "institution"],
  ["institution succeed", { institution: "x", successor: "0x" }, "ArgumentInvalid", "successor"],
  ["institution declare-conflict", { institution: "x" }, "ArgumentMissing", "document"],
  ["institution lift-conflict", { institution: "x", other: "y" }, "ArgumentMissing", "document"],
  ["institution lift-conflict", { institution: "x", other: "0x", document: digest(1) }, "ArgumentInvalid", "other"],
  ["scope claim", { scope: "" }, "ArgumentInvalid", "scope"],
  ["consent sign", { verb: "revoke", scope: "Study" }, "ArgumentInvalid", "verb"],
  ["consent withdraw", { scope: "Study", extent: "3" }, "ArgumentInvalid", "extent"],
  ["licence vote", { licence: "1", vote: "Approve", explanation: digest(1) }, "ArgumentInvalid", "vote"],
  ["licence vote", { ...approve, delivery: "InPlace" }, "ArgumentInvalid", "delivery"],
  ["licence vote", { ...approve, elements: "64" }, "ArgumentInvalid", "elements"],
  ["licence vote", { ...approve, until: "soon" }, "ArgumentInvalid", "until"],
  ["licence request", { ...ask, delivery: "export-all" }, "ArgumentInvalid", "delivery"],
  ["licence request", { ...ask, renews: "0" }, "ArgumentInvalid", "renews"],
  ["licence sign", { ...ask, holder: "me" }, "ArgumentInvalid", "holder"],
  ["licence sign", { ...ask, holder: ACCOUNT, delivery: "post" }, "ArgumentInvalid", "delivery"],
  ["licence sub-license", { licence: "1", holder: BAD_CHECKSUM, agreement: digest(1) }, "ArgumentInvalid", "holder"],
  ["duty accept", { ...duty, kind: "destroy" }, "ArgumentInvalid", "kind"],
  ["duty report", { ...duty, kind: "" }, "ArgumentInvalid", "kind"],
  ["duty impose", { licence: "1", duties: ["Destroy"] }, "ArgumentInvalid", "no duty with its date"],
  ["duty impose", { licence: "1", duties: ["Destroy=2090-01-01=x"] }, "ArgumentInvalid", "no duty with its date"],
  ["duty impose", { licence: "1", duties: ["Sing=2090-01-01"] }, "ArgumentInvalid", "duties"],
  ["scope policy", { scope: "Study", reviewCommittee: "0x12" }, "ArgumentInvalid", "review-committee"],
  ["dataset anchor", { files: [cohort], scope: "Study", terms: "1", level: "Individual" }, "ArgumentInvalid", "level"],
  ["dataset anchor", { ...anchoring, deidentification: "k-anonymous" }, "ArgumentInvalid", "deidentification"],
  ["dataset anchor", { ...anchoring, method: digest(1) }, "ArgumentUnexpected", "method"],
  ["dataset anchor", { ...anchoring, reviewer: "https://ror.org/x" }, "ArgumentUnexpected", "reviewer"],
  ["dataset anchor", { ...anchoring, minimumCell: "0" }, "ArgumentInvalid", "minimum-cell"],
  ["dataset anchor", { ...anchoring, parents: "cohort" }, "ArgumentInvalid", "parents"],
  ["dataset anchor", { ...anchoring, successor: "0x12" }, "ArgumentInvalid", "successor"],
  ["dataset anchor-version", { dataset: DATASET, files: [cohort], parents: "" }, "ArgumentInvalid", "parents"],
  ["dataset claim", { dataset: "0x12" }, "ArgumentInvalid", "dataset"],
  ["dataset lineage", { dataset: "cohort" }, "ArgumentInvalid", "dataset"],
  ["dataset mirrors", { dataset: "cohort" }, "ArgumentInvalid", "dataset"],
  ["dataset withdraw-mirror", { dataset: "cohort" }, "ArgumentInvalid", "dataset"],
  ["dataset offer-copy", { dataset: DATASET, copy: "missing" }, "ManifestError", "no such file"],
  ["dataset attest-mirror", { dataset: DATASET, copy: "missing" }, "ManifestError", "no such file"],
  ["dataset prove-participant", { ...proving, participant: "me" }, "ArgumentInvalid", "participant"],
  ["dataset prove-participant", { ...proving, participants: terms }, "ParticipantsError", "line 1"],
  ["dataset check-proof", { proof: terms }, "JsonFileError", "no proof"],
  ["dataset verify", { dataset: DATASET, files: [cohort], out: "proof.json" }, "ArgumentUnexpected", "--chunk"],
  // Participants
  ["consent show", { scope: "Study", participant: "CONC-0001" }, "ArgumentInvalid", "participant"],
  ["consent history", { scope: "Study", participant: BAD_CHECKSUM }, "ArgumentInvalid", "participant"],
  ["licence coverage", { licence: "1", participants: "0x12" }, "ArgumentInvalid", "participants"],
  // Terms
  ["consent grant", { ...grant, terms: "0" }, "ArgumentInvalid", "terms"],
  ["consent grant", { ...grant, terms: "65536" }, "ArgumentInvalid", "terms"],
  ["consent grant", { ...grant, terms: "-1" }, "ArgumentInvalid", "terms"],
  ["consent grant", { ...grant, terms: "0xabc" }, "ArgumentInvalid", "terms"],
  ["terms show", { scope: "Study", terms: "first" }, "ArgumentInvalid", "terms"],
  ["consent sign", { verb: "grant", scope: "Study", elements: "all" }, "ArgumentMissing", "terms"],
  ["dataset anchor", { files: [cohort], terms: "1" }, "ArgumentMissing", "scope"],
  ["dataset anchor", { files: [cohort], scope: "Study" }, "ArgumentMissing", "terms"],
  // Elements and preferences
  ["consent grant", { ...grant, elements: undefined }, "ArgumentMissing", "elements"],
  ["consent grant", { ...grant, elements: "" }, "ArgumentInvalid", "elements"],
  ["consent grant", { ...grant, elements: "64" }, "ArgumentInvalid", "elements"],
  ["consent grant", { ...grant, elements: "9-3" }, "ArgumentInvalid", "elements"],
  ["consent grant", { ...grant, elements: "1,,2" }, "ArgumentInvalid", "elements"],
  ["consent grant", { ...grant, elements: `0x1${"0".repeat(16)}` }, "ArgumentInvalid", "elements"],
  ["consent grant", { ...grant, preferences: "256" }, "ArgumentInvalid", "preferences"],
  ["consent grant", { ...grant, preferences: "1.5" }, "ArgumentInvalid", "preferences"],
  // Times
  ["consent grant", { ...grant, until: "tomorrow" }, "ArgumentInvalid", "until"],
  ["consent grant", { ...grant, until: "2030" }, "ArgumentInvalid", "until"],
  ["consent grant", { ...grant, until: "2030-02-30" }, "ArgumentInvalid", "until"],
  ["consent grant", { ...grant, until: "4294967295" }, "ArgumentInvalid", "until"],
  ["consent show", { scope: "Study", participant: ACCOUNT, at: "never" }, "ArgumentInvalid", "at is"],
  ["consent sign", { verb: "resume", scope: "Study", deadline: "2030-01-01T00:00" }, "ArgumentInvalid", "deadline"],
  ["licence request", { dataset: DATASET, purpose }, "ArgumentMissing", "until"],
  ["licence request", { dataset: DATASET, purpose, until: "never" }, "ArgumentInvalid", "until"],
  ["licence sign", { ...ask, holder: ACCOUNT, until: undefined }, "ArgumentMissing", "until"],
  ["licence sign", { ...ask, holder: ACCOUNT, deadline: "never" }, "ArgumentInvalid", "deadline"],
  [
    "licence sub-license",
    { licence: "1", holder: ACCOUNT, agreement: digest(1), until: "2030" },
    "ArgumentInvalid",
    "until",
  ],
  ["duty impose", { licence: "1", duties: ["Destroy=2090-13-01"] }, "ArgumentInvalid", "duties"],
  ["duty defer", { ...duty, due: "tomorrow" }, "ArgumentInvalid", "due"],
  ["duty defer", duty, "ArgumentMissing", "due"],
  // Numbers
  ["licence show", { licence: "0" }, "ArgumentInvalid", "licence"],
  ["licence card", { licence: "one" }, "ArgumentInvalid", "licence"],
  ["duty cure", { ...duty, licence: "0", explanation: digest(1) }, "ArgumentInvalid", "licence"],
  ["licence show", { licence: "0x1" }, "ArgumentInvalid", "licence"],
  ["licence decide", { licence: "9".repeat(78) }, "ArgumentInvalid", "licence"],
  ["licence decide", { licence: "1e3" }, "ArgumentInvalid", "licence"],
  ["audit show", { entry: "-1" }, "ArgumentInvalid", "entry"],
  ["audit log", { ...log, claimedBlock: "latest" }, "ArgumentInvalid", "claimed-block"],
  ["audit counts", { atBlock: "latest" }, "ArgumentInvalid", "at-block"],
  ["audit package", { ...packaging, participant: "me" }, "ArgumentInvalid", "participant"],
  ["audit package", { ...packaging, atBlock: "-1" }, "ArgumentInvalid", "at-block"],
  ["audit check", { proof: purpose }, "ArgumentMissing", "no hash"],
  ["audit check", { proof: purpose, hash: "1", hashes: purpose }, "ArgumentUnexpected", "twice"],
  ["audit check", { proof: purpose, hash: "1" }, "ArgumentInvalid", "no list of block hashes"],
  ["audit check", { proof: purpose, hash: `1=${digest(1)}=` }, "ArgumentInvalid", "no list of block hashes"],
  ["audit check", { proof: purpose, hash: `0x1=${digest(1)}` }, "ArgumentInvalid", "hash"],
  ["audit check", { proof: purpose, hash: "1=0x12" }, "ArgumentInvalid", "hash"],
  [
    "licence coverage",
    { licence: "1", participants: ACCOUNT, each: true, public: true },
    "ArgumentUnexpected",
    "public",
  ],
  ["consent history", { scope: "Study", participant: ACCOUNT, limit: "0" }, "ArgumentInvalid", "limit"],
  ["consent history", { scope: "Study", participant: ACCOUNT, offset: "65536" }, "ArgumentInvalid", "offset"],
  ["consent relay", { files: [terms], batchSize: "101" }, "ArgumentInvalid", "batch-size"],
  ["consent sign", { verb: "suspend", scope: "Study", minVersion: "x" }, "ArgumentInvalid", "min-version"],
  ["dataset verify", { dataset: DATASET, files: [cohort], chunk: "99" }, "ManifestError", "chunk 99"],
  ["dataset verify", { dataset: DATASET, files: [cohort], chunk: "-1" }, "ArgumentInvalid", "chunk"],
  ["dataset verify", { dataset: DATASET, files: [cohort], chunkSize: "0" }, "ArgumentInvalid", "chunk-size"],
  // Options that do not go together
  ["consent sign", { verb: "suspend", scope: "Study", extent: "no-further-use" }, "ArgumentUnexpected", "extent"],
  ["consent sign", { verb: "withdraw", scope: "Study", terms: "1" }, "ArgumentUnexpected", "terms"],
  ["licence vote", { ...approve, vote: "refuse", delivery: "counts" }, "ArgumentUnexpected", "no conditions"],
  ["licence vote", { ...approve, vote: "refuse", elements: "1" }, "ArgumentUnexpected", "no conditions"],
  ["terms publish", { scope: "Study", file: terms, ontology, release: digest(1) }, "ArgumentUnexpected", "release"],
  ["terms publish", { scope: "Study", file: terms }, "ArgumentMissing", "ontology release"],
  ["terms publish", { scope: "Study", file: terms, release: "2022-09-06" }, "ArgumentInvalid", "release"],
  ["dataset verify", { dataset: DATASET, files: [cohort], file: "cohort.vcf" }, "ArgumentUnexpected", "--chunk"],
  ["dataset verify", { dataset: DATASET, files: [cohort, terms], chunk: "0" }, "ArgumentMissing", "several files"],
  // Digests and diseases
  ["licence vote", { licence: "1", vote: "approve" }, "ArgumentMissing", "explanation"],
  ["licence terminate", { licence: "1", explanation: "0x12" }, "ArgumentInvalid", "explanation"],
  ["licence issue", { licence: "1" }, "ArgumentMissing", "agreement"],
  ["licence resolve", { licence: "1", reasons: ["x"] }, "ArgumentMissing", "explanation"],
  ["licence reopen", { licence: "1", reasons: ["x"] }, "ArgumentMissing", "explanation"],
  ["licence reopen", { licence: "1", reasons: ["x"], explanation: "0x" }, "ArgumentInvalid", "explanation"],
  ["licence sign", ask, "ArgumentMissing", "holder"],
  ["licence appeal", { licence: "1" }, "ArgumentMissing", "document"],
  ["licence suspend", { licence: "1" }, "ArgumentMissing", "explanation"],
  ["licence reinstate", { licence: "1" }, "ArgumentMissing", "explanation"],
  ["licence sub-license", { licence: "1", holder: ACCOUNT }, "ArgumentMissing", "agreement"],
  ["duty discharge", duty, "ArgumentMissing", "evidence"],
  ["duty discharge", { ...duty, evidence: "missing.pdf" }, "ManifestError", "no such file"],
  ["duty reject", duty, "ArgumentMissing", "explanation"],
  ["duty breach", duty, "ArgumentMissing", "explanation"],
  ["duty cure", duty, "ArgumentMissing", "explanation"],
  ["audit log", { ...log, agent: undefined }, "ArgumentMissing", "agent"],
  ["audit log", { ...log, workflow: "0x12" }, "ArgumentInvalid", "workflow"],
  [
    "ontology prove",
    { descendant: "4992", ancestor: "MONDO:0000001", file: ontology },
    "ArgumentInvalid",
    "descendant",
  ],
  ["ontology prove", { descendant: "MONDO:0000001", ancestor: "", file: ontology }, "ArgumentInvalid", "ancestor"],
  ["ontology publish", { file: ontology, releaseVersion: "1" }, "ArgumentMissing", "name"],
  ["ontology publish", { file: ontology, name: "Mondo" }, "ArgumentMissing", "release-version"],
  ["ontology show", { release: "0x12" }, "ArgumentInvalid", "release"],
  // Provenance
  ["provenance specimen", { ...specimen, scope: undefined }, "ArgumentMissing", "scope"],
  ["provenance specimen", { ...specimen, participant: "alice" }, "ArgumentInvalid", "participant"],
  ["provenance specimen", { ...specimen, material: " BLD" }, "ArgumentInvalid", "material"],
  ["provenance specimen", { ...specimen, label: "B-0001" }, "ArgumentInvalid", "label"],
  ["provenance specimen", { ...specimen, salt: undefined }, "ArgumentMissing", "out"],
  ["provenance specimen", { ...specimen, started: undefined }, "ArgumentMissing", "started"],
  ["provenance specimen", { ...specimen, ended: "noon" }, "ArgumentInvalid", "ended"],
  ["provenance aliquot", { source: "B-0001", ...times }, "ArgumentInvalid", "source"],
  ["provenance aliquot", { source: DATASET, count: "0", ...times }, "ArgumentInvalid", "count"],
  ["provenance aliquot", { source: DATASET, count: "2", labels: digest(1), ...times }, "ArgumentUnexpected", "counted"],
  ["provenance aliquot", { source: DATASET, labels: "a,b", ...times }, "ArgumentInvalid", "labels"],
  ["provenance offer", { to: "0x12", samples: [DATASET], left: "2026-01-01" }, "ArgumentInvalid", "to"],
  ["provenance offer", { to: "lab", samples: [DATASET] }, "ArgumentMissing", "left"],
  ["provenance cancel", { samples: ["B-0001"] }, "ArgumentInvalid", "samples"],
  ["provenance accept", { samples: [DATASET] }, "ArgumentMissing", "arrived"],
  [
    "provenance accept",
    { samples: [DATASET], arrived: "2026-01-01", agent: "missing.txt" },
    "ManifestError",
    "no such",
  ],
  ["provenance sequence", { sample: DATASET, datasets: ["reads"], ...times }, "ArgumentInvalid", "datasets"],
  ["provenance analyse", { licence: "0", inputs: [DATASET], ...times }, "ArgumentInvalid", "licence"],
  ["provenance analyse", { licence: "1", inputs: [DATASET], ...times }, "ArgumentMissing", "workflow"],
  [
    "provenance analyse",
    { licence: "1", inputs: [DATASET], workflow: digest(1), ...times },
    "ArgumentMissing",
    "workflow-version",
  ],
  ["provenance destroy", { samples: [DATASET], ...times }, "ArgumentMissing", "evidence"],
  ["provenance destroy-copies", { licence: "1", evidence: "0x12", ...times }, "ArgumentInvalid", "evidence"],
  ["provenance show", { sample: "B-0001" }, "ArgumentInvalid", "sample"],
  // Files that are not there, or are something else
  ["ontology publish", { file: "missing.json", name: "a", releaseVersion: "b" }, "OntologyError", "no such file"],
  ["ontology show", { release: "missing.json" }, "OntologyError", "no such file"],
  ["ontology prove", { descendant: "MONDO:0000001", ancestor: "MONDO:0000002", file: cohort }, "OntologyError", "JSON"],
  ["terms publish", { scope: "Study", file: examples }, "JsonFileError", "directory"],
  ["terms publish", { scope: "Study", file: purpose }, "JsonFileError", "$.kinds"],
  ["licence request", { dataset: DATASET, purpose: terms, until: "2090-01-01" }, "JsonFileError", "permissions"],
  ["licence request", { ...ask, signed: "missing.json" }, "JsonFileError", "no such file"],
  ["licence request", { ...ask, signed: cohort }, "JsonFileError", "not JSON"],
  ["licence decide", { licence: "1", ontology: purpose }, "OntologyError", "$.terms"],
  ["licence coverage", { licence: "1", participants: "missing.txt" }, "ParticipantsError", "no such file"],
  ["licence coverage", { licence: "1", participants: cohort }, "ParticipantsError", "line"],
  ["licence vote", { licence: "1", vote: "refuse", explanation: "missing.txt" }, "ManifestError", "no such file"],
  ["audit log", { ...log, participants: "missing.txt" }, "ParticipantsError", "no such file"],
  ["audit prove", { entry: "0", participant: ACCOUNT, access: purpose }, "JsonFileError", "$.leaves"],
  ["audit package", packaging, "JsonFileError", "$.leaves"],
  ["audit check", { proof: "missing.json", hash: `1=${digest(1)}` }, "JsonFileError", "no such file"],
  ["audit check", { proof: purpose, hashes: "missing.json" }, "JsonFileError", "no such file"],
  ["audit check", { proof: purpose, hash: `1=${digest(1)}` }, "ProofMalformed", "$"],
  ["dataset anchor", { files: ["missing"], scope: "Study", terms: "1" }, "ManifestError", "no such file"],
  ["dataset anchor", { files: [cohort, cohort], scope: "Study", terms: "1" }, "ManifestError", "twice"],
  [
    "dataset anchor",
    { files: [cohort], scope: "Study", terms: "1", participants: terms },
    "ParticipantsError",
    "line 1",
  ],
  ["dataset anchor-version", { dataset: DATASET, files: [cohort], level: "x" }, "ArgumentInvalid", "level"],
  ["consent relay", { files: ["missing.json"] }, "JsonFileError", "no such file"],
  ["consent relay", { files: [cohort] }, "JsonFileError", "not JSON"],
  ["consent relay", { files: [purpose] }, "InvalidInput", "purpose.json.change"],
  ["scope show", { scope: "Study", record: "missing.json" }, "JsonFileError", "no such file"],
  ["scope show", { scope: "Study", record: purpose }, "DeploymentRecordInvalid", "$."],
];

describe("arguments of the tasks", () => {
  let world: World;

  before(async () => {
    world = await startWorld();
  });

  itRefuses(ARGUMENTS);

  it("refuse a disease that the release does not have", async () => {
    const file = write(world, "unknown.json", { permissions: ["DS"], diseases: ["MONDO:0000001"] });
    const refused = await error(world, "terms publish", { scope: "Study", file, ontology });
    expect(refused).to.include({ name: "ArgumentInvalid" });
    expect(refused.message).to.contain("MONDO:0000001");
  });

  it("refuse codes that are none, and terms that contradict themselves, under the contracts' names", async () => {
    const unknown = write(world, "nonsense.json", { permissions: ["EVERYTHING"] });
    expect((await error(world, "terms publish", { scope: "Study", file: unknown })).name).to.equal(
      "DataUseUnknownBits",
    );
    const both = write(world, "both.json", { permissions: ["NRES", "GRU"] });
    const refused = await error(world, "terms publish", { scope: "Study", file: both });
    expect(refused.name).to.equal("DataUsePermissionContained");
  });

  it("refuse signed changes that are none, by file and place, before anything is sent", async () => {
    const empty = write(world, "empty.json", []);
    expect((await error(world, "consent relay", { files: [empty] })).name).to.equal("InvalidInput");
    for (const [index, item] of [null, 7, "x", {}, { verb: "grant" }, { verb: "toString", change: {} }].entries()) {
      const file = write(world, `hostile${index}.json`, [item]);
      const refused = await error(world, "consent relay", { files: [file] });
      expect(refused.name).to.equal("InvalidInput");
      expect(refused.message).to.contain(`${file}[0]`);
    }
  });

  it("refuse the leaves of an access that are none", async () => {
    for (const [index, leaf] of [null, 7, {}, { participantId: 5 }, { participantId: digest(1) }].entries()) {
      const access = write(world, `leaves${index}.json`, { leaves: [leaf] });
      const refused = await error(world, "audit prove", { entry: "0", participant: digest(1), access });
      expect(refused.name).to.equal("InvalidInput");
    }
    const none = write(world, "noLeaves.json", { leaves: [] });
    expect((await error(world, "audit prove", { entry: "0", participant: digest(1), access: none })).name).to.equal(
      "InvalidInput",
    );
  });

  it("refuse an account whose key the network does not have", async () => {
    const from = `0x${"11".repeat(20)}`;
    const refused = await error(world, "consent suspend", { scope: "Study", from });
    expect(refused).to.deep.include({ name: "AccountUnavailable", args: { network: "localhost", account: from } });
  });

  it("refuse to overwrite a file, and to write where nobody can", async () => {
    const from = world.accounts.outsider;
    const sign = { verb: "suspend", scope: "Study", from };
    const there = write(world, "there.json", "kept");
    expect((await error(world, "consent sign", { ...sign, out: there })).name).to.equal("FileNotWritten");
    const nowhere = join(world.directory, "nowhere", "x.json");
    expect((await error(world, "consent sign", { ...sign, out: nowhere })).name).to.equal("FileNotWritten");
    expect(existsSync(nowhere)).to.be.false;
  });

  it("refuse another chain's record", async () => {
    const record = JSON.parse((await run(world, "system export", { json: true })).stdout) as { genesisHash: string };
    const other = write(world, "otherChain.json", { ...record, genesisHash: digest(1) });
    const refused = await error(world, "scope show", { scope: "Study", record: other });
    expect(refused.name).to.equal("SystemGenesisMismatch");
    const swapped = structuredClone(record) as unknown as { contracts: Record<string, { address: string }> };
    swapped.contracts.auditLog!.address = `0x${"22".repeat(20)}`;
    const elsewhere = await error(world, "scope show", {
      scope: "Study",
      record: write(world, "elsewhere.json", swapped),
    });
    expect(elsewhere.name).to.equal("SystemCodeMismatch");
  });

  it("are told in words without --json, with what to do", async () => {
    const finished = await run(world, "scope show", { scope: "" });
    expect(finished).to.include({ code: 1, stdout: "" });
    expect(finished.stderr).to.match(/^ArgumentInvalid: .+\nGive the public name, .+\n$/);
    expect(errorOf(await run(world, "scope show", { scope: "", json: true })).args).to.include({ argument: "scope" });
  });
});
