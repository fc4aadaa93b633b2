import { createHash, hash } from "node:crypto";
import { open, realpath, stat, type FileHandle } from "node:fs/promises";
import { dirname, relative, resolve, sep } from "node:path";

import { StandardMerkleTree } from "@openzeppelin/merkle-tree";

import { fromHex, type Hex, parseBytes32, toHex } from "./bytes.ts";
import { FilesError, quote, systemReason } from "./errors.ts";
import { MerkleTree } from "./merkle.ts";

const DIGEST = 32;
const LEAF_TYPES = ["bytes32", "uint64", "uint64", "bytes32"];

/** The chunk size, in bytes, of a manifest that names none. */
export const DEFAULT_CHUNK_SIZE = 65_536;
/** The largest chunk size, in bytes: a chunk is held in memory whole. */
export const MAX_CHUNK_SIZE = 64 * 1024 * 1024;
// Small chunks are read this many bytes at a time.
const READ_SIZE = 1024 * 1024;

/** A manifest cannot be built or asked for what it is asked for. */
export class ManifestError extends FilesError {
  override name = "ManifestError";
  /** The file it is about, as its path was given. */
  readonly file: string | undefined;

  constructor(message: string, fix: string, file?: string, options?: ErrorOptions) {
    super(file === undefined ? message : `${file}: ${message}`, fix, options);
    this.file = file;
  }
}

/** One file of a manifest. */
export interface ManifestFile {
  /** The path as it was given. */
  readonly path: string;
  /** The path from the deepest directory that holds all the files, with "/" between its parts, in Unicode form C. */
  readonly name: string;
  /** SHA-256 of the name (not of the content) in UTF-8: the file's part of every leaf. */
  readonly fileDigest: Hex;
  /** The file's length in bytes. */
  readonly bytes: number;
  /** SHA-256 of the file. */
  readonly sha256: Hex;
  /** The number of chunks, at least 1: an empty file has one empty chunk, so that the root commits to it too. */
  readonly chunks: number;
  /** SHA-256 of each chunk, one after the other, 32 bytes each. */
  readonly chunkDigests: Uint8Array;
}

/** The manifest of a dataset's files. */
export interface Manifest {
  /** The length in bytes of every chunk but a file's last. */
  readonly chunkSize: number;
  /** The files, sorted by name. */
  readonly files: readonly ManifestFile[];
  /** The length of all files in bytes. */
  readonly bytes: number;
  /** The number of chunks of all files. */
  readonly chunks: number;
  /** The content digest: SHA-256 of the only file, or of the files' SHA-256 digests (32 bytes each) in ascending order. */
  readonly contentDigest: Hex;
  /** The root of the standard Merkle tree over (bytes32 fileDigest, uint64 index, uint64 length, bytes32 sha256). */
  readonly root: Hex;
  /** The tree behind the root. */
  readonly tree: MerkleTree;
}

/** How far {@link buildManifest} has come. */
export interface ManifestProgress {
  /** The file being read, as its path was given. */
  readonly file: string;
  /** Bytes read so far, of all files. */
  readonly bytesRead: number;
  /** Bytes to read, of all files. */
  readonly bytesTotal: number;
}

/** The settings of {@link buildManifest}. */
export interface ManifestOptions {
  /** Bytes a chunk, 1 to {@link MAX_CHUNK_SIZE}; {@link DEFAULT_CHUNK_SIZE} when left out. */
  readonly chunkSize?: number;
  /** Called after every read. */
  readonly onProgress?: (progress: ManifestProgress) => void;
}

/** What shows that a chunk belongs to a manifest. */
export interface ChunkProof {
  /** The file's name in the manifest. */
  readonly name: string;
  /** SHA-256 of the name. */
  readonly fileDigest: Hex;
  /** The chunk's number in its file, from 0. */
  readonly index: number;
  /** The chunk's length in bytes. */
  readonly length: number;
  /** SHA-256 of the chunk. */
  readonly sha256: Hex;
  /** The sibling hashes from the leaf up to the root. */
  readonly proof: readonly Hex[];
}

/**
 * Reads files once and builds their manifest. Memory is one chunk, or 1 MiB where that is more, and 96 bytes a chunk read.
 * Neither the order of `files` nor the directory that holds them changes the result; their names below it do.
 * @throws ManifestError when there are no files, one is named twice, is no readable regular file or changes
 * while it is read, or the chunk size is out of range.
 */
