import { StandardMerkleTree } from "@openzeppelin/merkle-tree";
import { type Address, encodeAbiParameters, type Hex, keccak256, parseAbiParameters } from "viem";

import type { DeploymentRecord } from "../../deployments/index.ts";
import { type AccessFacts, type Lawfulness, lawfulnessOf } from "../../model/index.ts";
import { type InvalidInputError, LawfulnessProofError } from "../errors.ts";
import { readAccess, readHeads, type Reading } from "../internal/accessFacts.ts";
import { type AccessLeaf, type AuditEntry, LEAF_TYPES } from "../internal/audit.ts";
import { decodeHeader } from "../internal/header.ts";
import {
  type BlockProof,
  checkProofShape,
  fromProvedEntry,
  type LawfulnessProof,
} from "../internal/lawfulnessProof.ts";
import type { ProvedContract } from "../internal/layout.ts";
import { ProvedState } from "../internal/provedState.ts";
import { TrieError } from "../internal/trie.ts";
import { checkBytes32, checkObject } from "../internal/validate.ts";

export interface VerifyLawfulnessProofParameters {
  /** Hashes of blocks, by number, from whoever is trusted to know them: of the log's block and of the claimed one. */
  readonly blockHashes: Readonly<Record<string, Hex>>;
  /** The deployment that the proof must be about. Without it, compare the contracts' addresses in the answer. */
  readonly deployment?: DeploymentRecord | undefined;
}

/** A block that a proof stands on. */
export interface ProvedBlock {
  readonly number: bigint;
  readonly hash: Hex;
  /** Block time (Unix seconds). */
  readonly time: number;
}

export interface VerifyLawfulnessProofReturnType {
  readonly isLawful: boolean;
  /** "Lawful", or what speaks against it. */
  readonly lawfulness: Lawfulness;
  /** As the proof says: no block's hash tells it. */
  readonly chainId: number;
  readonly contracts: Readonly<Record<ProvedContract, Address>>;
  /** The entry's number, from 0. */
  readonly index: bigint;
  readonly entry: AuditEntry;
  readonly leaf: AccessLeaf;
  readonly logBlock: ProvedBlock;
  /** Undefined for a late entry. */
  readonly claimedBlock: ProvedBlock | undefined;
  /** What the verdict was computed from; undefined for a late entry. */
  readonly facts: AccessFacts | undefined;
}

export type VerifyLawfulnessProofErrorType = InvalidInputError | LawfulnessProofError;

/** Head of the log's hash chain: the head before, and the entry, which is static and so encoded in place. */
const LINK = parseAbiParameters(
  "bytes32, uint256, bytes32, uint32, uint64, bytes32, bytes32, bytes32, bytes32, uint32",
);

/**
 * Verifies what makeLawfulnessProof has made, and computes from it whether the participant's part in the access was
 * lawful. Asks nobody: all that has to be trusted is the hashes of two blocks, and which contracts are the suite's.
 *
 * The answer is that of the claimed block's state. It is the AuditLog's own wherever no two blocks have the same time.
 *
 * @param proof what JSON.parse made of the document
 * @throws InvalidInputError, LawfulnessProofError ProofMalformed, ProofBlockUntrusted, ProofInvalid
 */
export function verifyLawfulnessProof(
  proof: unknown,
  { blockHashes, deployment }: VerifyLawfulnessProofParameters,
): VerifyLawfulnessProofReturnType {
  checkObject("blockHashes", blockHashes);
  checkProofShape(proof);
  if (deployment !== undefined) requireDeployment(proof, deployment);
  const { chainId, contracts, leaf } = proof;
  const index = BigInt(proof.index);
  const entry = fromProvedEntry(proof.entry);

  const logHeader = trustedHeader("logBlock", proof.logBlock, blockHashes);
  const heads = proved("logBlock", proof.logBlock, logHeader, contracts, readHeads(index));
  if (heads.after !== link(heads.before, entry)) throw invalid("$.entry", "is not the entry in the log");
  requireLeaf(proof);

  const isLate = BigInt(entry.claimedBlockHash) === 0n;
  if (isLate !== (proof.claimedBlock === null)) {
    throw invalid(
      "$.claimedBlock",
      isLate ? "is given, but the entry is late" : "is missing, but the entry is not late",
    );
  }
  const claimed = proof.claimedBlock === null ? undefined : claimedFacts(proof, proof.claimedBlock, entry, blockHashes);
  const lawfulness = lawfulnessOf(claimed?.facts);
  return {
    ...{ isLawful: lawfulness === "Lawful", lawfulness, chainId, contracts, index, entry, leaf },
    logBlock: logHeader.block,
    claimedBlock: claimed?.block,
    facts: claimed?.facts,
  };
}

