import { expect } from "chai";
import { describe, it } from "mocha";
import { type Hex, zeroHash } from "viem";

import { checkProvConstraints, toProvJson, traceBack, traceForward } from "../../src/provenance/index.ts";
import {
  acceptCustody,
  admitInstitution,
  aliquotIdOf,
  anchorDataset,
  anchorDatasetVersion,
  attestCopiesDestroyed,
  cancelCustodyOffer,
  commitToParticipant,
  type ConcordClient,
  destroySamples,
  getProvenance,
  getSample,
  institutionIdOf,
  offerCustody,
  opensParticipantCommitment,
  recordAnalysis,
  type RecordAnalysisParameters,
  recordSequencing,
  registerAliquots,
  registerSpecimen,
  retractDataset,
  type SpecimenRecord,
  specimenIdOf,
} from "../../src/sdk/index.ts";
import { addressOf, digestOf, ids, latestTime, loadWorld, newDataset, person, refusal, type World } from "./world.ts";
import { issued } from "./licensing.ts";

const LAB = institutionIdOf("https://ror.org/laboratory");
const { participantId } = person(1);
const { commitment, salt } = commitToParticipant(ids.scope, participantId);
const specimen: SpecimenRecord = {
  custodian: ids.biobank,
  scopeId: ids.scope,
  participant: commitment,
  material: digestOf("blood"),
  label: digestOf("B-0001"),
};
const evidence = digestOf("certificate");
const [agent, plan] = [digestOf("technician"), digestOf("procedure")];

/** Times of the recent past, by how many seconds ago. */
async function ago(world: World) {
  const now = await latestTime(world);
  return (start: number, end: number) => ({ startedAt: now - start, endedAt: now - end, agent, plan });
}

async function laboratoryOf({ registrar, relayer }: World): Promise<ConcordClient> {
  const profile = { roles: ["processor"], institutionType: "Company", notForProfit: false, region: "DK" } as const;
  await admitInstitution(registrar, { institutionId: LAB, ...profile, institutionAccount: addressOf(relayer) });
  return relayer;
}

/** Lets the chain's clock run on, so that what comes next may have lasted. */
async function later({ connection }: World, seconds = 100): Promise<void> {
  await connection.networkHelpers.time.increase(seconds);
}

/** From a specimen to an analysis of what was sequenced, with a destruction of everything that may be destroyed. */
async function story(world: World) {
  const { biobank, university, general } = world;
  const lab = await laboratoryOf(world);
  const early = await ago(world);
  const { sampleId } = await registerSpecimen(biobank, { record: specimen, ...early(10_000, 9_000) });
  const labels = [1, 2, 3].map((number) => digestOf(`aliquot ${number}`));
  const aliquoted = await registerAliquots(biobank, { source: sampleId, labels, ...early(8_000, 7_900) });
  const [sent, kept] = aliquoted.sampleIds as [Hex, Hex, Hex];
  const { startedAt: leftAt, endedAt: arrivedAt } = early(7_000, 6_000);
  await offerCustody(biobank, { sampleIds: [sent], to: LAB, leftAt });
  const transferred = await acceptCustody(lab, { sampleIds: [sent], arrivedAt, agent });
  const reads = { ...newDataset(general.digest), contentDigest: digestOf("reads") };
  const anchored = await anchorDataset(biobank, { record: reads });
  const sequenced = await recordSequencing(lab, { sampleId: sent, outputs: [anchored.record], ...early(5_000, 4_000) });
  await destroySamples(lab, { sampleIds: [sent], evidence, ...early(3_000, 2_900) });
  await destroySamples(biobank, { sampleIds: [sampleId], evidence, ...early(2_000, 1_900) });

  const licenceId = await issued(world);
  await later(world);
  const derived = await anchorDataset(biobank, {
    record: { ...newDataset(general.digest), contentDigest: digestOf("counts"), level: "Aggregate", minimumCell: 10 },
    parents: [world.dataset],
  });
  const now = await ago(world);
  const analysis: RecordAnalysisParameters<false> = {
    licenceId,
    ...now(50, 10),
    workflow: digestOf("workflow"),
    version: digestOf("2.1"),
    inputs: [anchored.datasetId, world.datasetId],
    outputs: [derived.record],
    results: [digestOf("figure 1")],
  };
  const analysed = await recordAnalysis(university, analysis);
  await attestCopiesDestroyed(university, { licenceId, evidence, ...now(5, 0) });
  return { sampleId, sent, kept, lab, aliquoted, transferred, anchored, sequenced, derived, analysed, analysis };
}

