import {
  BaseError,
  type ConcordClient,
  ConcordContractError,
  getBlock,
  type HistoryIncompleteError,
  InvalidInputError,
  NotFoundError,
  RequestFailedError,
} from "../sdk/index.ts";
import type { ReadErrorType } from "../sdk/internal/read.ts";
import { type ExportClaims, type ExportKind, splitExport } from "./claims.ts";
import { type ExportMalformedError, LicenceNotEffectiveError } from "./errors.ts";
import { type Difference, differencesOf, type Json, toJson } from "./json.ts";
import { makeAccessPackage } from "./makeAccessPackage.ts";
import { makeConsentReceipt } from "./makeConsentReceipt.ts";
import { makeDisclosureAccounting } from "./makeDisclosureAccounting.ts";
import { makeFhirConsent } from "./makeFhirConsent.ts";
import { makeProcessingRecord } from "./makeProcessingRecord.ts";
import { makeVisaClaims } from "./makeVisaClaims.ts";

/** How each kind is made. Arguments out of a document are unknown: every maker checks its own. */
const MAKERS: Readonly<Record<ExportKind, (client: ConcordClient, given: never) => Promise<object>>> = {
  receipt: makeConsentReceipt,
  fhir: makeFhirConsent,
  visa: makeVisaClaims,
  access: makeAccessPackage,
  processing: makeProcessingRecord,
  disclosures: makeDisclosureAccounting,
};

export interface VerifyExportReturnType {
  readonly kind: ExportKind;
  /** Whether the chain says the same, leaf by leaf. */
  readonly isTrue: boolean;
  /** The block that the document claims to be of. */
  readonly claimedBlock: number;
  /** The block that it was held against: the claimed one, or the latest where the node no longer has that one's state. */
  readonly readBlock: number;
  readonly isPinned: boolean;
  /** Every leaf that is not the chain's. */
  readonly differences: readonly Difference[];
}

export type VerifyExportErrorType = ExportMalformedError | HistoryIncompleteError | ReadErrorType;

/**
 * Makes an export again from its own arguments, at its own block, and compares every leaf. Names, contacts, protocols and
 * visa details are the word of whoever made it: they are compared with the arguments that it carries, not with the chain.
 * @throws ExportMalformedError when the document says nothing that could be verified; HistoryIncompleteError when the node
 * does not give all events
 */
export async function verifyExport(client: ConcordClient, document: unknown): Promise<VerifyExportReturnType> {
  const { claims, path, body } = splitExport(document);
  const { kind, block } = claims;
  const result = (differences: Difference[], readBlock: number, isPinned = true): VerifyExportReturnType => {
    return { kind, isTrue: differences.length === 0, claimedBlock: block.number, readBlock, isPinned, differences };
  };
  const elsewhere = chainDifferences(client, claims, path);
  if (elsewhere.length > 0) return result(elsewhere, block.number);

  try {
    return result(await compareAt(client, claims, path, body, BigInt(block.number)), block.number);
  } catch (error) {
    if (!hasLostState(error)) throw error;
  }
  const { blockNumber } = await getBlock(client);
  const differences = await compareAt(client, claims, path, body, blockNumber);
  const ofLatest = differences.filter(({ path: at }) => !at.startsWith(`${path}.block`));
  return result(ofLatest, Number(blockNumber), false);
}

/** Nodes without the block's state fail in words of their own; some call it a revert, without saying why. */
function hasLostState(error: unknown): boolean {
  return error instanceof RequestFailedError || (error instanceof BaseError && error.name === "ContractErrorEmpty");
}

/** Refusals of the document's own arguments; any other error says nothing about the document. */
function isRefusal(error: unknown): error is BaseError {
  const refusals = [InvalidInputError, NotFoundError, ConcordContractError, LicenceNotEffectiveError];
  return refusals.some((refusal) => error instanceof refusal) && !hasLostState(error);
}

/** A document of another chain need not be made again to be found so. */
function chainDifferences(client: ConcordClient, { chainId, genesisHash }: ExportClaims, path: string): Difference[] {
  const { deployment } = client;
  return differencesOf(
    toJson({ chainId, genesisHash }),
    { chainId: deployment.chainId, genesisHash: deployment.genesisHash },
    path,
  );
}

async function compareAt(
  client: ConcordClient,
  claims: ExportClaims,
  path: string,
  body: Json,
  blockNumber: bigint,
): Promise<Difference[]> {
  let remade: object;
  try {
    remade = await MAKERS[claims.kind](client, { ...claims.arguments, blockNumber } as never);
  } catch (error) {
    if (!isRefusal(error)) throw error;
    // What cannot be made is not true: the chain refuses the arguments, or has no such block.
    const isBlock = error instanceof NotFoundError && "blockNumber" in error.args;
    const at = isBlock ? `${path}.block.number` : `${path}.arguments`;
    const claimed = isBlock ? claims.block.number : claims.arguments;
    return [{ path: at, claimed, found: `${error.name}: ${error.message}` }];
  }
  const found = splitExport(remade);
  return [...differencesOf(body, found.body, "$"), ...differencesOf(toJson(claims), toJson(found.claims), path)];
}
