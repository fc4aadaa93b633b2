import { expect } from "chai";
import { describe, it } from "mocha";

import { FACTS, MODIFIERS, type Terms } from "../../src/model/index.ts";
import {
  approveEthics,
  decideLicence,
  decidePurpose,
  declareConflict,
  getFactRecord,
  groupSigner,
  purposeDigest as digestOfPurpose,
  publishTerms,
  relayFactStatement,
  requestLicence,
  signFactStatement,
  stateFacts,
  suspendInstitution,
  anchorDataset,
} from "../../src/sdk/index.ts";
import {
  addressOf,
  digestOf,
  generalTerms,
  ids,
  latestTime,
  loadWorld,
  newDataset,
  person,
  purposeFor,
  refusal,
  throughJson,
  type World,
} from "./world.ts";

const purpose = { ...purposeFor([4]), stated: FACTS.publication | FACTS.notCommercial };
const purposeDigest = digestOfPurpose(purpose);
const document = digestOf("signed paper");
const licensee = ids.university;

function recordOf({ reader }: World) {
  return getFactRecord(reader, { licensee, purposeDigest });
}

describe("stateFacts", () => {
  it("states facts for the sender's institution, in place of what it stated before", async () => {
    const world = await loadWorld();
    const { university } = world;
    const facts = ["publication", "regions"] as const;
    const stated = await stateFacts(university, { purposeDigest, facts, document });
    const official = addressOf(university);
    expect(stated).to.deep.include({ licensee, purposeDigest, official, facts });
    const none = { licensee, purposeDigest, committee: undefined, ethicsUntil: 0 };
    expect(await recordOf(world)).to.deep.equal({ ...none, facts, statements: 1 });
    await stateFacts(university, { purposeDigest, facts: [], document });
    expect(await recordOf(world)).to.deep.equal({ ...none, facts: [], statements: 2 });
  });

  it("refuses what is no fact, and who signs for nobody", async () => {
    const { university, stranger } = await loadWorld();
    const facts = ["publication", "goodwill"] as unknown as ["publication"];
    const { args } = await refusal(stateFacts(university, { purposeDigest, facts, document }), "InvalidInput");
    expect(args.input).to.equal("facts[1]");
    await refusal(stateFacts(stranger, { purposeDigest, facts: [], document }), "InstitutionOfficialUnknown");
  });

  it("sends nothing on a dry run", async () => {
    const world = await loadWorld();
    const dry = await stateFacts(world.university, { purposeDigest, facts: ["users"], document, dryRun: true });
    expect(dry.dryRun).to.equal(true);
    expect(await recordOf(world)).to.deep.include({ statements: 0 });
  });
});

describe("signFactStatement", () => {
  it("signs what anyone may relay once, also after it was stored", async () => {
    const world = await loadWorld();
    const { university, relayer } = world;
    const signed = throughJson(
      await signFactStatement(university, { purposeDigest, facts: ["publication"], document }),
    );
    expect(signed.statement).to.include({ licensee, purposeDigest, facts: FACTS.publication, number: 0 });
    expect(signed.statement.deadline).to.be.greaterThan(await latestTime(world));
    const relayed = await relayFactStatement(relayer, { signed });
    expect(relayed).to.deep.include({ licensee, official: addressOf(university), facts: ["publication"] });
    const { args } = await refusal(relayFactStatement(relayer, { signed }), "FactNumberUsed");
    expect(args).to.deep.equal({ number: 0, next: 1 });
    const next = await signFactStatement(university, { purposeDigest, facts: [], document });
    await relayFactStatement(relayer, { signed: next });
    expect(await recordOf(world)).to.deep.include({ facts: [], statements: 2 });
  });

  it("no longer counts once the institution has stated something else", async () => {
    const { university, relayer } = await loadWorld();
    const signed = await signFactStatement(university, { purposeDigest, facts: ["publication"], document });
    await stateFacts(university, { purposeDigest, facts: [], document });
    await refusal(relayFactStatement(relayer, { signed }), "FactNumberUsed");
  });

  it("no longer counts after its deadline, once altered, or for a suspended institution", async () => {
    const world = await loadWorld();
    const { university, relayer, registrar } = world;
    const late = await latestTime(world);
    const asked = { purposeDigest, facts: ["publication"], document } as const;
    const passed = await signFactStatement(university, { ...asked, deadline: late - 1 });
    await refusal(relayFactStatement(relayer, { signed: passed }), "FactDeadlinePassed");
    const signed = await signFactStatement(university, asked);
    const altered = { ...signed, statement: { ...signed.statement, facts: FACTS.regions } };
    await refusal(relayFactStatement(relayer, { signed: altered }), "FactSignatureInvalid");
    await suspendInstitution(registrar, { institutionId: licensee });
    await refusal(relayFactStatement(relayer, { signed }), "InstitutionNotInStanding");
  });

  it("refuses a signer who signs for no institution, and one that is no account", async () => {
    const { reader } = await loadWorld();
    const asked = { purposeDigest, facts: [], document } as const;
    const signer = person(1).account;
    await refusal(signFactStatement(reader, { ...asked, signer }), "NotFound");
    const members = [person(1).account.address, person(2).account.address];
    const group = groupSigner({ threshold: 1, members, signers: [signer] });
    const { args } = await refusal(signFactStatement(reader, { ...asked, signer: group }), "InvalidInput");
    expect(args.input).to.equal("signer");
  });

  it("refuses to relay what is malformed", async () => {
    const { university, relayer } = await loadWorld();
    const signed = await signFactStatement(university, { purposeDigest, facts: [], document });
    const malformed = [
      { ...signed, signature: "0x" as const },
      { ...signed, statement: { ...signed.statement, number: -1 } },
      { ...signed, statement: undefined as unknown as typeof signed.statement },
    ];
    for (const each of malformed) await refusal(relayFactStatement(relayer, { signed: each }), "InvalidInput");
  });
});