describe("provenance actions", () => {
  it("tell the whole way from a specimen to a result, valid by the W3C's constraints", async () => {
    const world = await loadWorld();
    const { sampleId, sent, kept, anchored, derived, transferred, sequenced, analysed, aliquoted } = await story(world);
    expect(sampleId).to.equal(specimenIdOf(specimen));
    expect(kept).to.equal(aliquotIdOf({ source: sampleId, keeper: ids.biobank, label: digestOf("aliquot 2") }));
    expect(aliquoted.activity).to.equal(2);
    expect(transferred.activities).to.deep.equal([3]);

    const graph = await getProvenance(world.reader);
    expect(graph.activities.map(({ kind }) => kind)).to.deep.equal([
      "Collection",
      "Aliquoting",
      "CustodyTransfer",
      "Sequencing",
      "SampleDestruction",
      "SampleDestruction",
      "Analysis",
      "CopyDestruction",
    ]);
    const [collection, aliquoting, transfer, sequencing, , , analysis] = graph.activities;
    expect(collection).to.deep.include({ used: [], generated: [`specimen:${sampleId}`], agent, plan });
    expect(aliquoting?.used).to.deep.equal([`specimen:${sampleId}`]);
    expect(transfer).to.deep.include({ from: ids.biobank, institutionId: LAB, agent, plan: undefined });
    expect(sequencing)
      .to.include({ number: sequenced.activity })
      .and.to.deep.include({
        used: [`aliquot:${sent}`],
        generated: [`dataset:${anchored.datasetId}`],
      });
    expect(analysis?.used).to.have.members([`dataset:${anchored.datasetId}`, `dataset:${world.datasetId}`]);
    expect(analysis?.generated).to.have.members([`result:${analysed.activity}-0`, `dataset:${derived.datasetId}`]);

    const document = toProvJson(graph);
    expect(checkProvConstraints(document)).to.deep.equal([]);
    expect(checkProvConstraints(JSON.parse(JSON.stringify(document)))).to.deep.equal([]);

    const back = traceBack(graph, `dataset:${derived.datasetId}`);
    expect(back.entities.map(({ key }) => key)).to.have.members([
      `dataset:${derived.datasetId}`,
      `dataset:${anchored.datasetId}`,
      `dataset:${world.datasetId}`,
      `aliquot:${sent}`,
      `specimen:${sampleId}`,
    ]);
    const forward = traceForward(graph, `specimen:${sampleId}`);
    expect(forward.entities.map(({ key }) => key)).to.include(`result:${analysed.activity}-0`);
    expect(forward.entities.map(({ key }) => key)).to.not.include(`dataset:${world.datasetId}`);
    for (const part of [back, forward]) expect(checkProvConstraints(toProvJson(part))).to.deep.equal([]);
  });

  it("tell of versions and retractions, and of a block that is past", async () => {
    const world = await loadWorld();
    const { biobank, reader, dataset, datasetId, general, publicClient } = world;
    const record = { ...newDataset(general.digest), contentDigest: digestOf("second") };
    const second = await anchorDatasetVersion(biobank, { record, previous: dataset });
    const before = await publicClient.getBlockNumber({ cacheTime: 0 });
    await retractDataset(biobank, { record: second.record });
    const graph = await getProvenance(reader);
    const revision = graph.entities.find(({ key }) => key === `dataset:${second.datasetId}`);
    expect(revision).to.deep.include({ revisionOf: `dataset:${datasetId}`, retractedAt: await latestTime(world) });
    expect(checkProvConstraints(toProvJson(graph))).to.deep.equal([]);
    expect(traceBack(graph, `dataset:${second.datasetId}`).entities).to.have.length(2);
    expect(traceForward(graph, `dataset:${datasetId}`).entities).to.have.length(2);
    const past = await getProvenance(reader, { blockNumber: before });
    expect(past.entities.find(({ key }) => key === `dataset:${second.datasetId}`)).to.include({
      retractedAt: undefined,
    });
  });

  it("show a sample as it stands", async () => {
    const world = await loadWorld();
    const { sampleId, sent, kept } = await story(world);
    expect(await getSample(world.reader, { sampleId: kept })).to.deep.include({
      kind: "Aliquot",
      keeper: ids.biobank,
      custodian: ids.biobank,
      offeredTo: zeroHash,
      destroyedAt: 0,
    });
    expect((await getSample(world.reader, { sampleId: sent })).keeper).to.equal(LAB);
    expect((await getSample(world.reader, { sampleId })).destroyedAt).to.be.greaterThan(0);
    await refusal(getSample(world.reader, { sampleId: digestOf("none") }), "ProvenanceSampleUnknown");
  });

  it("let an offer be cancelled, and refuse what a destroyed sample was", async () => {
    const world = await loadWorld();
    const { biobank } = world;
    const { kept, sent, lab, sampleId } = await story(world);
    const leftAt = await latestTime(world);
    expect(await offerCustody(biobank, { sampleIds: [kept], to: LAB, leftAt })).to.include({ to: LAB });
    expect((await getSample(world.reader, { sampleId: kept })).offeredTo).to.equal(LAB);
    await cancelCustodyOffer(lab, { sampleIds: [kept] });
    expect((await getSample(world.reader, { sampleId: kept })).offeredTo).to.equal(zeroHash);
    await refusal(acceptCustody(lab, { sampleIds: [kept], arrivedAt: leftAt }), "ProvenanceNotOffered");

    const recent = (await ago(world))(5, 1);
    const labels = [digestOf("more")];
    await refusal(registerAliquots(lab, { source: sent, labels, ...recent }), "ProvenanceSampleDestroyed");
    await refusal(registerAliquots(lab, { source: kept, labels, ...recent }), "ProvenanceNotKeeper");
    const offer = { sampleIds: [sampleId], to: LAB, leftAt };
    await refusal(offerCustody(biobank, offer), "ProvenanceSampleDestroyed");
    await refusal(registerSpecimen(world.university, { record: specimen, ...recent }), "AccessManagedUnauthorized");
  });

  it("estimate and send nothing on a dry run", async () => {
    const world = await loadWorld();
    const recent = (await ago(world))(5, 1);
    const rehearsal = await registerSpecimen(world.biobank, { record: specimen, ...recent, dryRun: true });
    expect(rehearsal.gas > 50_000n).to.equal(true);
    expect((await getProvenance(world.reader)).activities).to.deep.equal([]);
  });

  it("refuse malformed input before anything is sent", async () => {
    const world = await loadWorld();
    const { biobank, university, dataset, datasetId } = world;
    const recent = (await ago(world))(5, 1);
    const source = digestOf("sample");
    const of = { licenceId: 1n, workflow: plan, version: plan, inputs: [datasetId], ...recent };
    const hostile: readonly [Promise<unknown>, string][] = [
      [registerSpecimen(biobank, { record: { ...specimen, participant: zeroHash }, ...recent }), "record.participant"],
      [registerSpecimen(biobank, { record: specimen, ...recent, startedAt: 0 }), "startedAt"],
      [registerSpecimen(biobank, { record: specimen, ...recent, endedAt: 2 ** 32 }), "endedAt"],
      [registerSpecimen(biobank, { record: specimen, ...recent, agent: "0x12" }), "agent"],
      [registerAliquots(biobank, { source, labels: [], ...recent }), "labels"],
      [registerAliquots(biobank, { source, labels: [zeroHash], ...recent }), "labels[0]"],
      [offerCustody(biobank, { sampleIds: [source], to: "0x" as Hex, leftAt: 1 }), "to"],
      [offerCustody(biobank, { sampleIds: [source], to: LAB, leftAt: 0 }), "leftAt"],
      [cancelCustodyOffer(biobank, { sampleIds: [] }), "sampleIds"],
      [acceptCustody(biobank, { sampleIds: [source], arrivedAt: -1 }), "arrivedAt"],
      [recordSequencing(biobank, { sampleId: source, outputs: [], ...recent }), "outputs"],
      [
        recordSequencing(biobank, {
          sampleId: source,
          outputs: [{ ...dataset, level: "Raw" as "Individual" }],
          ...recent,
        }),
        "outputs[0].level",
      ],
      [recordAnalysis(university, { ...of, workflow: zeroHash }), "workflow"],
      [recordAnalysis(university, { ...of, results: [zeroHash] }), "results[0]"],
      [recordAnalysis(university, { ...of, inputs: "all" as unknown as Hex[] }), "inputs"],
      [destroySamples(biobank, { sampleIds: [source], evidence: zeroHash, ...recent }), "evidence"],
      [attestCopiesDestroyed(university, { licenceId: 0n, evidence, ...recent }), "licenceId"],
      [getProvenance(world.reader, { blockNumber: -1n }), "blockNumber"],
    ];
    for (const [promise, input] of hostile) {
      expect((await refusal(promise, "InvalidInput")).args, input).to.include({ input });
    }
  });

  it("refuse an analysis that cannot have been, and one input twice", async () => {
    const world = await loadWorld();
    const { analysis } = await story(world);
    const { university, company } = world;
    await refusal(recordAnalysis(company, analysis), "ProvenanceNotLicensee");
    const again = await refusal(recordAnalysis(university, analysis), "ProvenanceDatasetGenerated");
    expect(again.args).to.include({ activity: 7n });
    const twice = { ...analysis, outputs: [], inputs: [world.datasetId, world.datasetId] };
    await refusal(recordAnalysis(university, twice), "ProvenanceInputsNotAscending");
    const early = { ...analysis, outputs: [], startedAt: analysis.startedAt - 10_000 };
    await refusal(recordAnalysis(university, early), "ProvenanceLicenceNotInForce");
  });
});