export async function buildManifest(files: readonly string[], options: ManifestOptions = {}): Promise<Manifest> {
  const { chunkSize = DEFAULT_CHUNK_SIZE, onProgress } = options;
  if (!Number.isSafeInteger(chunkSize) || chunkSize < 1 || chunkSize > MAX_CHUNK_SIZE) {
    throw new ManifestError(
      `the chunk size is ${chunkSize}`,
      `Give a whole number of bytes from 1 to ${MAX_CHUNK_SIZE}.`,
    );
  }
  if (files.length === 0) throw new ManifestError("there are no files", "Name at least one file.");

  const named = nameFiles(files);
  await refuseSameFile(files);
  const sizes = await Promise.all(files.map(sizeOf));
  const bytesTotal = sizes.reduce((sum, size) => sum + size, 0);
  let bytesBefore = 0;
  const read: ManifestFile[] = [];
  for (const { path, name } of named) {
    const file = await readChunks(path, name, chunkSize, (bytes) => {
      onProgress?.({ file: path, bytesRead: bytesBefore + bytes, bytesTotal });
    });
    bytesBefore += file.bytes;
    read.push(file);
  }

  const tree = buildTree(read, chunkSize);
  return {
    chunkSize,
    files: read,
    bytes: bytesBefore,
    chunks: tree.size,
    contentDigest: digestContent(read),
    root: tree.root,
    tree,
  };
}

/**
 * The proof that chunk `index` (from 0) of `file` (its name in the manifest, or its path as given) belongs to a manifest.
 * @throws ManifestError when the manifest has no such file or chunk.
 */
export function proveChunk(manifest: Manifest, file: string, index: number): ChunkProof {
  const found = manifest.files.find(({ name }) => name === file) ?? manifest.files.find(({ path }) => path === file);
  if (found === undefined) {
    throw new ManifestError(`the manifest has no file ${quote(file)}`, "Name one of the manifest's files.");
  }
  if (!Number.isSafeInteger(index) || index < 0 || index >= found.chunks) {
    throw new ManifestError(`there is no chunk ${index}`, `Give a chunk from 0 to ${found.chunks - 1}.`, found.name);
  }
  return {
    name: found.name,
    fileDigest: found.fileDigest,
    index,
    length: chunkLength(found, manifest.chunkSize, index),
    sha256: toHex(found.chunkDigests.subarray(index * DIGEST, (index + 1) * DIGEST)),
    proof: manifest.tree.prove(encodeLeaf(found, manifest.chunkSize, index)),
  };
}

/**
 * Whether `chunk` is, byte for byte, the chunk that `proof` places in the manifest with this root. A malformed proof or
 * root is false, never an error: proofs come from strangers.
 */
export function verifyChunk(root: Hex, chunk: Uint8Array, proof: ChunkProof): boolean {
  const { name, fileDigest, index, length, sha256, proof: siblings } = proof;
  if (typeof name !== "string" || !Array.isArray(siblings)) return false;
  if (![index, length].every((n) => Number.isSafeInteger(n) && n >= 0)) return false;
  // Written anew, in lower case: OpenZeppelin's verifier compares digests as strings.
  const digests = [root, fileDigest, sha256, ...siblings].map((digest) =>
    toHex(parseBytes32(digest) ?? new Uint8Array()),
  );
  const [wantedRoot, wantedName, wantedChunk, ...wantedSiblings] = digests;
  if (digests.includes("0x") || wantedRoot === undefined) return false;
  if (chunk.length !== length || sha256Hex(chunk) !== wantedChunk || sha256Hex(name) !== wantedName) return false;
  return StandardMerkleTree.verify(wantedRoot, LEAF_TYPES, [wantedName, index, length, wantedChunk], wantedSiblings);
}

/** Names files by their path from the deepest directory that holds them all, so that a copy elsewhere has the same root. */
function nameFiles(files: readonly string[]): { path: string; name: string }[] {
  const absolute = files.map((path) => ({ path, absolute: resolve(path) }));
  const [first, ...others] = absolute.map((file) => dirname(file.absolute).split(sep));
  let shared = first ?? [];
  for (const other of others) {
    const differs = shared.findIndex((part, i) => part !== other[i]);
    if (differs !== -1) shared = shared.slice(0, differs);
  }
  const base = shared.join(sep) + sep;
  const named = absolute.map(({ path, absolute: full }) => ({
    path,
    name: relative(base, full).split(sep).join("/").normalize("NFC"),
  }));
  named.sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
  const twice = named.find(({ name }, i) => name === named[i + 1]?.name);
  if (twice !== undefined) throw new ManifestError("it is named twice", "Name each file once.", twice.path);
  return named;
}

