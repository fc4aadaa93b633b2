import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";
import { after, describe, it } from "mocha";
import type { Hex } from "viem";

import { buildManifest, type ChunkProof, participantsTree, proveChunk, verifyChunk } from "../../src/files/index.ts";
import {
  admitInstitution,
  anchorDataset,
  anchorDatasetVersion,
  type AnchoredDataset,
  attestMirror,
  claimDataset,
  type ConcordClient,
  type DatasetRecord,
  expelInstitution,
  getDataset,
  getMirrors,
  institutionIdOf,
  offerDatasetCopy,
  traceLineage,
  verifyChunk as verifyChunkOnChain,
  verifyParticipant,
} from "../../src/sdk/index.ts";
import { addressOf, digestOf, ids, loadWorld, newDataset, refusal, type World } from "./world.ts";

const NAMES = ["biobank", "hospital", "laboratory"] as const;
type Name = (typeof NAMES)[number];
const CHUNK_SIZE = 1_000;

const directory = mkdtempSync(join(tmpdir(), "concord-loss-"));
after(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** A custodian's dataset, and what was handed out of it while the custodian was there. */
interface Held {
  readonly name: Name;
  readonly custodian: ConcordClient;
  readonly institutionId: Hex;
  readonly successor: Name;
  readonly anchored: AnchoredDataset;
  /** The key that the successor has in escrow; the mirrors never see it. */
  readonly key: Buffer;
  /** The encrypted copy, as each of the others keeps it. */
  readonly copies: ReadonlyMap<Name, string>;
  readonly chunkProof: ChunkProof;
  readonly participantId: Hex;
  readonly participantProof: readonly Hex[];
}

/** Three custodians in a ring: each derives from the one before, mirrors both others, and is one's successor. */
async function loadRing(): Promise<{ world: World; ring: ReadonlyMap<Name, Held> }> {
  const world = await loadWorld();
  const { registrar, biobank, relayer, stranger, general } = world;
  const clients = { biobank, hospital: stranger, laboratory: relayer };
  const institutions = {
    biobank: ids.biobank,
    hospital: institutionIdOf("https://ror.org/hospital"),
    laboratory: institutionIdOf("https://ror.org/laboratory"),
  };
  for (const name of ["hospital", "laboratory"] as const) {
    const institutionAccount = addressOf(clients[name]);
    const institutionId = institutions[name];
    await admitInstitution(registrar, {
      institutionId,
      roles: ["custodian"],
      notForProfit: true,
      institutionType: "Hospital",
      region: "DK",
      institutionAccount,
    });
  }

  const ring = new Map<Name, Held>();
  let parents: DatasetRecord[] = [];
  for (const [place, name] of NAMES.entries()) {
    const [successor, other] = [NAMES[(place + 1) % 3]!, NAMES[(place + 2) % 3]!];
    const custodian = clients[name];
    const original = join(directory, `${name}.vcf`);
    writeFileSync(original, Buffer.alloc(3_500, name));
    const manifest = await buildManifest([original], { chunkSize: CHUNK_SIZE });
    const people = [1, 2, 3].map((number) => digestOf(`${name}'s person ${number}`));
    const tree = participantsTree(people);
    const record = {
      ...newDataset(general.digest, manifest.root),
      custodian: institutions[name],
      contentDigest: manifest.contentDigest,
      participantsRoot: tree.root,
      successor: institutions[successor],
    };
    const anchored = await anchorDataset(custodian, { record, parents });
    parents = [anchored.record];

    const key = randomBytes(32);
    const encrypted = encrypt(key, readFileSync(original));
    const copies = new Map([successor, other].map((mirror) => [mirror, join(directory, `${name}.of.${mirror}`)]));
    for (const file of copies.values()) writeFileSync(file, encrypted);
    const copyDigest = await digestOfFile(copies.get(other)!);
    await offerDatasetCopy(custodian, { record: anchored.record, copyDigest, size: BigInt(encrypted.length) });
    for (const [mirror, file] of copies) {
      await attestMirror(clients[mirror], { ...anchored, copyDigest: await digestOfFile(file) });
    }
    ring.set(name, {
      ...{ name, custodian, institutionId: institutions[name], successor, anchored, key, copies },
      chunkProof: proveChunk(manifest, `${name}.vcf`, 3),
      participantId: people[1]!,
      participantProof: tree.prove(people[1]!),
    });
    // The house burns down: from here on there is what the others keep.
    rmSync(original);
  }
  return { world, ring };
}

describe("the loss of any one custodian", () => {
  for (const lost of NAMES) {
    it(`leaves history, proofs, lineage and mirrors: the ${lost}`, async () => {
      const { world, ring } = await loadRing();
      const before = await readAll(world, ring);
      const { institutionId } = ring.get(lost)!;
      await expelInstitution(world.registrar, { institutionId });
      expect(await readAll(world, ring)).to.deep.equal(before);

      for (const { anchored, name, chunkProof, participantId, participantProof, copies } of ring.values()) {
        const { record } = anchored;
        const { fileDigest: file, index, length, sha256: digest, proof } = chunkProof;
        const chunk = { file, index, length, digest };
        expect(await verifyChunkOnChain(world.reader, { record, chunk, proof })).to.equal(true);
        const person = { record, participantId, proof: participantProof };
        expect(await verifyParticipant(world.reader, person)).to.equal(true);

        const { mirrors } = await getMirrors(world.reader, anchored);
        const fresh = mirrors.filter(({ isFresh }) => isFresh).map((mirror) => mirror.institutionId);
        const expected = [...copies.keys()].filter((mirror) => mirror !== lost);
        expect(fresh, name).to.have.members(expected.map((mirror) => ring.get(mirror)!.institutionId));
        expect(fresh).to.have.length(name === lost ? 2 : 1);
      }
    });

    it(`lets its named successor go on: the ${lost}`, async () => {
      const { world, ring } = await loadRing();
      const { anchored, key, copies, successor, chunkProof, custodian, institutionId } = ring.get(lost)!;
      const { record } = anchored;
      const follower = ring.get(successor)!;
      const other = ring.get([...copies.keys()].find((name) => name !== successor)!)!;
      await refusal(claimDataset(follower.custodian, { record }), "DatasetNotSuccessor");
      await expelInstitution(world.registrar, { institutionId });
      await refusal(claimDataset(other.custodian, { record }), "DatasetNotSuccessor");
      await claimDataset(follower.custodian, { record });
      const claimed = await getDataset(world.reader, { datasetId: anchored.datasetId });
      expect(claimed).to.deep.include({ custodian: follower.institutionId, isStanding: true, record });

      // The data itself: from the successor's copy and key, byte for byte what was anchored.
      const restored = join(directory, `${lost}.vcf`);
      const held = copies.get(successor)!;
      writeFileSync(restored, decrypt(key, readFileSync(held)));
      const manifest = await buildManifest([restored], { chunkSize: CHUNK_SIZE });
      expect([manifest.root, manifest.contentDigest]).to.deep.equal([record.manifestRoot, record.contentDigest]);
      const bytes = readFileSync(restored).subarray(3 * CHUNK_SIZE);
      expect(verifyChunk(record.manifestRoot, bytes, chunkProof)).to.equal(true);

      const copyDigest = await digestOfFile(held);
      const size = BigInt(readFileSync(held).length);
      await offerDatasetCopy(follower.custodian, { record, copyDigest, size });
      await attestMirror(other.custodian, { ...anchored, copyDigest: await digestOfFile(copies.get(other.name)!) });
      const { mirrors } = await getMirrors(world.reader, anchored);
      expect(mirrors.filter(({ isFresh }) => isFresh)).to.have.length(1);

      const { parents: parentIds, ...rest } = record;
      const parents = await Promise.all(
        parentIds.map(async (datasetId) => (await getDataset(world.reader, { datasetId })).record),
      );
      const next = { ...rest, custodian: follower.institutionId, successor: other.institutionId };
      const anchoring = { record: next, previous: record, parents };
      await refusal(anchorDatasetVersion(custodian, { ...anchoring, record: rest }), "DatasetNotCustodian");
      const version = await anchorDatasetVersion(follower.custodian, anchoring);
      const { versions } = await traceLineage(world.reader, anchored);
      expect(versions.map(({ datasetId, custodian: now }) => [datasetId, now])).to.deep.equal([
        [anchored.datasetId, follower.institutionId],
        [version.datasetId, follower.institutionId],
      ]);
    });
  }
});

/** What the chain tells anyone of every dataset of the ring, but for the mirrors' standing. */
async function readAll({ reader }: World, ring: ReadonlyMap<Name, Held>) {
  return await Promise.all(
    [...ring.values()].map(async ({ anchored: { datasetId } }) => {
      const { copy, mirrors } = await getMirrors(reader, { datasetId });
      return {
        dataset: await getDataset(reader, { datasetId }),
        lineage: await traceLineage(reader, { datasetId }),
        copy,
        attestations: mirrors.map(({ institutionId, attestedAt }) => ({ institutionId, attestedAt })),
      };
    }),
  );
}

async function digestOfFile(file: string): Promise<Hex> {
  return (await buildManifest([file])).contentDigest;
}

const NONCE = 12;
const TAG = 16;

function encrypt(key: Buffer, data: Buffer): Buffer {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  return Buffer.concat([nonce, cipher.update(data), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(key: Buffer, encrypted: Buffer): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", key, encrypted.subarray(0, NONCE));
  decipher.setAuthTag(encrypted.subarray(-TAG));
  return Buffer.concat([decipher.update(encrypted.subarray(NONCE, -TAG)), decipher.final()]);
}
