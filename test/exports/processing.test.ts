import { expect } from "chai";
import { describe, it } from "mocha";

import { makeProcessingRecord, processingRecordToMarkdown } from "../../src/exports/index.ts";
import {
  admitInstitution,
  getLicence,
  institutionIdOf,
  listAuditEntries,
  listDatasets,
  listLicences,
  listScopes,
  regionCode,
  subLicense,
} from "../../src/sdk/index.ts";
import { addressOf, digestOf, ids, loadBareWorld, purposeFor, refusal } from "../sdk/world.ts";
import { dictionary, directory, issue, loadStudy } from "./support.ts";

const told = { directory, dictionaries: [dictionary] };

describe("makeProcessingRecord", () => {
  it("fills Art. 30(1)(a) to (g) for each scope of the custodian", async () => {
    const { reader, datasetId } = await loadStudy();
    const record = await makeProcessingRecord(reader, { custodian: ids.biobank, ...told });
    expect(record.controller).to.include({ name: "Lantern Biobank", dataProtectionOfficer: "dpo@biobank.example" });
    expect(record.activities).to.have.length(1);
    const [activity] = record.activities;
    expect(activity!.controllers.map(({ institutionId }) => institutionId)).to.deep.equal([ids.biobank, ids.committee]);
    expect(activity!.purposes.map(({ terms }) => terms)).to.deep.equal([1, 2, 3]);
    expect(activity!.dataCategories[2]!.elements).to.deep.include({ bit: 1, name: "Demographics/Age" });
    expect(activity!.datasets[0]).to.include({ datasetId, level: "Individual", isStanding: true });
    expect(activity!.recipients).to.have.length(1);
    expect(activity!.timeLimits[2]).to.include({ monthsAfterTheEnd: 120 });
    expect(record.securityMeasures).to.not.be.empty;
  });

  it("finds transfers out of the EEA by the purpose's regions and by the licensee's seat", async () => {
    const study = await loadStudy();
    const { reader, registrar, stranger, licenceId } = study;
    const eea = [regionCode("EEA"), regionCode("DK")].sort((a, b) => a - b);
    await issue(study, { ...purposeFor([4]), regions: eea });
    await issue(study, purposeFor([4]));
    const transfers = async () => {
      const record = await makeProcessingRecord(reader, { custodian: ids.biobank });
      return record.activities[0]!.thirdCountryTransfers.map(({ licence, regions }) => [licence, regions]);
    };
    const abroad = licenceId.toString();
    expect(await transfers()).to.deep.equal([[abroad, ["US"]]]);
    await admitInstitution(registrar, {
      institutionId: institutionIdOf("https://ror.org/swiss"),
      roles: ["researcher"],
      institutionType: "University",
      notForProfit: true,
      region: "CH",
      institutionAccount: addressOf(stranger),
    });
    const swiss = await issue(study, purposeFor([4]), stranger);
    expect(await transfers()).to.deep.equal([
      [abroad, ["US"]],
      [swiss.toString(), ["CH"]],
    ]);
  });

  it("names the processors that work under sub-licences, and where they are", async () => {
    const study = await loadStudy();
    const { reader, registrar, stranger, university, datasetId } = study;
    const institutionId = institutionIdOf("https://ror.org/cloud");
    const holder = addressOf(stranger);
    await admitInstitution(registrar, {
      ...{ institutionId, roles: ["processor"], institutionType: "Company", notForProfit: false, region: "CH" },
      institutionAccount: holder,
    });
    const purpose = purposeFor([4]);
    const licenceId = await issue(study, purpose);
    const { progress } = await getLicence(reader, { licenceId });
    const agreementDigest = digestOf("data processing agreement");
    const parameters = { licenceId, holder, until: progress.until, agreementDigest, purpose };
    const derived = await subLicense(university, parameters);
    expect((await listLicences(reader, { datasetIds: [datasetId] })).licenceIds).to.include(derived.licenceId);
    const { activities } = await makeProcessingRecord(reader, { custodian: ids.biobank });
    const recipient = activities[0]!.recipients.find(({ licence }) => licence === derived.licenceId.toString());
    expect(recipient).to.include({ derivesFrom: licenceId.toString(), delivery: "InPlace", status: "Effective" });
    expect(recipient!.processor).to.include({ institutionId, region: "CH" });
    expect(activities[0]!.thirdCountryTransfers).to.deep.include({
      licence: derived.licenceId.toString(),
      licensee: institutionId,
      regions: ["CH"],
    });
  });

  it("is empty for an institution without scopes, and is written as Markdown", async () => {
    const { reader } = await loadStudy();
    const other = await makeProcessingRecord(reader, { custodian: ids.university });
    expect(other.activities).to.deep.equal([]);
    const nobody = await makeProcessingRecord(reader, { custodian: institutionIdOf("https://ror.org/nobody") });
    expect(nobody.controller).to.include({ standing: "None" });
    const text = processingRecordToMarkdown(await makeProcessingRecord(reader, { custodian: ids.biobank, ...told }));
    expect(text).to.contain(`## Scope ${ids.scope}`);
    expect(text.match(/^### /gm)).to.have.length(9);
    await refusal(makeProcessingRecord(reader, { custodian: "0x" }), "InvalidInput");
  });
});

describe("what exports list", () => {
  it("is found by whose it is, and only up to the block named", async () => {
    const { reader, datasetId, licenceId, toOne, record } = await loadStudy();
    const scopes = await listScopes(reader, { custodian: ids.biobank });
    expect(scopes.scopeIds).to.deep.equal([ids.scope]);
    expect((await listDatasets(reader, { scopeId: ids.scope })).datasetIds).to.deep.equal([datasetId]);
    expect((await listLicences(reader, { datasetIds: [datasetId] })).licenceIds).to.deep.equal([licenceId]);
    const { entries } = await listAuditEntries(reader, { licenceIds: [licenceId] });
    expect(entries.map(({ index }) => index)).to.deep.equal([0n, toOne.index]);

    const blockNumber = BigInt(record.contracts.auditLog.startBlock);
    expect((await listScopes(reader, { custodian: ids.biobank, blockNumber })).scopeIds).to.deep.equal([]);
    expect((await listDatasets(reader, { scopeId: ids.scope, blockNumber })).datasetIds).to.deep.equal([]);
    expect((await listLicences(reader, { datasetIds: [datasetId], blockNumber })).licenceIds).to.deep.equal([]);
    expect((await listAuditEntries(reader, { licenceIds: [licenceId], blockNumber })).entries).to.deep.equal([]);
  });

  it("is nothing for no licences and no datasets, and refuses what is no id", async () => {
    const { reader } = await loadBareWorld();
    expect((await listLicences(reader, { datasetIds: [] })).licenceIds).to.deep.equal([]);
    expect((await listAuditEntries(reader, { licenceIds: [] })).entries).to.deep.equal([]);
    await refusal(listScopes(reader, { custodian: "0x" }), "InvalidInput");
    await refusal(listDatasets(reader, { scopeId: "0x" }), "InvalidInput");
    await refusal(listLicences(reader, { datasetIds: ["0x"] }), "InvalidInput");
    await refusal(listAuditEntries(reader, { licenceIds: [0n] }), "InvalidInput");
  });
});