describe("approveEthics", () => {
  it("records a committee's approval with its end, and takes it back", async () => {
    const world = await loadWorld();
    const { committee } = world;
    const until = (await latestTime(world)) + 1_000;
    const approval = { licensee, purposeDigest, document };
    const approved = await approveEthics(committee, { ...approval, until });
    expect(approved).to.deep.include({ licensee, purposeDigest, committee: ids.committee, until });
    expect(await recordOf(world)).to.deep.include({ committee: ids.committee, ethicsUntil: until, statements: 0 });
    const { until: end } = await approveEthics(committee, { ...approval, until: 0 });
    expect(end).to.equal(await latestTime(world));
    expect(await recordOf(world)).to.deep.include({ committee: ids.committee, ethicsUntil: end });
  });

  it("refuses who is no committee, an end that has passed, and taking back what none gave", async () => {
    const world = await loadWorld();
    const approval = { licensee, purposeDigest, document };
    const until = await latestTime(world);
    await refusal(approveEthics(world.university, { ...approval, until: until + 9 }), "AccessManagedUnauthorized");
    await refusal(approveEthics(world.committee, { ...approval, until }), "FactApprovalPassed");
    await refusal(approveEthics(world.committee, { ...approval, until: 0 }), "FactApprovalNotYours");
  });
});

describe("a conflict of interest", () => {
  it("stops a committee from approving, not from taking its approval back", async () => {
    const world = await loadWorld();
    const { committee, university } = world;
    const approval = { licensee, purposeDigest, document };
    const until = (await latestTime(world)) + 1_000;
    await approveEthics(committee, { ...approval, until });
    await declareConflict(university, { other: ids.committee, document });
    await approveEthics(committee, { ...approval, until: 0 });
    const { args } = await refusal(approveEthics(committee, { ...approval, until }), "FactConflictOfInterest");
    expect(args).to.deep.equal({ licensee, committee: ids.committee });
  });
});

describe("a decision on facts", () => {
  it("follows the records, though it was kept before them", async () => {
    const world = await loadWorld();
    const { biobank, university, relayer, committee } = world;
    const terms: Terms = { ...generalTerms, modifiers: MODIFIERS.PUB | MODIFIERS.IRB };
    const { digest } = await publishTerms(biobank, { scopeId: ids.scope, terms });
    const { record: dataset } = await anchorDataset(biobank, { record: newDataset(digest, digestOf("other")) });
    const until = (await latestTime(world)) + 1_000;
    const { licenceId } = await requestLicence(university, { dataset, purpose, until });
    await decidePurpose(relayer, { terms, purpose });
    const decided = async () => (await decideLicence(relayer, { licenceId })).reasons;
    expect(await decided()).to.deep.equal(["dataset:IRB_ETHICS_APPROVAL", "dataset:PUB_UNATTESTED"]);
    await approveEthics(committee, { licensee, purposeDigest, until, document });
    expect(await decided()).to.deep.equal(["dataset:PUB_UNATTESTED"]);
    await stateFacts(university, { purposeDigest, facts: ["publication"], document });
    expect(await decided()).to.deep.equal([]);
  });
});
