import type { Hex } from "viem";

import type { ConcordClient } from "../client.ts";
import type { HeaderMismatchError, InvalidInputError, NotFoundError } from "../errors.ts";
import { type AccessLeaf, type AuditEntry, checkLeaf } from "../internal/audit.ts";
import { type Lawfulness, LAWFULNESSES, nameOf } from "../internal/enums.ts";
import { read, type ReadErrorType } from "../internal/read.ts";
import { checkBigUint, checkBytes, checkObject, checkProof } from "../internal/validate.ts";
import { buildBlockHeader } from "./buildBlockHeader.ts";
import { getAuditEntry } from "./getAuditEntry.ts";

export interface ProveLawfulnessParameters {
  /** The entry's number, from 0. */
  readonly index: bigint;
  /** The participant's part in the access. */
  readonly leaf: AccessLeaf;
  /** Merkle proof of the leaf, from the custodian. */
  readonly proof: readonly Hex[];
  /** The entry as logged; read from its event unless told. */
  readonly entry?: AuditEntry | undefined;
  /** RLP-encoded header of the claimed block; built from what the node tells unless given. */
  readonly header?: Hex | undefined;
  /** The block to read at; the latest unless told. */
  readonly blockNumber?: bigint | undefined;
}

export interface ProveLawfulnessReturnType {
  readonly isLawful: boolean;
  /** "Lawful", or what speaks against it. */
  readonly lawfulness: Lawfulness;
}

export type ProveLawfulnessErrorType = HeaderMismatchError | InvalidInputError | NotFoundError | ReadErrorType;

/** No header is read for a late entry. */
const NO_HEADER: Hex = "0x";

/**
 * Whether one participant's part in a logged access was lawful: the contract's own answer to the proof.
 * @throws InvalidInputError, NotFoundError, HeaderMismatchError, ConcordContractError AuditEntryMismatch,
 * AuditLeafUnproven, AuditHeaderMismatch when the proof is no proof
 */
export async function proveLawfulness(
  client: ConcordClient,
  parameters: ProveLawfulnessParameters,
): Promise<ProveLawfulnessReturnType> {
  const { index, proof, blockNumber } = parameters;
  checkBigUint("index", index, 256);
  const leaf = checkLeaf("leaf", parameters.leaf);
  checkProof("proof", proof);
  if (parameters.entry !== undefined) checkObject("entry", parameters.entry);
  if (parameters.header !== undefined) checkBytes("header", parameters.header);

  const entry = parameters.entry ?? (await getAuditEntry(client, { index })).entry;
  const header = parameters.header ?? (await headerOf(client, entry));
  const answer = await read(client, {
    contract: "auditLog",
    functionName: "lawfulness",
    args: [index, entry, leaf, proof, header],
    blockNumber,
  });
  const lawfulness = nameOf(LAWFULNESSES, answer);
  return { isLawful: lawfulness === "Lawful", lawfulness };
}

async function headerOf(client: ConcordClient, entry: AuditEntry): Promise<Hex> {
  if (BigInt(entry.claimedBlockHash) === 0n) return NO_HEADER;
  return (await buildBlockHeader(client, { blockNumber: entry.batch.claimedBlock })).header;
}
