import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";

import { type Hex, toHex } from "./bytes.ts";
import { FilesError, systemReason } from "./errors.ts";
import { VcfScanner } from "./vcfScanner.ts";

const READ_SIZE = 1024 * 1024;

// A bgzip file is a series of gzip members with an extra field "BC", and ends with one empty member of a fixed form
// (SAM specification §4.1.2), by which a file that was cut between two members is told from a whole one.
const BGZIP_END = Buffer.from("1f8b08040000000000ff0600424302001b0003000000000000000000", "hex");

/** How a VCF is packed. */
export type VcfPacking = "plain" | "gzip" | "bgzip";

/** What a VCF says of itself. */
export interface Vcf {
  /** The path as it was given. */
  readonly file: string;
  /** The version on its first line, "VCFv4.0" to "VCFv4.5". */
  readonly fileFormat: string;
  /** The sample ids in column order, exactly as written; empty in a file of sites only. */
  readonly samples: readonly string[];
  /** The number of data lines. */
  readonly variants: number;
  /** Whether some data line gives genotypes (a FORMAT with GT, and samples). */
  readonly withGenotypes: boolean;
  /** The reference that the header names: ##reference, or else the assembly of the first contig that has one. */
  readonly reference: string | undefined;
  /** How the file is packed. */
  readonly packing: VcfPacking;
  /** The file's length in bytes, as it lies on the disk. */
  readonly bytes: number;
  /** SHA-256 of the file, as it lies on the disk. */
  readonly sha256: Hex;
}

/** How far {@link readVcf} has come. */
export interface VcfProgress {
  /** Bytes read so far, as they lie on the disk. */
  readonly bytesRead: number;
  /** Bytes to read. */
  readonly bytesTotal: number;
  /** Data lines read so far. */
  readonly variants: number;
}

/** The settings of {@link readVcf}. */
export interface ReadVcfOptions {
  /** Called about once a megabyte read. */
  readonly onProgress?: (progress: VcfProgress) => void;
}

/** A file is not a VCF that can be used. */
export class VcfError extends FilesError {
  override name = "VcfError";
  /** The file, as its path was given. */
  readonly file: string;
  /** The line, from 1, or undefined when the file as a whole is refused. In a gzip file that is cut: the line reached. */
  readonly line: number | undefined;

  constructor(file: string, line: number | undefined, reason: string, fix: string, options?: ErrorOptions) {
    super(`${file}${line === undefined ? "" : `, line ${line}`}: ${reason}`, fix, options);
    this.file = file;
    this.line = line;
  }
}

/**
 * Reads a VCF (4.0 to 4.5; plain, gzip or bgzip) once, from end to end, checking every line, and returns what the anchor of
 * a dataset needs. Memory does not grow with the file: beside the header, a few megabytes.
 * @throws VcfError naming the file, the line where there is one, and what to do.
 */
export async function readVcf(path: string, options: ReadVcfOptions = {}): Promise<Vcf> {
  const { packing, bytes } = await inspect(path);
  const digest = createHash("sha256");
  const scanner = new VcfScanner((line, reason, fix) => new VcfError(path, line, reason, fix));
  let bytesRead = 0;

  async function* fromDisk(): AsyncGenerator<Buffer> {
    for await (const piece of createReadStream(path, { highWaterMark: READ_SIZE })) {
      digest.update(piece as Buffer);
      bytesRead += (piece as Buffer).length;
      yield piece as Buffer;
      options.onProgress?.({ bytesRead, bytesTotal: bytes, variants: scanner.variants });
    }
  }

  try {
    if (packing === "plain") {
      for await (const piece of fromDisk()) scanner.push(piece);
    } else {
      const unpacked = await unpack(fromDisk, (piece) => scanner.push(piece));
      if (unpacked < bytes) {
        const reason = `${bytes - unpacked} bytes follow the end of the compressed data`;
        throw new VcfError(path, undefined, reason, "Copy the file again from its source, or compress it again.");
      }
    }
  } catch (error) {
    throw explain(path, scanner.line, error);
  }
  const { fileFormat, samples, reference } = scanner.end();
  const { variants, withGenotypes } = scanner;
  const sha256 = toHex(digest.digest());
  return { file: path, fileFormat, samples, variants, withGenotypes, reference, packing, bytes: bytesRead, sha256 };
}

