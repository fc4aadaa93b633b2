import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import type { InvalidInputError } from "../errors.ts";
import { read, type ReadErrorType } from "../internal/read.ts";
import { checkBytes32, checkObject, checkProof, checkUint } from "../internal/validate.ts";
import { type DatasetRecord, wireDatasetRecord } from "../internal/wire.ts";

/** One chunk of one file of a dataset. */
export interface Chunk {
  /** SHA-256 of the file's name in the manifest. */
  readonly file: Hex;
  /** Position in the file, from 0. */
  readonly index: number;
  /** Bytes. */
  readonly length: number;
  /** SHA-256 of the chunk's bytes. */
  readonly digest: Hex;
}

export interface VerifyChunkParameters {
  /** The dataset's record, as anchored. */
  readonly record: DatasetRecord;
  readonly chunk: Chunk;
  /** Merkle proof of the chunk in the manifest. */
  readonly proof: readonly Hex[];
}

export type VerifyChunkReturnType = boolean;

export type VerifyChunkErrorType = InvalidInputError | ReadErrorType;

/** Whole numbers that a JavaScript number holds exactly end below 2^53; 2^48 bytes are 281 TB. */
const CHUNK_BITS = 48;

/**
 * Whether a chunk belongs to a dataset's anchored content, as the contract says.
 * @throws InvalidInputError, ConcordContractError DatasetNotAnchored
 */
export async function verifyChunk(
  client: ConcordClient,
  { record, chunk, proof }: VerifyChunkParameters,
): Promise<VerifyChunkReturnType> {
  const wireRecord = wireDatasetRecord("record", record);
  checkObject("chunk", chunk);
  const { file, index, length, digest } = chunk;
  checkBytes32("chunk.file", file);
  checkUint("chunk.index", index, CHUNK_BITS);
  checkUint("chunk.length", length, CHUNK_BITS);
  checkBytes32("chunk.digest", digest);
  checkProof("proof", proof);
  const wireChunk = { file, index: BigInt(index), length: BigInt(length), digest };
  return read(client, {
    contract: "datasetRegistry",
    functionName: "provesChunk",
    args: [wireRecord, wireChunk, proof],
  });
}
