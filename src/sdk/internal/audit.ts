import type { Hex } from "viem";

import type { EventArguments } from "./events.ts";
import { checkBigUint, checkBytes32, checkId, checkObject, checkUint } from "./validate.ts";

/** What a custodian says of one access. */
export interface AccessBatch {
  readonly licenceId: bigint;
  /** Merkle root over the AccessLeaf of every participant whose data was used; see buildAccessTree. */
  readonly root: Hex;
  /** Number of leaves (uint32). */
  readonly count: number;
  /** The block that was the newest when the data was used. */
  readonly claimedBlock: bigint;
  /** Digest of who used it. */
  readonly agent: Hex;
  /** Digest of the workflow and its version. */
  readonly workflow: Hex;
}

/** One entry of the log: the batch and what the chain adds. */
export interface AuditEntry {
  readonly batch: AccessBatch;
  /** The institution that logged it. */
  readonly custodian: Hex;
  /** Hash of the claimed block; zero when the chain no longer knew it, and the entry is late. */
  readonly claimedBlockHash: Hex;
  /** Block time of the entry (Unix seconds). */
  readonly loggedAt: number;
}

/** An entry with its place in the hash chain. */
export interface LoggedEntry {
  /** From 0. */
  readonly index: bigint;
  readonly entry: AuditEntry;
  /** Head of the hash chain after it. */
  readonly head: Hex;
  /** The chain no longer knew the claimed block: when the data was used cannot be proved. */
  readonly isLate: boolean;
}

/** One participant's part in an access. */
export interface AccessLeaf {
  readonly scopeId: Hex;
  readonly participantId: Hex;
  /** The consent version that the custodian relied on (uint16). */
  readonly version: number;
}

/** What a leaf of an access's tree is the encoding of: scope, participant, version. */
export const LEAF_TYPES = ["bytes32", "bytes32", "uint16"];

export function checkBatch(batch: AccessBatch): AccessBatch {
  const { licenceId, root, count, claimedBlock, agent, workflow } = batch;
  checkBigUint("licenceId", licenceId, 256, 1n);
  checkId("root", root);
  checkUint("count", count, 32, 1);
  checkBigUint("claimedBlock", claimedBlock, 64);
  checkBytes32("agent", agent);
  checkBytes32("workflow", workflow);
  return { licenceId, root, count, claimedBlock, agent, workflow };
}

export function checkLeaf(input: string, leaf: AccessLeaf): AccessLeaf {
  checkObject(input, leaf);
  const { scopeId, participantId, version } = leaf;
  checkId(`${input}.scopeId`, scopeId);
  checkBytes32(`${input}.participantId`, participantId);
  checkUint(`${input}.version`, version, 16);
  return { scopeId, participantId, version };
}

/** The entry that an event tells of. */
export function loggedEntryOf(args: EventArguments<"auditLog", "AccessLogged">): LoggedEntry {
  const { index, head, custodian, claimedBlockHash, loggedAt, ...batch } = args;
  const isLate = BigInt(claimedBlockHash) === 0n;
  return { index, entry: { batch, custodian, claimedBlockHash, loggedAt }, head, isLate };
}