/** Two paths may lead to one file by links: anchored twice, it would stand in the content digest twice. */
async function refuseSameFile(files: readonly string[]): Promise<void> {
  const seen = new Map<string, string>();
  for (const path of files) {
    const real = await realpath(path).catch((error: unknown) => refuseUnreadable(path, error));
    const other = seen.get(real);
    if (other !== undefined) throw new ManifestError(`it is the same file as ${other}`, "Name each file once.", path);
    seen.set(real, path);
  }
}

async function sizeOf(path: string): Promise<number> {
  const status = await stat(path).catch((error: unknown) => refuseUnreadable(path, error));
  if (status.isDirectory()) throw new ManifestError("it is a directory", "Name the files inside it.", path);
  if (!status.isFile()) throw new ManifestError("it is not a regular file", "Save the data to a file first.", path);
  return status.size;
}

function refuseUnreadable(path: string, error: unknown): never {
  const why = systemReason(error);
  if (why === undefined) throw error;
  throw new ManifestError(why.reason, why.fix, path, { cause: error });
}

async function readChunks(
  path: string,
  name: string,
  chunkSize: number,
  onRead: (bytes: number) => void,
): Promise<ManifestFile> {
  const handle = await open(path, "r").catch((error: unknown) => refuseUnreadable(path, error));
  try {
    const before = await handle.stat();
    const buffer = new Uint8Array(Math.ceil(READ_SIZE / chunkSize) * chunkSize);
    const whole = createHash("sha256");
    // Room for the chunks that the size promises; a file that outgrows it has changed.
    const chunks = Math.max(1, Math.ceil(before.size / chunkSize));
    const chunkDigests = new Uint8Array(chunks * DIGEST);
    let bytes = 0;
    for (;;) {
      const filled = await fill(handle, buffer).catch((error: unknown) => refuseUnreadable(path, error));
      if (bytes + filled > before.size) break;
      const part = buffer.subarray(0, filled);
      whole.update(part);
      for (let start = 0; start < filled; start += chunkSize) {
        const digest = hash("sha256", part.subarray(start, start + chunkSize), "buffer");
        chunkDigests.set(digest, ((bytes + start) / chunkSize) * DIGEST);
      }
      bytes += filled;
      onRead(bytes);
      if (filled < buffer.length) break;
    }
    const after = await handle.stat();
    if (bytes !== before.size || after.size !== before.size || after.mtimeMs !== before.mtimeMs) {
      throw new ManifestError("it changed while it was read", "Wait until nothing writes to it, then try again.", path);
    }
    if (bytes === 0) chunkDigests.set(hash("sha256", "", "buffer"));
    const sha256 = toHex(whole.digest());
    return { path, name, fileDigest: sha256Hex(name), bytes, sha256, chunks, chunkDigests };
  } finally {
    await handle.close();
  }
}

/** Reads until the buffer is full or the file ends: a single read may give less. */
async function fill(handle: FileHandle, buffer: Uint8Array): Promise<number> {
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, null);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled;
}

function buildTree(files: readonly ManifestFile[], chunkSize: number): MerkleTree {
  const total = files.reduce((sum, { chunks }) => sum + chunks, 0);
  return MerkleTree.of(total, encodeLeaves(files, chunkSize));
}

function* encodeLeaves(files: readonly ManifestFile[], chunkSize: number): Generator<Uint8Array> {
  for (const file of files) {
    for (let index = 0; index < file.chunks; index++) yield encodeLeaf(file, chunkSize, index);
  }
}

/** The leaf's four values as `abi.encode` writes them: big-endian, in 32 bytes each. */
function encodeLeaf(file: ManifestFile, chunkSize: number, index: number): Uint8Array {
  const leaf = Buffer.alloc(4 * 32);
  leaf.set(fromHex(file.fileDigest), 0);
  leaf.writeBigUInt64BE(BigInt(index), 56);
  leaf.writeBigUInt64BE(BigInt(chunkLength(file, chunkSize, index)), 88);
  leaf.set(file.chunkDigests.subarray(index * DIGEST, (index + 1) * DIGEST), 96);
  return leaf;
}

function chunkLength(file: ManifestFile, chunkSize: number, index: number): number {
  return Math.min(chunkSize, file.bytes - index * chunkSize);
}

function digestContent(files: readonly ManifestFile[]): Hex {
  const [first, ...others] = files.map(({ sha256 }) => sha256).sort();
  if (first === undefined || others.length === 0) return first ?? sha256Hex("");
  return sha256Hex(Buffer.concat([first, ...others].map((digest) => fromHex(digest))));
}

function sha256Hex(data: string | Uint8Array): Hex {
  return `0x${hash("sha256", data)}`;
}
