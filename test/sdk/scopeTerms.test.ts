import { expect } from "chai";
import { describe, it } from "mocha";

import { getAccessLeaves } from "../../src/sdk/audit/getAccessLeaves.ts";
import { withdrawConsent, grantConsent, NotFoundError, participantIdOf } from "../../src/sdk/index.ts";
import { countCoverage } from "../../src/sdk/licences/countCoverage.ts";
import { decideScopeTerms } from "../../src/sdk/licences/decideScopeTerms.ts";
import { getOntologyRelease } from "../../src/sdk/ontologies/getOntologyRelease.ts";
import { addressOf, digestOf, grantFor, ids, loadWorld, ontology, person, purposeFor, refusal } from "./world.ts";

const witnesses = [ontology.witness(4)];

describe("decideScopeTerms", () => {
  it("keeps what every terms of the scope say, once", async () => {
    const { relayer, general, disease } = await loadWorld();
    const seen: number[] = [];
    const parameters = { scopeId: ids.scope, purpose: purposeFor([4]), witnesses };
    const { terms } = await decideScopeTerms(relayer, { ...parameters, onProgress: ({ done }) => seen.push(done) });
    expect(terms.map(({ number, termsDigest, result }) => [number, termsDigest, result])).to.deep.equal([
      [1, general.digest, "kept"],
      [2, disease.digest, "kept"],
    ]);
    expect(terms.map(({ decision }) => decision?.outcome)).to.deep.equal(["APPROVE", "APPROVE"]);
    expect(terms.every(({ transaction }) => (transaction?.gasUsed ?? 0n) > 0n)).to.be.true;
    expect(seen).to.deep.equal([1, 2]);

    const again = await decideScopeTerms(relayer, parameters);
    expect(again.terms.map(({ result }) => result)).to.deep.equal(["keptBefore", "keptBefore"]);
    expect(again.terms.every(({ transaction }) => transaction === undefined)).to.be.true;
  });

  it("leaves unproven what the lineages do not prove, and keeps the rest", async () => {
    const { relayer } = await loadWorld();
    const parameters = { scopeId: ids.scope, purpose: purposeFor([3]) };
    const { terms } = await decideScopeTerms(relayer, parameters);
    expect(terms.map(({ result }) => result)).to.deep.equal(["kept", "unproven"]);
    const other = { ...ontology.witness(3), release: digestOf("another release") };
    const still = await decideScopeTerms(relayer, { ...parameters, witnesses: [other] });
    expect(still.terms.map(({ result }) => result)).to.deep.equal(["keptBefore", "unproven"]);
    const proved = await decideScopeTerms(relayer, {
      ...parameters,
      witnesses: [ontology.witness(3)],
    });
    expect(proved.terms[1]).to.deep.include({ number: 2, result: "kept" });
    expect(proved.terms[1]?.decision?.reasons).to.deep.equal(["DS_NOT_COVERED"]);
  });

  it("sends nothing on a dry run", async () => {
    const { relayer, publicClient } = await loadWorld();
    const parameters = { scopeId: ids.scope, purpose: purposeFor([4]), witnesses };
    const before = await publicClient.getBlockNumber({ cacheTime: 0 });
    const { dryRun, gas } = await decideScopeTerms(relayer, { ...parameters, dryRun: true });
    expect(dryRun).to.be.true;
    expect(gas > 42_000n).to.be.true;
    expect(await publicClient.getBlockNumber({ cacheTime: 0 })).to.equal(before);
  });

  it("refuses an unknown scope, and a witness that proves nothing", async () => {
    const { relayer } = await loadWorld();
    const purpose = purposeFor([4]);
    await refusal(decideScopeTerms(relayer, { scopeId: digestOf("no scope"), purpose }), "ScopeUnknown");
    const forged = [{ ...ontology.witness(4), ancestors: [1] }];
    await refusal(
      decideScopeTerms(relayer, { scopeId: ids.scope, purpose, witnesses: forged }),
      "OntologyProofInvalid",
    );
  });
});

describe("getAccessLeaves", () => {
  it("takes the versions that stood at the claimed block", async () => {
    const world = await loadWorld();
    const { participant, publicClient, reader, general } = world;
    const own = participantIdOf(addressOf(participant));
    const { participantId } = person(1);
    await grantFor(world, [person(1)], general.digest);
    const grant = { scopeId: ids.scope, termsDigest: general.digest, elements: 1n };
    const { blockNumber } = await grantConsent(participant, grant);
    await withdrawConsent(participant, { scopeId: ids.scope });

    const parameters = { scopeId: ids.scope, participantIds: [own, participantId] };
    expect(await getAccessLeaves(reader, { ...parameters, claimedBlock: blockNumber })).to.deep.equal({
      claimedBlock: blockNumber,
      leaves: [
        { scopeId: ids.scope, participantId: own, version: 1 },
        { scopeId: ids.scope, participantId, version: 1 },
      ],
    });
    const now = await getAccessLeaves(reader, parameters);
    expect(now.claimedBlock).to.equal(await publicClient.getBlockNumber({ cacheTime: 0 }));
    expect(now.leaves.map(({ version }) => version)).to.deep.equal([2, 1]);
  });
});

describe("countCoverage", () => {
  it("counts whom a licence covers, and the reasons against the others, sorted", () => {
    const covered = { isEffective: true, reasons: [] };
    const both = { isEffective: false, reasons: ["consent:STATE_NONE", "dataset:NPU_NOT_FOR_PROFIT"] };
    const one = { isEffective: false, reasons: ["dataset:NPU_NOT_FOR_PROFIT"] };
    const count = countCoverage([one, covered, both]);
    expect(count).to.deep.equal({
      participants: 3,
      covered: 1,
      byReason: { "consent:STATE_NONE": 1, "dataset:NPU_NOT_FOR_PROFIT": 2 },
    });
    expect(Object.keys(count.byReason)).to.deep.equal(["consent:STATE_NONE", "dataset:NPU_NOT_FOR_PROFIT"]);
    expect(countCoverage([])).to.deep.equal({ participants: 0, covered: 0, byReason: {} });
  });
});

describe("getOntologyRelease", () => {
  it("tells what was published, and nothing of other roots", async () => {
    const { reader } = await loadWorld();
    expect(await getOntologyRelease(reader, { root: ontology.root })).to.deep.equal(ontology.release);
    const missing = await refusal(getOntologyRelease(reader, { root: digestOf("none") }), "NotFound");
    expect(missing).to.be.instanceOf(NotFoundError);
    await refusal(getOntologyRelease(reader, { root: "0x12" }), "InvalidInput");
  });
});