describe("getProvenance", () => {
  it("notices a node that keeps events back", async () => {
    const world = await loadWorld();
    await story(world);
    const { publicClient } = world;
    const request = async (asked: Parameters<typeof publicClient.request>[0]) => {
      const answer: unknown = await publicClient.request(asked);
      return Array.isArray(answer) ? answer.slice(0, 4) : answer;
    };
    const forgetful = { ...world.reader, publicClient: { ...publicClient, request } as typeof publicClient };
    const error = await refusal(getProvenance(forgetful), "ProvenanceIncomplete");
    expect(error.args).to.deep.equal({ activities: 8 });
  });
});

describe("commitToParticipant", () => {
  it("is opened by the participant's id and salt alone", () => {
    expect(opensParticipantCommitment(commitment, ids.scope, participantId, salt)).to.equal(true);
    expect(opensParticipantCommitment(commitment, ids.scope, person(2).participantId, salt)).to.equal(false);
    expect(opensParticipantCommitment(commitment, ids.biobank, participantId, salt)).to.equal(false);
    expect(opensParticipantCommitment(commitment, ids.scope, participantId, digestOf("salt"))).to.equal(false);
    expect(commitToParticipant(ids.scope, participantId).commitment).to.not.equal(commitment);
    expect(() => commitToParticipant(ids.scope, participantId, "0x12")).to.throw("salt");
    expect(() => opensParticipantCommitment("0x", ids.scope, participantId, salt)).to.throw("commitment");
  });
});
