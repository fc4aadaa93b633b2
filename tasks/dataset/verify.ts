import type { NewTaskActionFunction } from "hardhat/types/tasks";

import { type Manifest, proveChunk } from "../../src/files/index.ts";
import { type DatasetRecord, getDataset, verifyChunk } from "../../src/sdk/index.ts";
import { type ReadingArguments, withReader } from "../support/client.ts";
import { manifestLines, readManifest, standingLine } from "../support/dataset.ts";
import { RefusalError, UsageError } from "../support/errors.ts";
import { writeNewFile } from "../support/newFile.ts";
import { toJson } from "../support/output.ts";
import { parseBytes32, parseCount } from "../support/parse.ts";
import { printRead } from "../support/print.ts";
import { runTask } from "../support/runTask.ts";

interface Arguments extends ReadingArguments {
  readonly dataset: string;
  readonly files: readonly string[];
  readonly chunk: string | undefined;
  readonly file: string | undefined;
  readonly chunkSize: string | undefined;
  readonly out: string | undefined;
}

const LAST_CHUNK = Number.MAX_SAFE_INTEGER;

const action: NewTaskActionFunction<Arguments> = async (given, hre) =>
  await runTask(given.json, async () => {
    const datasetId = parseBytes32("dataset", given.dataset);
    const index = given.chunk === undefined ? undefined : parseCount("chunk", given.chunk, 0, LAST_CHUNK);
    const manifest = await readManifest(given.files, given.chunkSize);
    const wanted = index === undefined ? undefined : proveChunk(manifest, fileOf(manifest, given.file), index);
    const unexpected = given.file !== undefined ? "file" : given.out !== undefined ? "out" : undefined;
    if (wanted === undefined && unexpected !== undefined) {
      const fix = `Give --chunk with --${unexpected}, or leave both out.`;
      const message = "Without --chunk, every file is checked.";
      throw new UsageError("ArgumentUnexpected", message, { argument: unexpected }, fix);
    }
    await withReader(hre, given, async (client) => {
      const { record, isStanding } = await getDataset(client, { datasetId });
      if (wanted === undefined) {
        requireSame(record, manifest);
        const { bytes, chunks } = manifest;
        const files = manifest.files.map(({ name, sha256 }) => ({ name, sha256 }));
        printRead(given.json, { datasetId, verified: true, isStanding, files, bytes, chunks }, () => [
          ["Verified", `every byte is what was anchored as ${datasetId}`],
          ...manifestLines(manifest),
          standingLine({ isStanding }),
        ]);
        return;
      }
      const { name, fileDigest, length, sha256: digest, proof } = wanted;
      const chunk = { file: fileDigest, index: wanted.index, length, digest };
      if (!(await verifyChunk(client, { record, chunk, proof }))) throw mismatch(record, manifest);
      const proved = { datasetId, chunk: { name, ...chunk }, proof };
      if (given.out !== undefined) await writeNewFile(given.out, `${toJson(proved)}\n`);
      printRead(given.json, { ...proved, verified: true, isStanding }, () => [
        ["Verified", `chunk ${wanted.index} of ${name} is part of what was anchored as ${datasetId}`],
        ["SHA-256", digest],
        ["Bytes", length],
        standingLine({ isStanding }),
      ]);
    });
  });

/** The file that --chunk is about. */
function fileOf({ files }: Manifest, named: string | undefined): string {
  const [only, ...others] = files;
  if (named !== undefined) return named;
  if (only !== undefined && others.length === 0) return only.name;
  const names = files.map(({ name }) => name);
  const fix = `Give --file with one of ${names.join(", ")}.`;
  throw new UsageError("ArgumentMissing", "There are several files.", { argument: "file" }, fix);
}

/** The root commits to every chunk of every file, so equal roots are equal chunks. */
function requireSame(record: DatasetRecord, manifest: Manifest): void {
  if (record.manifestRoot !== manifest.root || record.contentDigest !== manifest.contentDigest) {
    throw mismatch(record, manifest);
  }
}

function mismatch({ contentDigest, manifestRoot }: DatasetRecord, manifest: Manifest): RefusalError {
  const sameContent = contentDigest === manifest.contentDigest;
  return new RefusalError(
    "DatasetMismatch",
    sameContent
      ? "The files hold what was anchored, but their names or the chunk size differ."
      : "The files are not what was anchored.",
    {
      anchored: { contentDigest, manifestRoot },
      found: { contentDigest: manifest.contentDigest, manifestRoot: manifest.root },
    },
    sameContent
      ? "Name the files as they were at the anchoring, and give --chunk-size as then."
      : "Name every file of the dataset, from an unaltered copy.",
  );
}

export default action;
