import type { Hex } from "viem";

import type { DirectoryEntry } from "../../src/exports/index.ts";
import { JsonFileError, readJson } from "../../src/files/json.ts";
import type { AccessLeaf, DataDictionary } from "../../src/sdk/index.ts";
import type { ReadingArguments } from "./client.ts";
import { UsageError } from "./errors.ts";
import { writeNewFile } from "./newFile.ts";
import { printResult, toJson } from "./output.ts";
import { parseNumber, parseParticipant, parseScope } from "./parse.ts";

/** Of every task that makes a document. */
export interface ExportArguments extends ReadingArguments {
  readonly atBlock: string | undefined;
  readonly out: string | undefined;
}

/** Of every task that makes a document with names in it. */
export interface NamingArguments extends ExportArguments {
  readonly directory: string | undefined;
  readonly dictionary: string | undefined;
}

/** The block to read at. @throws UsageError ArgumentInvalid */
export function parseBlock({ atBlock }: ExportArguments): { blockNumber?: bigint } {
  return atBlock === undefined ? {} : { blockNumber: parseNumber("atBlock", atBlock, 0n) };
}

/** What is told beside the chain; its form is checked when the document is made. @throws JsonFileError, UsageError */
export async function readTold(given: NamingArguments): Promise<{
  blockNumber?: bigint;
  directory?: DirectoryEntry[];
  dictionaries?: DataDictionary[];
}> {
  const { directory, dictionary } = given;
  return {
    ...parseBlock(given),
    ...(directory === undefined ? {} : { directory: (await readJson(directory)) as DirectoryEntry[] }),
    ...(dictionary === undefined ? {} : { dictionaries: [(await readJson(dictionary)) as DataDictionary] }),
  };
}

/** A participant's pairs of scope and id. */
export async function readKeys(file: string): Promise<{ scopeId: Hex; participantId: Hex }[]> {
  const value = await readJson(file);
  if (!Array.isArray(value)) throw malformed(file, "$");
  return value.map((pair: unknown, index) => {
    const { scope, participant } = (pair ?? {}) as Readonly<Record<string, unknown>>;
    if (typeof scope !== "string" || typeof participant !== "string") throw malformed(file, `$[${index}]`);
    return {
      scopeId: parseScope(`keys[${index}].scope`, scope),
      participantId: parseParticipant(`keys[${index}].participant`, participant),
    };
  });
}

function malformed(file: string, path: string): JsonFileError {
  const fix = 'Give a list of pairs: [{"scope": "Lantern study", "participant": "0x…"}].';
  return new JsonFileError(file, "it is no list of pairs", fix, { path });
}

/** The leaves of an access as audit log has written it; their form is checked when their tree is built. */
export async function readLeaves(file: string): Promise<readonly AccessLeaf[]> {
  const value = await readJson(file);
  const leaves = typeof value === "object" && value !== null && "leaves" in value ? value.leaves : undefined;
  if (Array.isArray(leaves)) return leaves as readonly AccessLeaf[];
  throw new JsonFileError(file, "it is not a list", "Give the file that audit log has written.", { path: "$.leaves" });
}

/** Of each access in some files. @throws JsonFileError */
export async function readAccesses(files: readonly string[]): Promise<(readonly AccessLeaf[])[]> {
  const accesses: (readonly AccessLeaf[])[] = [];
  for (const file of files) accesses.push(await readLeaves(file));
  return accesses;
}

/** Prints a document, or writes it to a file that nobody else may read. */
export async function giveDocument<Document extends object>(
  { out, json }: Pick<ExportArguments, "out" | "json">,
  document: Document,
  render: (document: Document) => string = (given) => `${toJson(given)}\n`,
): Promise<void> {
  const text = render(document);
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  await writeNewFile(out, text, { secret: true });
  printResult(json, { out }, () => `Wrote ${out}.`);
}

/** How a document is rendered; Markdown is not JSON. @throws UsageError ArgumentUnexpected */
export function rendererOf<Document>(
  { markdown, json, out }: { markdown: boolean; json: boolean; out: string | undefined },
  toMarkdown: (document: Document) => string,
): ((document: Document) => string) | undefined {
  if (!markdown) return undefined;
  if (!json || out !== undefined) return toMarkdown;
  const fix = "Leave out --json, or give --out with the file for the Markdown.";
  throw new UsageError("ArgumentUnexpected", "Markdown on stdout is no JSON.", { argument: "markdown" }, fix);
}
