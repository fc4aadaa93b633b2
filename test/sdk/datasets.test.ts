import { SimpleMerkleTree } from "@openzeppelin/merkle-tree";
import { expect } from "chai";
import { describe, it } from "mocha";
import { encodeAbiParameters, type Hex, keccak256, zeroHash } from "viem";

import { participantsTree } from "../../src/files/index.ts";
import {
  anchorDataset,
  anchorDatasetVersion,
  attestMirror,
  type Chunk,
  claimDataset,
  DATA_LEVELS,
  datasetIdOf,
  type DatasetRecord,
  DEIDENTIFICATION_CLASSES,
  getDataset,
  getMirrors,
  type NewDatasetRecord,
  offerDatasetCopy,
  retractDataset,
  traceLineage,
  verifyChunk,
  verifyParticipant,
  withdrawMirror,
} from "../../src/sdk/index.ts";
import { digestOf, ids, loadWorld, newDataset, refusal } from "./world.ts";

/** The world's dataset, and one that derives from it. */
async function loadLineage() {
  const world = await loadWorld();
  const record = { ...newDataset(world.general.digest), contentDigest: digestOf("derived") };
  return { ...world, derived: await anchorDataset(world.biobank, { record, parents: [world.dataset] }) };
}

/** A record as ethers takes it. */
function encoded({ level, deidentification, parents, ...rest }: DatasetRecord) {
  return {
    ...rest,
    parents: [...parents],
    level: DATA_LEVELS.indexOf(level),
    deidentification: { ...deidentification, class: DEIDENTIFICATION_CLASSES.indexOf(deidentification.class) },
  };
}

describe("anchorDataset", () => {
  it("anchors a first version whose id certifies its record", async () => {
    const { biobank, reader, general, publicClient } = await loadWorld();
    const record = {
      ...newDataset(general.digest),
      contentDigest: digestOf("other content"),
      level: "Aggregate",
      minimumCell: 10,
      successor: ids.university,
      deidentification: { class: "Anonymised", method: digestOf("method"), reviewer: ids.committee },
    } as const;
    const anchored = await anchorDataset(biobank, { record });
    expect(anchored.record).to.deep.equal({ ...record, previous: zeroHash, parents: [] });
    expect(anchored.datasetId).to.equal(datasetIdOf(anchored.record));
    const { timestamp } = await publicClient.getBlock({ blockNumber: anchored.blockNumber });
    expect(await getDataset(reader, { datasetId: anchored.datasetId })).to.deep.equal({
      datasetId: anchored.datasetId,
      number: 2,
      record: anchored.record,
      anchoredAt: Number(timestamp),
      version: 1,
      isStanding: true,
      custodian: ids.biobank,
      depth: 0,
      ancestors: [],
    });
  });

  it("names no successor and no minimum cell unless told", async () => {
    const { dataset } = await loadWorld();
    expect(dataset).to.include({ successor: zeroHash, minimumCell: 0 });
  });

  it("refuses what does not fit the level, the class or the custodian", async () => {
    const { biobank, general } = await loadWorld();
    const record = newDataset(general.digest);
    const unfit = [
      [{ level: "Aggregate" }, "DatasetMinimumCellInvalid"],
      [{ minimumCell: 5 }, "DatasetMinimumCellInvalid"],
      [{ successor: ids.biobank }, "DatasetSuccessorInvalid"],
      [{ deidentification: { ...record.deidentification, class: "Synthetic" } }, "DatasetDeidentificationInvalid"],
    ] as const;
    for (const [change, name] of unfit) {
      await refusal(anchorDataset(biobank, { record: { ...record, ...change } }), name);
    }
  });

  it("anchors what derives from others, and which stands while they do", async () => {
    const { biobank, reader, dataset, datasetId, derived } = await loadLineage();
    expect(derived.record.parents).to.deep.equal([datasetId]);
    expect(await getDataset(reader, { datasetId: derived.datasetId })).to.deep.include({
      depth: 1,
      ancestors: [1],
      isStanding: true,
    });
    await retractDataset(biobank, { record: dataset });
    expect((await getDataset(reader, { datasetId: derived.datasetId })).isStanding).to.equal(false);
    const record = { ...newDataset(dataset.termsDigest), contentDigest: digestOf("late") };
    await refusal(anchorDataset(biobank, { record, parents: [derived.record] }), "DatasetIsRetracted");
  });

  it("refuses parents that are unknown, repeated or too many", async () => {
    const { biobank, general, dataset } = await loadWorld();
    const record = { ...newDataset(general.digest), contentDigest: digestOf("derived") };
    const never = { ...dataset, contentDigest: digestOf("never") };
    await refusal(anchorDataset(biobank, { record, parents: [never] }), "DatasetNotAnchored");
    await refusal(anchorDataset(biobank, { record, parents: [dataset, dataset] }), "DatasetParentRepeated");
    await refusal(anchorDataset(biobank, { record, parents: Array(9).fill(dataset) }), "DatasetParentCountInvalid");
    const parents = [{ ...dataset, parents: ["0x12"] }] as unknown as DatasetRecord[];
    const error = await refusal(anchorDataset(biobank, { record, parents }), "InvalidInput");
    expect(error.args).to.include({ input: "parents[0].parents[0]" });
  });

  it("has the id that the contract computes", async () => {
    const { dataset, datasetId, contracts } = await loadWorld();
    expect(await contracts.datasetRegistry.idOf(encoded(dataset))).to.equal(datasetId);
  });

  it("refuses the same record twice, another custodian, and strangers", async () => {
    const { biobank, company, general, datasetId } = await loadWorld();
    const record = newDataset(general.digest);
    const again = await refusal(anchorDataset(biobank, { record }), "DatasetAlreadyAnchored");
    expect(again.args).to.deep.equal({ datasetId });
    const foreign = { ...record, custodian: ids.company };
    const error = await refusal(anchorDataset(biobank, { record: foreign }), "DatasetNotCustodian");
    expect(error.args).to.deep.equal({ custodian: ids.company, caller: ids.biobank });
    await refusal(anchorDataset(company, { record }), "AccessManagedUnauthorized");
  });

  it("refuses records with fields missing or malformed", async () => {
    const { biobank, general } = await loadWorld();
    const record = newDataset(general.digest);
    for (const [field, value] of [
      ["contentDigest", zeroHash],
      ["manifestRoot", undefined],
      ["termsDigest", "terms"],
      ["scopeId", 5],
      ["participantsRoot", "0x00"],
      ["level", "Raw"],
      ["successor", "0x"],
      ["minimumCell", -1],
      ["deidentification", null],
    ] as const) {
      const hostile = { ...record, [field]: value } as NewDatasetRecord;
      const error = await refusal(anchorDataset(biobank, { record: hostile }), "InvalidInput");
      expect(error.args).to.include({ input: `record.${field}` });
    }
    await refusal(anchorDataset(biobank, { record: null as unknown as NewDatasetRecord }), "InvalidInput");
  });
});