interface TrustedHeader {
  readonly block: ProvedBlock;
  readonly stateRoot: Hex;
}

function claimedFacts(
  { contracts, leaf }: LawfulnessProof,
  claimed: BlockProof,
  entry: AuditEntry,
  blockHashes: Readonly<Record<string, Hex>>,
): { block: ProvedBlock; facts: AccessFacts } {
  const header = trustedHeader("claimedBlock", claimed, blockHashes);
  const { block } = header;
  if (block.hash !== entry.claimedBlockHash) {
    throw invalid("$.claimedBlock.header", "is not that of the block that the entry claims");
  }
  const reading = readAccess(entry.batch, leaf, block.time);
  return { block, facts: proved("claimedBlock", claimed, header, contracts, reading) };
}

/** The header of a block whose hash is trusted. */
function trustedHeader(
  part: "logBlock" | "claimedBlock",
  { number, header }: BlockProof,
  blockHashes: Readonly<Record<string, Hex>>,
): TrustedHeader {
  const path = `$.${part}.header`;
  const trusted = Object.hasOwn(blockHashes, number) ? blockHashes[number] : undefined;
  if (trusted === undefined) {
    throw new LawfulnessProofError("ProofBlockUntrusted", path, `is of block ${number}, whose hash is not given`, {
      blockNumber: number,
    });
  }
  checkBytes32(`blockHashes[${number}]`, trusted);
  const hash = keccak256(header);
  if (hash !== trusted.toLowerCase()) {
    const problem = `does not have the hash given for block ${number}`;
    throw new LawfulnessProofError("ProofBlockUntrusted", path, problem, { blockNumber: number, trusted, given: hash });
  }
  const told = within(path, () => decodeHeader(header));
  if (told.number !== BigInt(number)) throw invalid(`$.${part}.number`, "is not the header's");
  return { block: { number: told.number, hash, time: told.time }, stateRoot: told.stateRoot };
}

/** What a reading comes to in the state of a block. Nodes that are of no use are refused: a proof has one form. */
function proved<Result>(
  part: "logBlock" | "claimedBlock",
  { nodes }: BlockProof,
  { stateRoot }: TrustedHeader,
  contracts: LawfulnessProof["contracts"],
  reading: Reading<Result>,
): Result {
  const path = `$.${part}.nodes`;
  const state = new ProvedState(stateRoot, contracts);
  const again = nodes.findIndex((node) => !state.nodes.add(node));
  if (again >= 0) throw invalid(`${path}[${again}]`, "is there twice");
  const result = within(path, () => state.run(reading));
  const used = new Set(state.nodes.used);
  const useless = nodes.findIndex((node) => !used.has(node));
  if (useless >= 0) throw invalid(`${path}[${useless}]`, "is on the way to nothing that is read");
  return result;
}

function requireLeaf({ entry, leaf, leafProof }: LawfulnessProof): void {
  const { scopeId, participantId, version } = leaf;
  const values = [scopeId, participantId, version];
  if (!StandardMerkleTree.verify(entry.batch.root, LEAF_TYPES, values, [...leafProof])) {
    throw invalid("$.leaf", "is not in the entry's tree");
  }
}

function requireDeployment({ chainId, contracts }: LawfulnessProof, deployment: DeploymentRecord): void {
  if (chainId !== deployment.chainId) throw invalid("$.chainId", "is not the deployment's");
  for (const name of Object.keys(contracts) as ProvedContract[]) {
    if (contracts[name] !== deployment.contracts[name].address.toLowerCase()) {
      throw invalid(`$.contracts.${name}`, "is not the deployment's");
    }
  }
}

function link(previous: Hex, { batch, custodian, claimedBlockHash, loggedAt }: AuditEntry): Hex {
  const { licenceId, root, count, claimedBlock, agent, workflow } = batch;
  const values = [
    licenceId,
    root,
    count,
    claimedBlock,
    agent,
    workflow,
    custodian,
    claimedBlockHash,
    loggedAt,
  ] as const;
  return keccak256(encodeAbiParameters(LINK, [previous, ...values]));
}

function within<Result>(path: string, use: () => Result): Result {
  try {
    return use();
  } catch (error) {
    if (error instanceof TrieError) throw invalid(path, `does not prove what is read: ${error.message}`);
    throw error;
  }
}

function invalid(path: string, problem: string): LawfulnessProofError {
  return new LawfulnessProofError("ProofInvalid", path, problem);
}
