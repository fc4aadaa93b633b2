import { type Hex, keccak256, stringToBytes } from "viem";

import type { ConcordClient, GetBlockReturnType } from "../sdk/index.ts";
import { ExportMalformedError } from "./errors.ts";
import { type Json, type JsonObject, isJsonObject, toJson } from "./json.ts";

/** The documents that can be made from the chain. */
export const EXPORT_KINDS = ["receipt", "fhir", "visa", "access", "processing", "disclosures"] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];

/** The number that an export of this shape carries in `format`; it rises when a field changes its meaning or goes. */
export const EXPORT_FORMAT = 1;

/** What every export says of where it comes from: enough to make it again, and so to verify it. */
export interface ExportClaims {
  readonly format: typeof EXPORT_FORMAT;
  readonly kind: ExportKind;
  /** Version of the package that deployed the contracts. */
  readonly suiteVersion: string;
  readonly chainId: number;
  /** Hash of block 0: two chains may share a chain id. */
  readonly genesisHash: Hex;
  /** The block that everything was read at; `time` is Unix seconds. */
  readonly block: { readonly number: number; readonly hash: Hex; readonly time: number };
  /** Addresses of the suite's contracts. */
  readonly contracts: Readonly<Record<string, Hex>>;
  /** What was asked for, and what whoever made it has told besides: names, dictionaries, leaves with their proofs. */
  readonly arguments: JsonObject;
  /** keccak256 of the arguments' JSON: finds a slip in one that the document shows nowhere else. */
  readonly argumentsDigest: Hex;
}

/** The claims of an export that is made now. */
export function claimsAt(
  { deployment }: ConcordClient,
  kind: ExportKind,
  { blockNumber, hash, time }: GetBlockReturnType,
  given: object,
): ExportClaims {
  const { suiteVersion, chainId, genesisHash, contracts } = deployment;
  const json = toJson(given) as JsonObject;
  return {
    format: EXPORT_FORMAT,
    kind,
    suiteVersion,
    chainId,
    genesisHash,
    block: { number: Number(blockNumber), hash, time },
    contracts: Object.fromEntries(Object.entries(contracts).map(([key, { address }]) => [key, address])),
    arguments: json,
    argumentsDigest: keccak256(stringToBytes(JSON.stringify(json))),
  };
}

/** The JSON-LD property, and the URL of the FHIR extension, that hold the claims. */
export const CLAIMS_TERM = "concord:export";
export const CLAIMS_EXTENSION = "urn:concord:fhir:export";

/** A document taken apart. */
export interface SplitExport {
  readonly claims: ExportClaims;
  /** JSON path of the claims. */
  readonly path: string;
  /** The document without them. */
  readonly body: Json;
}

/**
 * Takes the claims out of a document, wherever its format has room for them.
 * @throws ExportMalformedError
 */
export function splitExport(document: unknown): SplitExport {
  const given = plain(document);
  if (!isJsonObject(given)) throw new ExportMalformedError("it is no JSON object");
  if (given.resourceType === "Consent") return splitFhir(given);
  if (CLAIMS_TERM in given) {
    const { [CLAIMS_TERM]: literal, ...rest } = given;
    const { "@value": claims, ...type } = isJsonObject(literal) ? literal : {};
    return {
      claims: checkClaims(claims),
      path: `$["${CLAIMS_TERM}"]["@value"]`,
      body: { ...rest, [CLAIMS_TERM]: type },
    };
  }
  const { concord, ...body } = given;
  return { claims: checkClaims(concord), path: "$.concord", body };
}

/** Documents come from anyone: one that is nested without end, or in a circle, is refused too. */
function plain(document: unknown): Json {
  try {
    return toJson(document);
  } catch {
    throw new ExportMalformedError("it cannot be written as JSON");
  }
}

function splitFhir(resource: JsonObject): SplitExport {
  const { meta } = resource;
  const extensions = isJsonObject(meta) && Array.isArray(meta.extension) ? (meta.extension as readonly Json[]) : [];
  const index = extensions.findIndex((extension) => isJsonObject(extension) && extension.url === CLAIMS_EXTENSION);
  const { valueString, ...type } = (extensions[index] ?? {}) as JsonObject;
  const body = {
    ...resource,
    meta: { ...(meta as JsonObject), extension: extensions.map((other, at) => (at === index ? type : other)) },
  };
  return { claims: checkClaims(parsed(valueString)), path: `$.meta.extension[${index}].valueString`, body };
}

function parsed(text: Json | undefined): Json {
  try {
    return JSON.parse(String(text)) as Json;
  } catch {
    throw new ExportMalformedError(`its extension ${CLAIMS_EXTENSION} is missing, or no JSON`);
  }
}

function checkClaims(claims: Json | undefined): ExportClaims {
  if (!isJsonObject(claims)) throw new ExportMalformedError("it says nothing of a chain");
  const { format, kind, block } = claims;
  if (format !== EXPORT_FORMAT) throw new ExportMalformedError(`its format is ${JSON.stringify(format)}`);
  if (!EXPORT_KINDS.some((known) => known === kind))
    throw new ExportMalformedError(`its kind is ${JSON.stringify(kind)}`);
  const number = isJsonObject(block) ? block.number : undefined;
  if (!Number.isSafeInteger(number) || Number(number) < 0) throw new ExportMalformedError("it names no block");
  if (!isJsonObject(claims.arguments)) throw new ExportMalformedError("it does not say what was asked for");
  return claims as unknown as ExportClaims;
}
