import { expect } from "chai";
import { describe, it } from "mocha";
import { getAddress } from "viem";

import { KINDS } from "../../src/model/index.ts";
import {
  anchorDataset,
  decideLicence,
  decidePurpose,
  getCohortCoverage,
  getCoverage,
  getLicence,
  issueLicence,
  proveOntologyPair,
  purposeDigest,
  requestLicence,
  resolveLicenceReasons,
  retractDataset,
  signWithdraw,
  relayConsentChanges,
  suspendInstitution,
  termsDigest,
  terminateLicence,
  voteLicence,
} from "../../src/sdk/index.ts";
import { explanation, issued, later, purpose } from "./licensing.ts";
import {
  addressOf,
  digestOf,
  diseaseTerms,
  generalTerms,
  grantFor,
  ids,
  loadWorld,
  newDataset,
  ontology,
  person,
  purposeFor,
  refusal,
} from "./world.ts";

const controls = purposeFor([4], KINDS.DS | KINDS.CTRL);

describe("decidePurpose", () => {
  it("keeps an answer once, with its reasons", async () => {
    const { relayer } = await loadWorld();
    const uncovered = purposeFor([3]);
    const decision = { terms: diseaseTerms, purpose: uncovered, witnesses: [ontology.witness(3)] };
    const first = await decidePurpose(relayer, decision);
    expect(first).to.include({ termsDigest: termsDigest(diseaseTerms), purposeDigest: purposeDigest(uncovered) });
    expect(first.kept).to.deep.equal({ deny: 1n << 16n, manual: 0n, outcome: "DENY", reasons: ["DS_NOT_COVERED"] });
    expect((await decidePurpose(relayer, decision)).kept).to.equal(undefined);
  });

  it("takes proved pairs for witnesses, and refuses to keep what is not proved", async () => {
    const { relayer, stranger } = await loadWorld();
    const decision = { terms: diseaseTerms, purpose };
    const unproven = await refusal(decidePurpose(relayer, decision), "DecisionUnproven");
    expect(unproven.args).to.deep.equal({
      termsDigest: termsDigest(diseaseTerms),
      purposeDigest: purposeDigest(purpose),
    });
    await proveOntologyPair(stranger, {
      root: ontology.root,
      descendant: 4,
      ancestor: 2,
      proof: ontology.provePair(4, 2),
    });
    expect((await decidePurpose(relayer, decision)).kept).to.include({ outcome: "APPROVE" });
  });

  it("gives MANUAL reasons", async () => {
    const { relayer } = await loadWorld();
    const { kept } = await decidePurpose(relayer, { terms: generalTerms, purpose: controls });
    expect(kept).to.deep.equal({ deny: 0n, manual: 1n, outcome: "MANUAL", reasons: ["CTRL_NEEDS_REVIEW"] });
  });

  it("refuses a bad witness and malformed input", async () => {
    const { relayer } = await loadWorld();
    const decision = { terms: diseaseTerms, purpose };
    const witness = ontology.witness(4);
    const bad = { ...decision, witnesses: [{ ...witness, ancestors: [1] }] };
    await refusal(decidePurpose(relayer, bad), "OntologyProofInvalid");
    const unsorted = { ...decision, witnesses: [{ ...witness, ancestors: [2, 1] }] };
    await refusal(decidePurpose(relayer, unsorted), "DataUseNotAscending");
    await refusal(decidePurpose(relayer, { ...decision, purpose: purposeFor([]) }), "DataUseDiseasesMismatch");
  });
});