describe("anchorDatasetVersion", () => {
  it("anchors the next version", async () => {
    const { biobank, reader, general, dataset, datasetId } = await loadWorld();
    const record = { ...newDataset(general.digest), contentDigest: digestOf("second") };
    const second = await anchorDatasetVersion(biobank, { record, previous: dataset });
    expect(second.record.previous).to.equal(datasetId);
    expect((await getDataset(reader, { datasetId: second.datasetId })).version).to.equal(2);
    expect((await getDataset(reader, { datasetId })).isStanding).to.equal(true);
  });

  it("has parents of its own, and does not fall with the old version", async () => {
    const { biobank, reader, general, dataset, derived } = await loadLineage();
    const mended = { ...newDataset(general.digest), contentDigest: digestOf("mended") };
    const { record: source } = await anchorDatasetVersion(biobank, { record: mended, previous: dataset });
    await retractDataset(biobank, { record: dataset });
    const record = { ...newDataset(general.digest), contentDigest: digestOf("derived again") };
    const again = await anchorDatasetVersion(biobank, { record, previous: derived.record, parents: [source] });
    expect(await getDataset(reader, { datasetId: again.datasetId })).to.deep.include({
      version: 2,
      isStanding: true,
      ancestors: [3],
    });
  });

  it("refuses another scope, and what was never anchored", async () => {
    const { biobank, general, dataset } = await loadWorld();
    const record = { ...newDataset(general.digest), scopeId: ids.company };
    await refusal(anchorDatasetVersion(biobank, { record, previous: dataset }), "DatasetScopeMismatch");
    const previous = { ...dataset, contentDigest: digestOf("never") };
    const error = await refusal(anchorDatasetVersion(biobank, { record, previous }), "DatasetNotAnchored");
    expect(error.args).to.deep.equal({ datasetId: datasetIdOf(previous) });
  });
});

