import { createHash, randomBytes } from "node:crypto";
import { appendFileSync, linkSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";

import { StandardMerkleTree } from "@openzeppelin/merkle-tree";
import { expect } from "chai";
import fc from "fast-check";
import { describe, it } from "mocha";

import {
  buildManifest,
  type ChunkProof,
  type Hex,
  type Manifest,
  ManifestError,
  type ManifestProgress,
  MAX_CHUNK_SIZE,
  proveChunk,
  verifyChunk,
} from "../../src/files/index.ts";
import { examples, rejection, temporaryFolder } from "./support.ts";

const sha256 = (data: string | Uint8Array): Hex => `0x${createHash("sha256").update(data).digest("hex")}`;
const LEAF = ["bytes32", "uint64", "uint64", "bytes32"];

function chunkOf(content: Uint8Array, manifest: Manifest, index: number): Uint8Array {
  return content.subarray(index * manifest.chunkSize, (index + 1) * manifest.chunkSize);
}

/** `data` with one bit of byte `at` (modulo its length) turned, or with a byte more when it is empty. */
function altered(data: Uint8Array, at: number): Uint8Array {
  if (data.length === 0) return new Uint8Array(1);
  const copy = Uint8Array.from(data);
  copy[at % copy.length] = (copy[at % copy.length] ?? 0) ^ (1 << (at % 8));
  return copy;
}

describe("buildManifest", () => {
  const folder = temporaryFolder();

  it("gives the digests, the content digest and the root of one file, as computed by other means", async () => {
    const content = randomBytes(250);
    const manifest = await buildManifest([folder.write("one.bin", content)], { chunkSize: 100 });
    const leaves = [0, 1, 2].map((i) => {
      const chunk = content.subarray(i * 100, (i + 1) * 100);
      return [sha256("one.bin"), i, chunk.length, sha256(chunk)];
    });
    expect(manifest.root).to.equal(StandardMerkleTree.of(leaves, LEAF).root);
    expect(manifest.contentDigest).to.equal(sha256(content));
    expect(manifest).to.include({ bytes: 250, chunks: 3, chunkSize: 100 });
    expect(manifest.files[0]).to.include({ name: "one.bin", bytes: 250, chunks: 3, sha256: sha256(content) });
  });

  it("uses chunks of 65,536 bytes when none are named", async () => {
    const content = randomBytes(65_536 * 2 + 1);
    const manifest = await buildManifest([folder.write("default.bin", content)]);
    expect(manifest).to.include({ chunkSize: 65_536, chunks: 3 });
    expect(proveChunk(manifest, "default.bin", 2)).to.include({ length: 1, sha256: sha256(content.subarray(131_072)) });
  });

  it("digests several files over their sorted digests, and does not depend on their order", async () => {
    const contents = ["alpha", "beta", "gamma"];
    const paths = contents.map((content) => folder.write(`${content}.txt`, content));
    const manifest = await buildManifest(paths);
    const digests = contents.map((content) => createHash("sha256").update(content).digest());
    expect(manifest.contentDigest).to.equal(sha256(Buffer.concat(digests.sort(Buffer.compare))));
    const reversed = await buildManifest([...paths].reverse());
    expect(reversed.root).to.equal(manifest.root);
    expect(reversed.contentDigest).to.equal(manifest.contentDigest);
    expect(reversed.files.map(({ name }) => name)).to.deep.equal(["alpha.txt", "beta.txt", "gamma.txt"]);
  });

  it("names files from the directory that holds them all, so that a copy elsewhere has the same root", async () => {
    const roots = [];
    for (const place of ["here", "there"]) {
      mkdirSync(join(folder.path, place, "a", "deep"), { recursive: true });
      mkdirSync(join(folder.path, place, "b"), { recursive: true });
      const paths = [
        folder.write(join(place, "a", "deep", "x.vcf"), "x"),
        folder.write(join(place, "b", "x.vcf"), "y"),
      ];
      const manifest = await buildManifest(paths);
      expect(manifest.files.map(({ name }) => name)).to.deep.equal(["a/deep/x.vcf", "b/x.vcf"]);
      roots.push(manifest.root);
    }
    expect(roots[0]).to.equal(roots[1]);
  });

  it("writes names in one Unicode form, whichever the file system keeps", async () => {
    const manifest = await buildManifest([folder.write("cafe\u0301.txt", "x")]);
    expect(manifest.files[0]).to.include({ name: "caf\u00e9.txt", fileDigest: sha256("caf\u00e9.txt") });
  });

  it("gives another root when a file is renamed, though the content digest stays", async () => {
    const before = await buildManifest([folder.write("before.txt", "same")]);
    const after = await buildManifest([folder.write("after.txt", "same")]);
    expect(after.contentDigest).to.equal(before.contentDigest);
    expect(after.root).not.to.equal(before.root);
  });

  it("gives an empty file one empty chunk, so that the root commits to it", async () => {
    const empty = folder.write("empty.txt", "");
    const other = folder.write("other.txt", "other");
    const manifest = await buildManifest([empty, other]);
    expect(manifest.chunks).to.equal(2);
    expect(manifest.root).not.to.equal((await buildManifest([other])).root);
    const proof = proveChunk(manifest, "empty.txt", 0);
    expect(proof).to.include({ length: 0, sha256: sha256("") });
    expect(verifyChunk(manifest.root, new Uint8Array(), proof)).to.equal(true);
  });

  it("reports progress that rises to the whole", async () => {
    const paths = [folder.write("big.bin", randomBytes(3_000_000)), folder.write("small.bin", randomBytes(10))];
    const seen: ManifestProgress[] = [];
    await buildManifest(paths, { onProgress: (progress) => seen.push(progress) });
    const read = seen.map(({ bytesRead }) => bytesRead);
    expect(read).to.deep.equal([...read].sort((a, b) => a - b));
    expect(read.length).to.be.greaterThan(3);
    expect(seen.at(-1)).to.deep.equal({ file: paths[1], bytesRead: 3_000_010, bytesTotal: 3_000_010 });
  });

  it("takes chunks that are larger than one read and do not divide it", async () => {
    const content = randomBytes(3_500_000);
    const manifest = await buildManifest([folder.write("odd.bin", content)], { chunkSize: 1_500_001 });
    expect(manifest.chunks).to.equal(3);
    for (const index of [0, 1, 2]) {
      expect(
        verifyChunk(manifest.root, chunkOf(content, manifest, index), proveChunk(manifest, "odd.bin", index)),
      ).to.equal(true);
    }
  });

  for (const chunkSize of [0, -1, 1.5, NaN, Infinity, MAX_CHUNK_SIZE + 1]) {
    it(`refuses a chunk size of ${chunkSize}`, async () => {
      const error = await rejection(buildManifest([join(examples, "cohort.vcf")], { chunkSize }));
      expect(error).to.be.instanceOf(ManifestError).with.property("message").that.includes(String(chunkSize));
    });
  }

  it("refuses no files, a missing file, a directory and a file named twice, naming them and what to do", async () => {
    const path = folder.write("twice.txt", "twice");
    const missing = join(folder.path, "missing.txt");
    const linked = join(folder.path, "linked.txt");
    symlinkSync(path, linked);
    for (const [files, reason] of [
      [[], "there are no files"],
      [[missing], `${missing}: there is no such file`],
      [[folder.path], `${folder.path}: it is a directory`],
      [[path, path], `${path}: it is named twice`],
      [[path, join(folder.path, ".", "twice.txt")], "it is named twice"],
      [[path, linked], `${linked}: it is the same file as ${path}`],
    ] as const) {
      const error = await rejection(buildManifest(files));
      expect(error).to.be.instanceOf(ManifestError);
      expect((error as ManifestError).message).to.include(reason);
      expect((error as ManifestError).fix).not.to.equal("");
    }
  });

  it("refuses a file that grows while it is read", async () => {
    const path = folder.write("growing.bin", randomBytes(2_500_000));
    let grown = false;
    const onProgress = (): void => {
      if (!grown) appendFileSync(path, "more");
      grown = true;
    };
    const error = await rejection(buildManifest([path], { onProgress }));
    expect(error).to.be.instanceOf(ManifestError).with.property("message").that.includes("changed while it was read");
  });

  it("takes two hard links of one content as two files", async () => {
    const path = folder.write("link1.txt", "linked");
    linkSync(path, join(folder.path, "link2.txt"));
    expect((await buildManifest([path, join(folder.path, "link2.txt")])).files).to.have.length(2);
  });
});

describe("proveChunk and verifyChunk", () => {
  const folder = temporaryFolder();

  it("prove every chunk of any file, and no altered one", async () => {
    let run = 0;
    const contents = fc.array(fc.uint8Array({ maxLength: 200 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(contents, fc.integer({ min: 1, max: 64 }), fc.nat(), async (files, chunkSize, at) => {
        run += 1;
        const paths = files.map((content, i) => folder.write(`run${run}-${i}`, content));
        const manifest = await buildManifest(paths, { chunkSize });
        expect(manifest.chunks).to.equal(
          files.reduce((sum, f) => sum + Math.max(1, Math.ceil(f.length / chunkSize)), 0),
        );
        for (const [i, content] of files.entries()) {
          for (let index = 0; index < (manifest.files[i]?.chunks ?? 0); index++) {
            const chunk = chunkOf(content, manifest, index);
            const proof = proveChunk(manifest, paths[i] as string, index);
            expect(verifyChunk(manifest.root, chunk, proof)).to.equal(true);
            const wrong = altered(chunk, at);
            expect(verifyChunk(manifest.root, wrong, proof)).to.equal(false);
            expect(
              verifyChunk(manifest.root, wrong, { ...proof, length: wrong.length, sha256: sha256(wrong) }),
            ).to.equal(false);
            expect(verifyChunk(manifest.root, chunk, { ...proof, index: index + 1 })).to.equal(false);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it("refuse a chunk under another file's name", async () => {
    const manifest = await buildManifest([folder.write("a.txt", "same"), folder.write("b.txt", "same")]);
    const proof = proveChunk(manifest, "a.txt", 0);
    const chunk = Buffer.from("same");
    expect(verifyChunk(manifest.root, chunk, proof)).to.equal(true);
    expect(verifyChunk(manifest.root, chunk, { ...proof, name: "b.txt" })).to.equal(false);
    expect(verifyChunk(manifest.root, chunk, { ...proof, fileDigest: sha256("b.txt") })).to.equal(false);
    expect(verifyChunk(manifest.root, chunk, { ...proof, name: "b.txt", fileDigest: sha256("b.txt") })).to.equal(false);
  });

  it("are false, never an error, for malformed proofs and roots", async () => {
    const manifest = await buildManifest([folder.write("m.txt", "m"), folder.write("n.txt", "n")]);
    const proof = proveChunk(manifest, "m.txt", 0);
    const chunk = Buffer.from("m");
    const malformed: unknown[] = [
      { ...proof, proof: ["0x12"] },
      { ...proof, proof: "0x" },
      { ...proof, proof: undefined },
      { ...proof, index: -1 },
      { ...proof, index: 0.5 },
      { ...proof, index: "0" },
      { ...proof, length: NaN },
      { ...proof, sha256: "nothing" },
      { ...proof, fileDigest: null },
      { ...proof, name: 5 },
      { ...proof, proof: [...proof.proof, proof.sha256] },
      { ...proof, proof: [] },
    ];
    for (const wrong of malformed) {
      expect(verifyChunk(manifest.root, chunk, wrong as ChunkProof), JSON.stringify(wrong)).to.equal(false);
    }
    for (const root of ["0x", "", "0x12", proof.sha256]) {
      expect(verifyChunk(root as Hex, chunk, proof), root).to.equal(false);
    }
  });

  it("take digests in capitals", async () => {
    const manifest = await buildManifest([folder.write("c1.txt", "c"), folder.write("c2.txt", "d")]);
    const { proof, ...rest } = proveChunk(manifest, "c1.txt", 0);
    const upper = (hex: Hex): Hex => `0x${hex.slice(2).toUpperCase()}`;
    const capitals = {
      ...rest,
      fileDigest: upper(rest.fileDigest),
      sha256: upper(rest.sha256),
      proof: proof.map(upper),
    };
    expect(verifyChunk(upper(manifest.root), Buffer.from("c"), capitals)).to.equal(true);
  });

  it("refuse to prove a file or a chunk that the manifest does not have", async () => {
    const path = folder.write("proof.txt", "12345");
    const manifest = await buildManifest([path], { chunkSize: 2 });
    expect(() => proveChunk(manifest, "nothing.txt", 0)).to.throw(ManifestError, '"nothing.txt"');
    for (const index of [-1, 3, 0.5, NaN]) {
      const prove = (): unknown => proveChunk(manifest, path, index);
      expect(prove).to.throw(ManifestError, `no chunk ${index}`).with.property("fix", "Give a chunk from 0 to 2.");
    }
  });

  it("prove the example that the package ships", async () => {
    const path = join(examples, "cohort.vcf");
    const manifest = await buildManifest([path], { chunkSize: 4096 });
    const content = readFileSync(path);
    for (let index = 0; index < manifest.chunks; index++) {
      expect(verifyChunk(manifest.root, chunkOf(content, manifest, index), proveChunk(manifest, path, index))).to.equal(
        true,
      );
    }
  });
});
