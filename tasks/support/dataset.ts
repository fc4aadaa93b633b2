import type { Hex } from "viem";

import {
  buildManifest,
  DEFAULT_CHUNK_SIZE,
  EMPTY_ROOT,
  type Manifest,
  MAX_CHUNK_SIZE,
  participantsTree,
} from "../../src/files/index.ts";
import { readParticipantList } from "../../src/files/participantList.ts";
import { isZero } from "../../src/model/index.ts";
import { type AnchoredDataset, DATA_LEVELS, type DataLevel } from "../../src/sdk/index.ts";
import { progress } from "./output.ts";
import { parseChoice, parseCount } from "./parse.ts";
import type { Line } from "./print.ts";

/** @throws UsageError, ManifestError */
export async function readManifest(files: readonly string[], chunkSize: string | undefined): Promise<Manifest> {
  const size = chunkSize === undefined ? DEFAULT_CHUNK_SIZE : parseCount("chunkSize", chunkSize, 1, MAX_CHUNK_SIZE);
  let announced: string | undefined;
  return await buildManifest(files, {
    chunkSize: size,
    onProgress: ({ file }) => {
      if (file !== announced) progress(`Reading ${file}`);
      announced = file;
    },
  });
}

/** Merkle root over the participants of a file; that of none without one. @throws ParticipantsError */
export async function participantsRootOf(file: string | undefined): Promise<Hex> {
  return file === undefined ? EMPTY_ROOT : participantsTree(await readParticipantList(file)).root;
}

/** @throws UsageError ArgumentInvalid */
export function parseLevel(argument: string, text: string): DataLevel {
  const names = DATA_LEVELS.map((level) => level.toLowerCase());
  const level = DATA_LEVELS[names.indexOf(parseChoice(argument, text, names))];
  if (level === undefined) throw new RangeError("Every choice is a level.");
  return level;
}

/** A dataset as lines. */
export function datasetLines({ datasetId, record }: AnchoredDataset): Line[] {
  return [
    ["Dataset", datasetId],
    ["Custodian", record.custodian],
    ["Scope", record.scopeId],
    ["Level", record.level],
    ["Content", record.contentDigest],
    ["Manifest", record.manifestRoot],
    ["Participants", isZero(record.participantsRoot) ? "not named" : record.participantsRoot],
    ["Terms", record.termsDigest],
    ["Replaces", isZero(record.previous) ? "nothing" : record.previous],
  ];
}

/** A manifest in numbers, as lines. */
export function manifestLines({ files, bytes, chunks, chunkSize }: Manifest): Line[] {
  return [["Files", `${files.length} (${bytes} bytes in ${chunks} chunks of at most ${chunkSize})`]];
}
