import { type Hex, zeroHash } from "viem";

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
import {
  type AnchoredDataset,
  type ConcordClient,
  DATA_LEVELS,
  type DataLevel,
  type DatasetRecord,
  type Deidentification,
  DEIDENTIFICATION_CLASSES,
  getDataset,
  type GetMirrorsReturnType,
} from "../../src/sdk/index.ts";
import { UsageError } from "./errors.ts";
import { progress } from "./output.ts";
import { parseBytes32, parseChoice, parseCount, parseDigest, parseInstitution } from "./parse.ts";
import { type Line, listed, when } from "./print.ts";

/** Of every task that anchors: what is said of the data besides its files, scope and terms. */
export interface DescribingArguments {
  readonly participants: string | undefined;
  readonly level: string | undefined;
  readonly minimumCell: string | undefined;
  readonly deidentification: string | undefined;
  readonly method: string | undefined;
  readonly reviewer: string | undefined;
  readonly successor: string | undefined;
  readonly parents: string | undefined;
}

/** What is said of the data: as told, and what is not told as in the version that is replaced. */
export type Description = Pick<
  DatasetRecord,
  "participantsRoot" | "level" | "minimumCell" | "deidentification" | "successor"
>;

const UNTOLD: Description = {
  participantsRoot: EMPTY_ROOT,
  level: "Individual",
  minimumCell: 0,
  deidentification: { class: "Identifiable", method: zeroHash, reviewer: zeroHash },
  successor: zeroHash,
};

const LARGEST_CELL = 2 ** 32 - 1;

/** Reads arguments and their files, before anything is asked of the chain. @throws UsageError, ParticipantsError */
export async function readDescription(given: DescribingArguments): Promise<(previous?: Description) => Description> {
  const { participants, minimumCell, successor } = given;
  const level = given.level === undefined ? undefined : parseLevel("level", given.level);
  const cell = minimumCell === undefined ? undefined : parseCount("minimumCell", minimumCell, 1, LARGEST_CELL);
  const named = successor === undefined ? undefined : parseInstitution("successor", successor);
  const deidentification = await readDeidentification(given);
  const participantsRoot = participants === undefined ? undefined : await participantsRootOf(participants);
  return (previous = UNTOLD) => {
    const levelNow = level ?? previous.level;
    return {
      participantsRoot: participantsRoot ?? previous.participantsRoot,
      level: levelNow,
      // Only an aggregate has a smallest cell to go on with.
      minimumCell: cell ?? (levelNow === "Aggregate" ? previous.minimumCell : 0),
      deidentification: deidentification ?? previous.deidentification,
      successor: named ?? previous.successor,
    };
  };
}

async function readDeidentification(given: DescribingArguments): Promise<Deidentification | undefined> {
  const { deidentification, method, reviewer } = given;
  if (deidentification === undefined) {
    const argument = method !== undefined ? "method" : reviewer !== undefined ? "reviewer" : undefined;
    if (argument === undefined) return undefined;
    const fix = `Give --deidentification with --${argument}, or leave both out.`;
    const message = `A ${argument} says nothing without a class of de-identification.`;
    throw new UsageError("ArgumentUnexpected", message, { argument }, fix);
  }
  return {
    class: parseName("deidentification", deidentification, DEIDENTIFICATION_CLASSES),
    method: method === undefined ? zeroHash : await parseDigest("method", method),
    reviewer: reviewer === undefined ? zeroHash : parseInstitution("reviewer", reviewer),
  };
}

/** Ids of datasets, separated by commas; "none" is none. @throws UsageError ArgumentInvalid */
export function parseParents(text: string | undefined): Hex[] | undefined {
  if (text === undefined) return undefined;
  return text === "none" ? [] : text.split(",").map((id) => parseBytes32("parents", id.trim()));
}

/** Records of anchored datasets, as the witnesses that a derivation takes. @throws NotFoundError */
export async function recordsOf(client: ConcordClient, datasetIds: readonly Hex[]): Promise<DatasetRecord[]> {
  const found = await Promise.all(datasetIds.map((datasetId) => getDataset(client, { datasetId })));
  return found.map(({ record }) => record);
}

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

/** Merkle root over the participants of a file. @throws ParticipantsError */
async function participantsRootOf(file: string): Promise<Hex> {
  return participantsTree(await readParticipantList(file)).root;
}

/** @throws UsageError ArgumentInvalid */
function parseLevel(argument: string, text: string): DataLevel {
  return parseName(argument, text, DATA_LEVELS);
}

/** One of some names, written in lower case. @throws UsageError ArgumentInvalid */
function parseName<Name extends string>(argument: string, text: string, names: readonly Name[]): Name {
  const written = names.map((name) => name.toLowerCase());
  const name = names[written.indexOf(parseChoice(argument, text, written))];
  if (name === undefined) throw new RangeError("Every choice is a name.");
  return name;
}

/** A dataset as lines. */
export function datasetLines({ datasetId, number, record }: AnchoredDataset): Line[] {
  const { class: deidentification, method, reviewer } = record.deidentification;
  return [
    ["Dataset", datasetId],
    ["Number", number],
    ["Custodian", record.custodian],
    ["Successor", isZero(record.successor) ? "not named" : record.successor],
    ["Scope", record.scopeId],
    ["Level", record.level],
    ...(record.minimumCell === 0 ? [] : [["Minimum cell", record.minimumCell] as const]),
    ["De-identified", deidentification],
    ...(isZero(method) ? [] : [["Method", method] as const]),
    ...(isZero(reviewer) ? [] : [["Reviewer", reviewer] as const]),
    ["Content", record.contentDigest],
    ["Manifest", record.manifestRoot],
    ["Participants", isZero(record.participantsRoot) ? "not named" : record.participantsRoot],
    ["Terms", record.termsDigest],
    ["Replaces", isZero(record.previous) ? "nothing" : record.previous],
    ["Derived from", listed(record.parents)],
  ];
}

/** A copy and its mirrors as lines. */
export function mirrorLines({ copy, mirrors }: GetMirrorsReturnType): Line[] {
  if (copy === undefined) return [["Copy", "none is offered"]];
  return [
    ["Copy", `${copy.copyDigest} (${copy.size} bytes, offered ${when(copy.offeredAt)})`],
    ...mirrors.map(({ institutionId, attestedAt, isFresh }): Line => {
      return ["Mirror", `${institutionId}, attested ${when(attestedAt)}${isFresh ? "" : ": counts no more"}`];
    }),
    ["Fresh mirrors", mirrors.filter(({ isFresh }) => isFresh).length],
  ];
}

/** Whether a dataset stands, in words. */
export function standingLine({ isStanding }: { isStanding: boolean }): Line {
  return ["Standing", isStanding ? "yes" : "no, it is retracted, or something that it is derived from"];
}

/** A manifest in numbers, as lines. */
export function manifestLines({ files, bytes, chunks, chunkSize }: Manifest): Line[] {
  return [["Files", `${files.length} (${bytes} bytes in ${chunks} chunks of at most ${chunkSize})`]];
}