describe("a licence", () => {
  it("is requested, decided, voted on and issued", async () => {
    const world = await loadWorld();
    const { university, committee, biobank, relayer, reader, dataset, datasetId } = world;
    const until = await later(world);
    const requested = await requestLicence(university, { dataset, purpose, until });
    const { licenceId } = requested;
    expect(requested).to.include({ licenceId: 1n, datasetId, licensee: ids.university });
    expect(requested.purposeDigest).to.equal(purposeDigest(purpose));
    const asked = await getLicence(reader, { licenceId });
    expect(asked.status).to.equal("Requested");
    expect(asked.progress).to.include({
      outcome: undefined,
      vote: "None",
      until,
      holder: getAddress(addressOf(university)),
    });
    expect(asked.purpose).to.deep.equal(purpose);
    expect(asked.subject).to.deep.equal({
      datasetId,
      scopeId: ids.scope,
      datasetTerms: dataset.termsDigest,
      purposeDigest: requested.purposeDigest,
      licensee: ids.university,
      custodian: ids.biobank,
      committee: ids.committee,
    });

    const undecided = await decideLicence(relayer, { licenceId });
    expect(undecided).to.deep.include({ outcome: "DENY", reasons: ["dataset:UNPROVEN"] });
    expect((await getLicence(reader, { licenceId })).status).to.equal("Denied");
    await decidePurpose(relayer, { terms: generalTerms, purpose });
    expect(await decideLicence(relayer, { licenceId })).to.deep.include({ outcome: "APPROVE", reasons: [] });
    expect((await getLicence(reader, { licenceId })).status).to.equal("AwaitingVote");

    const voted = await voteLicence(committee, { licenceId, vote: "Approve", explanation });
    expect(voted).to.include({ committee: ids.committee, vote: "Approve" });
    const token = await issueLicence(biobank, { licenceId, agreementDigest: digestOf("agreement") });
    expect(token).to.include({ holder: getAddress(addressOf(university)), until });
    const { status, progress } = await getLicence(reader, { licenceId });
    expect(status).to.equal("Effective");
    expect(progress).to.include({ outcome: "APPROVE", vote: "Approve", terminatedAt: 0 });
    expect(progress.issuedAt).to.be.greaterThan(progress.requestedAt);

    const ended = await terminateLicence(university, { licenceId, explanation });
    expect(ended.by).to.equal(ids.university);
    expect((await getLicence(reader, { licenceId })).status).to.equal("Terminated");
  });

  it("is refused by vote", async () => {
    const world = await loadWorld();
    const { university, committee, biobank, relayer, reader, dataset } = world;
    const { licenceId } = await requestLicence(university, { dataset, purpose, until: await later(world) });
    await decidePurpose(relayer, { terms: generalTerms, purpose });
    await decideLicence(relayer, { licenceId });
    await voteLicence(committee, { licenceId, vote: "Refuse", explanation });
    expect((await getLicence(reader, { licenceId })).status).to.equal("Refused");
    const issue = issueLicence(biobank, { licenceId, agreementDigest: digestOf("agreement") });
    expect((await refusal(issue, "LicenceStepNotOpen")).args).to.deep.equal({ licenceId, status: 4 });
  });

  it("has steps that only their institutions take, in order", async () => {
    const world = await loadWorld();
    const { university, company, committee, biobank, relayer, stranger, dataset } = world;
    const request = { dataset, purpose, until: await later(world) };
    await refusal(requestLicence(stranger, request), "AccessManagedUnauthorized");
    await refusal(requestLicence(university, { ...request, until: 1 }), "LicenceUntilPassed");
    const unknown = { ...dataset, contentDigest: digestOf("never") };
    await refusal(requestLicence(university, { ...request, dataset: unknown }), "LicenceDatasetNotStanding");
    const { licenceId } = await requestLicence(university, request);
    await refusal(voteLicence(committee, { licenceId, vote: "Approve", explanation }), "LicenceStepNotOpen");
    await refusal(voteLicence(biobank, { licenceId, vote: "Approve", explanation }), "AccessManagedUnauthorized");
    await refusal(terminateLicence(company, { licenceId, explanation }), "LicenceNotResponsible");
    const missing = await refusal(decideLicence(relayer, { licenceId: 99n }), "LicenceUnknown");
    expect(missing.args).to.deep.equal({ licenceId: 99n });
    await refusal(getLicence(world.reader, { licenceId: 99n }), "LicenceUnknown");
  });

  it("needs well-formed parameters", async () => {
    const { committee, reader } = await loadWorld();
    await refusal(
      voteLicence(committee, { licenceId: 1 as unknown as bigint, vote: "Approve", explanation }),
      "InvalidInput",
    );
    await refusal(voteLicence(committee, { licenceId: 0n, vote: "Approve", explanation }), "InvalidInput");
    await refusal(voteLicence(committee, { licenceId: 1n, vote: "Perhaps" as "Approve", explanation }), "InvalidInput");
    await refusal(voteLicence(committee, { licenceId: 1n, vote: "Approve", explanation: "0x" }), "InvalidInput");
    await refusal(getCoverage(reader, { licenceId: 1n, participantId: "0x" }), "InvalidInput");
  });
});

