import { expect } from "chai";
import { describe, it } from "mocha";

import {
  getBlock,
  getDataset,
  getFactRecord,
  getInstitution,
  getLicence,
  getScope,
  getScopePolicy,
  getTerms,
  purposeDigest,
  requestLicence,
  retractDataset,
  setCommitteeTerms,
  stateFacts,
  suspendInstitution,
  publishTerms,
  terminateLicence,
} from "../../src/sdk/index.ts";
import { addressOf, digestOf, generalTerms, ids, latestTime, loadWorld, purposeFor, refusal } from "./world.ts";

describe("getBlock", () => {
  it("tells the latest block, and any that is there", async () => {
    const { reader, publicClient } = await loadWorld();
    const latest = await publicClient.getBlock({ blockTag: "latest" });
    const expected = { blockNumber: latest.number, hash: latest.hash, time: Number(latest.timestamp) };
    expect(await getBlock(reader)).to.deep.equal(expected);
    expect(await getBlock(reader, { blockNumber: latest.number })).to.deep.equal(expected);
    const before = await getBlock(reader, { blockNumber: latest.number - 1n });
    expect(before.hash).to.equal(latest.parentHash);
    await refusal(getBlock(reader, { blockNumber: latest.number + 1_000n }), "NotFound");
    await refusal(getBlock(reader, { blockNumber: -1n }), "InvalidInput");
  });
});

describe("reading at a block", () => {
  it("gives what stood then, whatever came later", async () => {
    const world = await loadWorld();
    const { reader, registrar, biobank, committee, university, dataset, datasetId, disease } = world;
    const purpose = purposeFor([4]);
    const until = (await latestTime(world)) + 1_000_000;
    const { licenceId } = await requestLicence(university, { dataset, purpose, until });
    const digest = purposeDigest(purpose);
    const { blockNumber } = await getBlock(reader);

    await terminateLicence(university, { licenceId, explanation: digestOf("changed our mind") });
    await retractDataset(biobank, { record: dataset });
    await stateFacts(university, { purposeDigest: digest, facts: ["notCommercial"], document: digestOf("statement") });
    await publishTerms(biobank, { scopeId: ids.scope, terms: { ...generalTerms, reConsentBy: 4_000_000_000 } });
    await setCommitteeTerms(committee, { scopeId: ids.scope, termsDigest: disease.digest });
    await suspendInstitution(registrar, { institutionId: ids.university });

    const readAll = async (at: { blockNumber?: bigint }) => ({
      licence: (await getLicence(reader, { licenceId, ...at })).status,
      isStanding: (await getDataset(reader, { datasetId, ...at })).isStanding,
      facts: (await getFactRecord(reader, { licensee: ids.university, purposeDigest: digest, ...at })).facts,
      termsCount: (await getScope(reader, { scopeId: ids.scope, ...at })).termsCount,
      hasCommitteeTerms: (await getScopePolicy(reader, { scopeId: ids.scope, ...at })).committeeTerms !== undefined,
      standing: (await getInstitution(reader, { institutionAccount: addressOf(university), ...at })).standing,
    });
    expect(await readAll({ blockNumber })).to.deep.equal({
      licence: "Requested",
      isStanding: true,
      facts: [],
      termsCount: 2,
      hasCommitteeTerms: false,
      standing: "Admitted",
    });
    expect(await readAll({})).to.deep.equal({
      licence: "Terminated",
      isStanding: false,
      facts: ["notCommercial"],
      termsCount: 3,
      hasCommitteeTerms: true,
      standing: "Suspended",
    });
    await refusal(getTerms(reader, { scopeId: ids.scope, number: 3, blockNumber }), "NotFound");
    expect((await getTerms(reader, { scopeId: ids.scope, number: 3 })).number).to.equal(3);
  });
});