/** Refuses what is no VCF by its kind or its first bytes, and says how the rest is packed. */
async function inspect(path: string): Promise<{ packing: VcfPacking; bytes: number }> {
  const head = Buffer.alloc(18);
  const tail = Buffer.alloc(BGZIP_END.length);
  let bytes: number;
  try {
    const status = await stat(path);
    if (status.isDirectory()) throw new VcfError(path, undefined, "it is a directory", "Name the VCF file inside it.");
    if (!status.isFile()) {
      throw new VcfError(path, undefined, "it is not a regular file", "Save the VCF to a file first.");
    }
    bytes = status.size;
    const handle = await open(path, "r");
    try {
      await handle.read(head, 0, head.length, 0);
      await handle.read(tail, 0, tail.length, Math.max(0, bytes - tail.length));
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw explain(path, undefined, error);
  }
  if (bytes === 0) throw new VcfError(path, undefined, "the file is empty", "Name a VCF file that has a header.");
  if (head[0] !== 0x1f || head[1] !== 0x8b) {
    const packer = OTHER_PACKERS.find(({ magic }) => head.subarray(0, magic.length).equals(magic));
    if (packer === undefined) return { packing: "plain", bytes };
    throw new VcfError(
      path,
      undefined,
      `it is packed with ${packer.name}`,
      "Unpack it, or pack it with bgzip instead.",
    );
  }
  const isBgzip = ((head[3] ?? 0) & 4) !== 0 && head.subarray(12, 14).equals(Buffer.from("BC"));
  if (isBgzip && !tail.equals(BGZIP_END)) {
    throw new VcfError(
      path,
      undefined,
      "the bgzip file is cut: its end marker is missing",
      'Copy it again from its source; if it is known to be whole, write it anew with "bcftools view -Oz".',
    );
  }
  return { packing: isBgzip ? "bgzip" : "gzip", bytes };
}

const OTHER_PACKERS = [
  { name: "zip", magic: Buffer.from("PK\x03\x04") },
  { name: "bzip2", magic: Buffer.from("BZh") },
  { name: "xz", magic: Buffer.from("fd377a585a00", "hex") },
  { name: "zstd", magic: Buffer.from("28b52ffd", "hex") },
];

/** Unpacks gzip members one after the other into `sink` and returns how many packed bytes they took. */
async function unpack(from: () => AsyncGenerator<Buffer>, sink: (piece: Buffer) => void): Promise<number> {
  const gunzip = createGunzip({ chunkSize: READ_SIZE });
  // A failure to read or unpack destroys the unpacker with that error, so the loop throws it. What else ends the pipeline is
  // the unpacker closing before the file does: when the data ends early, which the caller sees by the length, or on an error
  // of the sink, which is thrown as it is.
  const pumping = pipeline(from(), gunzip).catch(() => undefined);
  for await (const piece of gunzip) sink(piece as Buffer);
  await pumping;
  return gunzip.bytesWritten;
}

/** Turns an error of the system or of the unpacker into a VcfError; any other is passed on as it is. */
function explain(path: string, line: number | undefined, error: unknown): unknown {
  if (error instanceof VcfError) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "Z_BUF_ERROR") {
    return new VcfError(path, line, "the gzip file is cut", "Copy it again from its source.", { cause: error });
  }
  if (code.startsWith("Z_")) {
    // No line: what was unpacked from the bytes around the damage is lost.
    const reason = `the gzip file is damaged (${error instanceof Error ? error.message : code})`;
    return new VcfError(path, undefined, reason, "Copy it again from its source.", { cause: error });
  }
  const why = systemReason(error);
  return why === undefined ? error : new VcfError(path, undefined, why.reason, why.fix, { cause: error });
}
