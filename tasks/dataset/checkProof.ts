import type { NewTaskActionFunction } from "hardhat/types/tasks";
import type { Hex } from "viem";

import { buildManifest } from "../../src/files/index.ts";
import { JsonFileError, readJson } from "../../src/files/json.ts";
import { type Chunk, getDataset, verifyChunk, verifyParticipant } from "../../src/sdk/index.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { standingLine } from "../support/dataset.ts";
import { RefusalError, UsageError } from "../support/errors.ts";
import { printRead } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends ReadingArguments {
  readonly proof: string;
  readonly bytes: string | undefined;
}

/** What dataset verify and dataset prove-participant write; the actions check the form of what is in it. */
type Proof = { readonly datasetId: Hex; readonly proof: readonly Hex[] } & (
  | { readonly chunk: Chunk; readonly participantId?: undefined }
  | { readonly participantId: Hex; readonly chunk?: undefined }
);

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const { datasetId, chunk, participantId, proof } = await readProof(given.proof);
    if (given.bytes !== undefined) await requireBytes(given.bytes, chunk);
    await withReader(hre, given, async (client) => {
      const { record, isStanding } = await getDataset(client, { datasetId });
      const verified =
        chunk === undefined
          ? await verifyParticipant(client, { record, participantId, proof })
          : await verifyChunk(client, { record, chunk, proof });
      if (!verified) {
        const message = "The proof does not lead to what was anchored.";
        throw new RefusalError("DatasetMismatch", message, { datasetId }, "Ask for a proof of this very dataset.");
      }
      const subject = chunk === undefined ? { participantId } : { chunk };
      printRead(given.json, { datasetId, ...subject, verified, isStanding }, () => [
        chunk === undefined
          ? ["Verified", `${participantId} is a participant of ${datasetId}`]
          : ["Verified", `chunk ${chunk.index} of file ${chunk.file} is part of ${datasetId}`],
        standingLine({ isStanding }),
      ]);
    });
  });

async function readProof(file: string): Promise<Proof> {
  const value = await readJson(file);
  const isProof =
    typeof value === "object" &&
    value !== null &&
    "datasetId" in value &&
    "proof" in value &&
    "chunk" in value !== "participantId" in value;
  if (isProof) return value as unknown as Proof;
  const fix = "Give a file that dataset verify or dataset prove-participant has written with --out.";
  throw new JsonFileError(file, "it is no proof", fix, { path: "$" });
}

/** The proof is about a digest: only the bytes themselves show that they are the chunk. */
async function requireBytes(file: string, chunk: Chunk | undefined): Promise<void> {
  if (chunk === undefined) {
    const fix = "Leave --bytes out, or give the proof of a chunk.";
    throw new UsageError("ArgumentUnexpected", "A participant has no bytes.", { argument: "bytes" }, fix);
  }
  const { contentDigest, bytes } = await buildManifest([file]);
  if (contentDigest === chunk.digest && bytes === chunk.length) return;
  throw new RefusalError(
    "DatasetMismatch",
    `${file} is not the chunk that the proof is about.`,
    { proved: { digest: chunk.digest, length: chunk.length }, found: { digest: contentDigest, length: bytes } },
    "Cut the chunk out of an unaltered copy.",
  );
}

export default action;