describe("retractDataset", () => {
  it("takes a dataset back for ever", async () => {
    const { biobank, reader, dataset, datasetId, general } = await loadWorld();
    expect((await retractDataset(biobank, { record: dataset })).datasetId).to.equal(datasetId);
    const found = await getDataset(reader, { datasetId });
    expect(found).to.deep.include({ isStanding: false, record: dataset });
    await refusal(retractDataset(biobank, { record: dataset }), "DatasetIsRetracted");
    const next = { record: { ...newDataset(general.digest), contentDigest: digestOf("second") }, previous: dataset };
    await refusal(anchorDatasetVersion(biobank, next), "DatasetIsRetracted");
  });
});

describe("getDataset", () => {
  it("finds nothing where nothing is anchored", async () => {
    const { reader } = await loadWorld();
    await refusal(getDataset(reader, { datasetId: digestOf("none") }), "NotFound");
    await refusal(getDataset(reader, { datasetId: zeroHash }), "InvalidInput");
  });
});

describe("traceLineage", () => {
  it("finds ancestors, descendants and versions in the events alone", async () => {
    const { biobank, reader, general, dataset, datasetId, derived } = await loadLineage();
    const record = { ...newDataset(general.digest), level: "Model", contentDigest: digestOf("model") } as const;
    const model = await anchorDataset(biobank, { record, parents: [dataset, derived.record] });
    const mended = { ...newDataset(general.digest), contentDigest: digestOf("mended") };
    const next = await anchorDatasetVersion(biobank, { record: mended, previous: dataset });
    const { blockNumber } = await retractDataset(biobank, { record: derived.record });

    const idsOf = (list: readonly { readonly datasetId: Hex }[]) => list.map((one) => one.datasetId);
    const source = await traceLineage(reader, { datasetId });
    expect(idsOf(source.ancestors)).to.deep.equal([]);
    expect(idsOf(source.descendants)).to.deep.equal([derived.datasetId, model.datasetId]);
    expect(idsOf(source.versions)).to.deep.equal([datasetId, next.datasetId]);
    const traced = await traceLineage(reader, model);
    expect(idsOf(traced.ancestors)).to.deep.equal([datasetId, derived.datasetId]);
    expect(traced.dataset).to.include({ number: 3, depth: 2, version: 1, isRetracted: false, isStanding: false });
    const before = await traceLineage(reader, { ...model, toBlock: blockNumber - 1n });
    expect(before.dataset.isStanding).to.equal(true);

    for (const { datasetId: id, ...said } of [...source.versions, ...source.descendants]) {
      const { number, version, depth, isStanding, custodian } = await getDataset(reader, { datasetId: id });
      expect(said).to.include({ number, version, depth, isStanding, custodian });
    }
  });

  it("finds nothing where nothing is anchored", async () => {
    const { reader } = await loadWorld();
    await refusal(traceLineage(reader, { datasetId: digestOf("none") }), "NotFound");
    await refusal(traceLineage(reader, { datasetId: "0x" }), "InvalidInput");
  });
});

describe("mirrors", () => {
  const copyDigest = digestOf("encrypted copy");

  it("attest the copy on offer, and withdraw", async () => {
    const { biobank, university, reader, dataset, datasetId } = await loadWorld();
    expect(await getMirrors(reader, { datasetId })).to.deep.equal({ datasetId, copy: undefined, mirrors: [] });
    const { offer } = await offerDatasetCopy(biobank, { record: dataset, copyDigest, size: 9n });
    const attested = await attestMirror(university, { datasetId, copyDigest });
    expect(attested).to.deep.include({ datasetId, institutionId: ids.university, offer });
    const { copy, mirrors } = await getMirrors(reader, { datasetId });
    expect(copy).to.include({ copyDigest, size: 9n });
    expect(mirrors.map(({ institutionId, isFresh }) => [institutionId, isFresh])).to.deep.equal([
      [ids.university, true],
    ]);
    expect((await withdrawMirror(university, { datasetId })).institutionId).to.equal(ids.university);
    expect((await getMirrors(reader, { datasetId })).mirrors).to.deep.equal([]);
    await refusal(withdrawMirror(university, { datasetId }), "DatasetNotMirror");
  });

  it("are refused another copy, the custodian's own word, and malformed input", async () => {
    const { biobank, university, stranger, dataset: record, datasetId } = await loadWorld();
    await refusal(attestMirror(university, { datasetId, copyDigest }), "DatasetCopyMismatch");
    await offerDatasetCopy(biobank, { record, copyDigest, size: 9n });
    await refusal(attestMirror(university, { datasetId, copyDigest: digestOf("rot") }), "DatasetCopyMismatch");
    await refusal(attestMirror(biobank, { datasetId, copyDigest }), "DatasetMirrorIsCustodian");
    await refusal(attestMirror(stranger, { datasetId, copyDigest }), "AccessManagedUnauthorized");
    await refusal(attestMirror(university, { datasetId, copyDigest: zeroHash }), "InvalidInput");
    await refusal(offerDatasetCopy(biobank, { record, copyDigest, size: 0n }), "InvalidInput");
    await refusal(offerDatasetCopy(university, { record, copyDigest, size: 9n }), "AccessManagedUnauthorized");
  });
});

