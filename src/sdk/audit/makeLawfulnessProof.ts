import { type Hex, numberToHex, RpcError } from "viem";

import type { ConcordClient } from "../client.ts";
import {
  type HeaderMismatchError,
  type InvalidInputError,
  type LawfulnessProofError,
  type NotFoundError,
  StateProofUnavailableError,
} from "../errors.ts";
import { readAccess, readHeads, type Reading } from "../internal/accessFacts.ts";
import { type AccessLeaf, checkLeaf } from "../internal/audit.ts";
import { addressOf } from "../internal/contracts.ts";
import { toSdkError } from "../internal/failures.ts";
import { decodeHeader, type Header } from "../internal/header.ts";
import {
  type BlockProof,
  LAWFULNESS_PROOF_FORMAT,
  type LawfulnessProof,
  lower,
  toProvedEntry,
} from "../internal/lawfulnessProof.ts";
import { type Slot, STORAGE_LAYOUT } from "../internal/layout.ts";
import { ProvedState } from "../internal/provedState.ts";
import { latestBlockNumber, type ReadErrorType } from "../internal/read.ts";
import { TrieError } from "../internal/trie.ts";
import { checkBigUint, checkProof } from "../internal/validate.ts";
import { buildBlockHeader } from "./buildBlockHeader.ts";
import { getAuditEntry } from "./getAuditEntry.ts";
import { verifyLawfulnessProof, type VerifyLawfulnessProofReturnType } from "./verifyLawfulnessProof.ts";

export interface MakeLawfulnessProofParameters {
  /** The entry's number, from 0. */
  readonly index: bigint;
  /** The participant's part in the access. */
  readonly leaf: AccessLeaf;
  /** Merkle proof of the leaf, from the custodian. */
  readonly proof: readonly Hex[];
  /** The block in which the log is read; the latest unless told. */
  readonly blockNumber?: bigint | undefined;
}

export interface MakeLawfulnessProofReturnType {
  /** The document: plain JSON, complete in itself. */
  readonly document: LawfulnessProof;
  /** What whoever verifies it will find, given the same hashes. */
  readonly verified: VerifyLawfulnessProofReturnType;
}

export type MakeLawfulnessProofErrorType =
  | HeaderMismatchError
  | InvalidInputError
  | LawfulnessProofError
  | NotFoundError
  | ReadErrorType
  | StateProofUnavailableError;

/**
 * Gathers what proves off line whether one participant's part in a logged access was lawful. The node must still have
 * the claimed block's state.
 * @throws InvalidInputError, NotFoundError, HeaderMismatchError, StateProofUnavailableError, LawfulnessProofError
 * ProofInvalid when the leaf is not in the entry's tree, or the node's proofs do not hold
 */
export async function makeLawfulnessProof(
  client: ConcordClient,
  parameters: MakeLawfulnessProofParameters,
): Promise<MakeLawfulnessProofReturnType> {
  const { index, proof } = parameters;
  checkBigUint("index", index, 256);
  const leaf = checkLeaf("leaf", parameters.leaf);
  checkProof("proof", proof);
  if (parameters.blockNumber !== undefined) checkBigUint("blockNumber", parameters.blockNumber, 64);

  const { entry } = await getAuditEntry(client, { index });
  const blockNumber = parameters.blockNumber ?? (await latestBlockNumber(client));
  const isLate = BigInt(entry.claimedBlockHash) === 0n;
  const log = await proveBlock(client, blockNumber, () => readHeads(index));
  const claimed = isLate
    ? undefined
    : await proveBlock(client, entry.batch.claimedBlock, ({ time }) => readAccess(entry.batch, leaf, time));
  const document: LawfulnessProof = {
    format: LAWFULNESS_PROOF_FORMAT,
    chainId: client.deployment.chainId,
    contracts: contractsOf(client),
    layout: STORAGE_LAYOUT,
    index: index.toString(),
    entry: toProvedEntry(entry),
    leaf: { ...leaf, scopeId: lower(leaf.scopeId), participantId: lower(leaf.participantId) },
    leafProof: proof.map(lower),
    logBlock: log.proof,
    claimedBlock: claimed?.proof ?? null,
  };
  const blockHashes = Object.fromEntries(
    [log, claimed].flatMap((block) => (block === undefined ? [] : [[block.proof.number, block.hash]])),
  ) as Record<string, Hex>;
  return { document, verified: verifyLawfulnessProof(document, { blockHashes }) };
}

function contractsOf({ deployment: { contracts } }: ConcordClient): LawfulnessProof["contracts"] {
  const { auditLog, consentRegistry, licenceRegistry } = contracts;
  return {
    auditLog: lower(auditLog.address),
    consentRegistry: lower(consentRegistry.address),
    licenceRegistry: lower(licenceRegistry.address),
  };
}

/** A block's header, and the nodes that a reading of the state it has left takes. */
async function proveBlock(
  client: ConcordClient,
  blockNumber: bigint,
  read: (header: Header) => Reading<unknown>,
): Promise<{ proof: BlockProof; hash: Hex }> {
  const { header, hash } = await buildBlockHeader(client, { blockNumber });
  const decoded = decodeHeader(header);
  const state = new ProvedState(decoded.stateRoot, contractsOf(client));
  const reading = read(decoded);
  try {
    for (let step = reading.next(); step.done !== true; step = reading.next(state.read(step.value))) {
      for (const node of await nodesFor(client, blockNumber, step.value)) state.nodes.add(node);
    }
  } catch (error) {
    if (error instanceof TrieError) throw new StateProofUnavailableError(blockNumber, error);
    throw error;
  }
  return { proof: { number: blockNumber.toString(), header, nodes: state.nodes.used }, hash };
}

/** What a node answers to eth_getProof (EIP-1186), as far as it is of use. */
interface AccountProof {
  readonly accountProof: readonly Hex[];
  readonly storageProof: readonly { readonly proof: readonly Hex[] }[];
}

/** The nodes on the way to a slot. @throws StateProofUnavailableError */
async function nodesFor(client: ConcordClient, blockNumber: bigint, { contract, key }: Slot): Promise<Hex[]> {
  const params = [addressOf(client, contract), [key], numberToHex(blockNumber)] as [Hex, Hex[], Hex];
  const answer = (await client.publicClient.request({ method: "eth_getProof", params }).catch((error: unknown) => {
    // What the node itself refuses is for want of the method or of the state; else the way to it has failed.
    throw error instanceof RpcError ? new StateProofUnavailableError(blockNumber, error) : toSdkError(error);
  })) as AccountProof | null;
  if (answer === null) throw new StateProofUnavailableError(blockNumber, new Error("it answers with nothing"));
  return [answer.accountProof, ...answer.storageProof.map(({ proof }) => proof)].flat().map(lower);
}
