import { bytesToHex, type Hex, keccak256, stringToBytes } from "viem";

import type { EntityKey, ProvenanceGraph } from "../../src/provenance/index.ts";
import type { Performance } from "../../src/sdk/index.ts";
import { invalid, parseBytes32, parseDigest, parseWhen, required, shown } from "./parse.ts";
import { type Line, when } from "./print.ts";

/** What is said of every activity. */
export interface PerformanceArguments {
  readonly started: string | undefined;
  readonly ended: string | undefined;
  readonly agent: string | undefined;
  readonly plan?: string | undefined;
}

/** @throws UsageError ArgumentMissing, ArgumentInvalid; ManifestError */
export async function parsePerformance(given: PerformanceArguments): Promise<Performance> {
  return {
    startedAt: parseWhen("started", required("started", given.started, "when it started")),
    endedAt: parseWhen("ended", required("ended", given.ended, "when it ended")),
    agent: await optionalDigest("agent", given.agent),
    plan: await optionalDigest("plan", given.plan),
  };
}

/** @throws UsageError ArgumentInvalid; ManifestError */
export async function optionalDigest(argument: string, text: string | undefined): Promise<Hex | undefined> {
  return text === undefined ? undefined : await parseDigest(argument, text);
}

/** @throws UsageError ArgumentMissing, ArgumentInvalid; ManifestError */
export async function parseEvidence(text: string | undefined): Promise<Hex> {
  return await parseDigest("evidence", required("evidence", text, "a file that proves it, or its digest"));
}

/** Ids, each 32 bytes in hex. @throws UsageError ArgumentInvalid */
export function parseIds(argument: string, texts: readonly string[]): Hex[] {
  return texts.map((text) => parseBytes32(argument, text));
}

/** A list separated by commas; nothing where it is left out. */
export function parts(text: string | undefined): string[] {
  return text === undefined ? [] : text.split(",").map((part) => part.trim());
}

/** The digest of a public name: keccak256 of its UTF-8 bytes, or that digest itself. @throws UsageError ArgumentInvalid */
export function parseNamed(argument: string, text: string): Hex {
  if (/^0x/i.test(text)) return parseBytes32(argument, text);
  if (text === "" || text !== text.trim()) {
    throw invalid(argument, text, "no name", "Leave out spaces at the ends, and do not leave it empty.");
  }
  return keccak256(stringToBytes(text));
}

/** A label that says nothing. */
export function randomLabel(): Hex {
  return bytesToHex(globalThis.crypto.getRandomValues(new Uint8Array(32)));
}

/** The entity of an id, or of its name in a trace. @throws UsageError ArgumentInvalid */
export function entityOf(graph: ProvenanceGraph, argument: string, text: string): EntityKey {
  const wanted = text.toLowerCase();
  const found = graph.entities.find(({ key }) => key === wanted || key.slice(key.indexOf(":") + 1) === wanted);
  if (found !== undefined) return found.key;
  const fix = `Give ${shown(argument)} as the id of a registered sample or an anchored dataset.`;
  throw invalid(argument, text, "nothing that is recorded", fix);
}

/** When an activity was, as lines. */
export function performanceLines({ startedAt, endedAt }: Performance): Line[] {
  return [
    ["Started", when(startedAt)],
    ["Ended", when(endedAt)],
  ];
}