describe("claimDataset", () => {
  it("is refused while the custodian has custody", async () => {
    const { biobank, university, dataset: record, datasetId } = await loadWorld();
    const error = await refusal(claimDataset(biobank, { record }), "DatasetNotSuccessor");
    expect(error.args).to.deep.equal({ datasetId, custodian: ids.biobank, caller: ids.biobank });
    await refusal(claimDataset(university, { record }), "AccessManagedUnauthorized");
  });
});

describe("verifyParticipant", () => {
  it("tells a dataset's participants from others", async () => {
    const { biobank, reader, general } = await loadWorld();
    const people = [1, 2, 3].map((number) => digestOf(`person ${number}`));
    const tree = participantsTree(people);
    const record = { ...newDataset(general.digest), participantsRoot: tree.root };
    const anchored = await anchorDataset(biobank, { record });
    for (const participantId of people) {
      const parameters = { record: anchored.record, participantId, proof: tree.prove(participantId) };
      expect(await verifyParticipant(reader, parameters)).to.equal(true);
      const other = { ...parameters, participantId: digestOf("somebody else") };
      expect(await verifyParticipant(reader, other)).to.equal(false);
    }
    const [participantId] = people as [Hex];
    const never = { ...anchored.record, contentDigest: digestOf("never") };
    await refusal(verifyParticipant(reader, { record: never, participantId, proof: [] }), "DatasetNotAnchored");
    const hostile = { record: anchored.record, participantId, proof: ["0x12" as Hex] };
    await refusal(verifyParticipant(reader, hostile), "InvalidInput");
  });
});

describe("verifyChunk", () => {
  const chunks: Chunk[] = [0, 1, 2].map((index) => ({
    file: digestOf("cohort.vcf"),
    index,
    length: 65_536 - index,
    digest: digestOf(`chunk ${index}`),
  }));
  const types = ["bytes32", "uint64", "uint64", "bytes32"].map((type) => ({ type }));
  const leaves = chunks.map(({ file, index, length, digest }) =>
    keccak256(keccak256(encodeAbiParameters(types, [file, BigInt(index), BigInt(length), digest]))),
  );
  const tree = SimpleMerkleTree.of(leaves);
  const proofOf = (index: number): Hex[] => tree.getProof(leaves[index]!) as Hex[];

  it("tells the anchored content's chunks from others", async () => {
    const { biobank, reader, general } = await loadWorld();
    const { record } = await anchorDataset(biobank, { record: newDataset(general.digest, tree.root as Hex) });
    for (const [index, chunk] of chunks.entries()) {
      expect(await verifyChunk(reader, { record, chunk, proof: proofOf(index) })).to.equal(true);
    }
    const altered = { ...chunks[0]!, length: 1 };
    expect(await verifyChunk(reader, { record, chunk: altered, proof: proofOf(0) })).to.equal(false);
    expect(await verifyChunk(reader, { record, chunk: chunks[0]!, proof: proofOf(1) })).to.equal(false);
  });

  it("refuses a record that is not anchored, and malformed chunks", async () => {
    const { reader, dataset } = await loadWorld();
    const record = { ...dataset, contentDigest: digestOf("never") };
    const chunk = chunks[0]!;
    await refusal(verifyChunk(reader, { record, chunk, proof: [] }), "DatasetNotAnchored");
    for (const hostile of [{ index: -1 }, { length: 2 ** 53 }, { file: "cohort.vcf" }, { digest: "0x" }]) {
      const parameters = { record, chunk: { ...chunk, ...hostile } as Chunk, proof: [] };
      await refusal(verifyChunk(reader, parameters), "InvalidInput");
    }
  });
});