describe("the committee's resolutions", () => {
  it("lift MANUAL reasons for the terms named", async () => {
    const world = await loadWorld();
    const { university, committee, biobank, relayer, dataset, general } = world;
    const { licenceId } = await requestLicence(university, { dataset, purpose: controls, until: await later(world) });
    await decidePurpose(relayer, { terms: generalTerms, purpose: controls });
    const decided = await decideLicence(relayer, { licenceId });
    expect(decided.reasons).to.deep.equal(["dataset:CTRL_NEEDS_REVIEW"]);
    await voteLicence(committee, { licenceId, vote: "Approve", explanation });
    const agreementDigest = digestOf("agreement");
    await refusal(issueLicence(biobank, { licenceId, agreementDigest }), "LicenceNotApproved");
    const resolution = { licenceId, termsDigest: general.digest, reasons: decided.reasons, explanation };
    const resolved = await resolveLicenceReasons(committee, resolution);
    expect(resolved).to.deep.include({ termsDigest: general.digest, reasons: ["dataset:CTRL_NEEDS_REVIEW"] });
    expect((await issueLicence(biobank, { licenceId, agreementDigest })).licenceId).to.equal(licenceId);
  });

  it("name MANUAL reasons and nothing else", async () => {
    const { committee, general } = await loadWorld();
    const resolution = { licenceId: 1n, termsDigest: general.digest, explanation };
    for (const reasons of [[], ["dataset:UNPROVEN"], ["CTRL_NEEDS_REVIEW"], ["nobody:CTRL_NEEDS_REVIEW"], [5]]) {
      const parameters = { ...resolution, reasons: reasons as string[] };
      await refusal(resolveLicenceReasons(committee, parameters), "InvalidInput");
    }
  });
});

describe("coverage", () => {
  it("is each participant's own, and ends with a withdrawal at once", async () => {
    const world = await loadWorld();
    const { reader, relayer } = world;
    const people = [1, 2, 3].map(person);
    await grantFor(world, people.slice(0, 1), world.general.digest);
    await grantFor(world, people.slice(1, 2), world.disease.digest);
    const licenceId = await issued(world);
    const participantIds = people.map(({ participantId }) => participantId);
    const progress: object[] = [];
    const answer = await getCohortCoverage(reader, {
      licenceId,
      participantIds,
      pageSize: 2,
      onProgress: (made) => progress.push(made),
    });
    expect(answer.coverage.map(({ isEffective, reasons }) => [isEffective, ...reasons])).to.deep.equal([
      [true],
      [true],
      [false, "consent:STATE_NONE"],
    ]);
    expect(progress).to.deep.equal([
      { done: 2, total: 3 },
      { done: 3, total: 3 },
    ]);
    for (const [index, participantId] of participantIds.entries()) {
      expect(await getCoverage(reader, { licenceId, participantId })).to.deep.equal(answer.coverage[index]);
    }

    const { account: signer, participantId } = people[0]!;
    const withdrawal = await signWithdraw(reader, { signer, scopeId: ids.scope });
    await relayConsentChanges(relayer, { changes: [withdrawal] });
    const after = await getCoverage(reader, { licenceId, participantId });
    expect(after).to.deep.include({ isEffective: false, outcome: "DENY", reasons: ["consent:STATE_WITHDRAWN"] });
    const { blockNumber } = answer;
    const before = await getCohortCoverage(reader, { licenceId, participantIds, blockNumber });
    expect(before).to.deep.equal(answer);
    expect((await getCoverage(reader, { licenceId, participantId, blockNumber })).isEffective).to.equal(true);
  });

  it("reads facts, the licensee's standing and the dataset anew", async () => {
    const world = await loadWorld();
    const { reader, registrar, biobank, company, dataset } = world;
    const { participantId } = person(1);
    await grantFor(world, [person(1)], world.disease.digest);
    const licenceId = await issued(world, { client: company });
    const forProfit = await getCoverage(reader, { licenceId, participantId });
    expect(forProfit).to.deep.include({ isEffective: false, reasons: ["consent:NPU_NOT_FOR_PROFIT"] });

    const second = await issued(world);
    expect((await getCoverage(reader, { licenceId: second, participantId })).isEffective).to.equal(true);
    await suspendInstitution(registrar, { institutionId: ids.university });
    const resting = await getCoverage(reader, { licenceId: second, participantId });
    expect(resting).to.deep.include({ isEffective: false, outcome: "APPROVE", reasons: [] });
    expect((await getLicence(reader, { licenceId: second })).status).to.equal("Suspended");
    await retractDataset(biobank, { record: dataset });
    expect((await getLicence(reader, { licenceId: second })).status).to.equal("DatasetRetracted");
  });

  it("refuses unknown licences and malformed ids", async () => {
    const { reader } = await loadWorld();
    const { participantId } = person(1);
    await refusal(getCoverage(reader, { licenceId: 7n, participantId }), "LicenceUnknown");
    await refusal(getCohortCoverage(reader, { licenceId: 7n, participantIds: [participantId] }), "LicenceUnknown");
    await refusal(getCohortCoverage(reader, { licenceId: 7n, participantIds: ["0x1"] }), "InvalidInput");
  });
});

describe("a dataset whose terms are not the scope's", () => {
  it("cannot be licensed", async () => {
    const world = await loadWorld();
    const { record } = await anchorDataset(world.biobank, { record: newDataset(digestOf("no terms")) });
    const request = { dataset: record, purpose, until: await later(world) };
    await refusal(requestLicence(world.university, request), "LicenceDatasetTermsUnknown");
  });
});
