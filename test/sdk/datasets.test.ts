import { SimpleMerkleTree } from "@openzeppelin/merkle-tree";
import { expect } from "chai";
import { describe, it } from "mocha";
import { encodeAbiParameters, type Hex, keccak256, zeroHash } from "viem";

import {
  anchorDataset,
  anchorDatasetVersion,
  type Chunk,
  datasetIdOf,
  getDataset,
  type NewDatasetRecord,
  retractDataset,
  verifyChunk,
} from "../../src/sdk/index.ts";
import { digestOf, ids, loadWorld, newDataset, refusal } from "./world.ts";

describe("anchorDataset", () => {
  it("anchors a first version whose id certifies its record", async () => {
    const { biobank, reader, general, publicClient } = await loadWorld();
    const record = {
      ...newDataset(general.digest),
      contentDigest: digestOf("other content"),
      level: "Aggregate",
    } as const;
    const anchored = await anchorDataset(biobank, { record });
    expect(anchored.record).to.deep.equal({ ...record, previous: zeroHash });
    expect(anchored.datasetId).to.equal(datasetIdOf(anchored.record));
    const { timestamp } = await publicClient.getBlock({ blockNumber: anchored.blockNumber });
    expect(await getDataset(reader, anchored)).to.deep.equal({
      datasetId: anchored.datasetId,
      record: anchored.record,
      anchoredAt: Number(timestamp),
      version: 1,
      isStanding: true,
    });
  });

  it("has the id that the contract computes", async () => {
    const { dataset, datasetId, contracts } = await loadWorld();
    expect(await contracts.datasetRegistry.idOf({ ...dataset, level: 0 })).to.equal(datasetId);
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
    expect((await getDataset(reader, second)).version).to.equal(2);
    expect((await getDataset(reader, { datasetId })).isStanding).to.equal(true);
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
