import type { Address, Hex } from "viem";

import type { Schema } from "../../deployments/schema.ts";
import { firstViolation } from "../../deployments/validate.ts";
import { LawfulnessProofError } from "../errors.ts";
import type { AccessLeaf, AuditEntry } from "./audit.ts";
import { type ProvedContract, STORAGE_LAYOUT } from "./layout.ts";

/** The number that a proof of this shape carries in `format`; it rises when a field changes its meaning or goes. */
export const LAWFULNESS_PROOF_FORMAT = 1;

/** A block, and what is proved of the state that it has left. */
export interface BlockProof {
  /** In decimal digits. */
  readonly number: string;
  /** RLP-encoded; its keccak256 is the block's hash. */
  readonly header: Hex;
  /** The nodes of the state's and the contracts' tries on the way to what is read, RLP-encoded, each once. */
  readonly nodes: readonly Hex[];
}

/** An audit entry in JSON. */
export interface ProvedEntry {
  readonly batch: {
    readonly licenceId: string;
    readonly root: Hex;
    readonly count: number;
    readonly claimedBlock: string;
    readonly agent: Hex;
    readonly workflow: Hex;
  };
  readonly custodian: Hex;
  readonly claimedBlockHash: Hex;
  readonly loggedAt: number;
}

/** Everything that shows whether one participant's part in a logged access was lawful: plain JSON, hex in lower case. */
export interface LawfulnessProof {
  readonly format: typeof LAWFULNESS_PROOF_FORMAT;
  readonly chainId: number;
  readonly contracts: Readonly<Record<ProvedContract, Address>>;
  /** Slots of the contracts' variables that are read. */
  readonly layout: typeof STORAGE_LAYOUT;
  /** The entry's number, from 0, in decimal digits. */
  readonly index: string;
  readonly entry: ProvedEntry;
  /** The participant's part. */
  readonly leaf: AccessLeaf;
  /** Merkle proof of the leaf. */
  readonly leafProof: readonly Hex[];
  /** A block after the entry's: the log's heads are proved there. */
  readonly logBlock: BlockProof;
  /** The claimed block: consent and licence are proved as it left them. Null for a late entry. */
  readonly claimedBlock: BlockProof | null;
}

const hash: Schema = { type: "string", pattern: "^0x[0-9a-f]{64}$" };
const address: Schema = { type: "string", pattern: "^0x[0-9a-f]{40}$" };
const digits: Schema = { type: "string", pattern: "^(0|[1-9][0-9]{0,77})$", description: "Decimal digits." };

function uint(bits: number): Schema {
  return { type: "integer", minimum: 0, maximum: 2 ** bits - 1 };
}

/** Whole bytes in hex, of which the pattern first bounds the length: it goes back over every pair. */
function bytes(most: number, description: string): Schema {
  return { type: "string", pattern: `^(?=.{4,${2 + 2 * most}}$)0x([0-9a-f]{2})+$`, description };
}

function object(description: string, properties: Readonly<Record<string, Schema>>): Schema {
  return { description, type: "object", properties, required: Object.keys(properties), additionalProperties: false };
}

/** A branch of 16 hashes has 532 bytes, an account's leaf less. */
const LARGEST_NODE = 1_024;
/** A clique of 200 signers would fit. */
const LARGEST_HEADER = 8_192;

const block = object("A block, and what is proved of the state that it has left.", {
  number: digits,
  header: bytes(LARGEST_HEADER, "The header, RLP-encoded: its keccak256 is the block's hash."),
  nodes: {
    description: "Nodes of the Merkle-Patricia tries on the way to what is read, each once.",
    type: "array",
    items: bytes(LARGEST_NODE, "A node, RLP-encoded."),
  },
});

const layout = object(
  "Slots of the contracts' variables that are read.",
  Object.fromEntries(
    Object.entries(STORAGE_LAYOUT).map(([contract, slots]) => [
      contract,
      object(
        `Of ${contract}.`,
        Object.fromEntries(Object.entries(slots).map(([name, slot]: [string, number]) => [name, { const: slot }])),
      ),
    ]),
  ),
);

/** JSON Schema of a lawfulness proof. docs/schemas/lawfulness-proof.schema.json holds the same. */
export const lawfulnessProofSchema: Schema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Concord lawfulness proof",
  ...object("Whether one participant's part in a logged access was lawful, provable from block hashes alone.", {
    format: { const: LAWFULNESS_PROOF_FORMAT, description: "Rises when a field changes its meaning or goes." },
    chainId: { type: "integer", minimum: 1, maximum: Number.MAX_SAFE_INTEGER },
    contracts: object("The contracts whose storage is read.", {
      auditLog: address,
      consentRegistry: address,
      licenceRegistry: address,
    }),
    layout,
    index: { ...digits, description: "The entry's number, from 0." },
    entry: object("The entry as logged.", {
      batch: object("What the custodian said of the access.", {
        licenceId: digits,
        root: { ...hash, description: "Merkle root over the leaves of all participants." },
        count: uint(32),
        claimedBlock: { ...digits, description: "The block that was the newest when the data was used." },
        agent: hash,
        workflow: hash,
      }),
      custodian: hash,
      claimedBlockHash: { ...hash, description: "Zero for a late entry." },
      loggedAt: { ...uint(32), description: "Unix seconds." },
    }),
    leaf: object("The participant's part.", { scopeId: hash, participantId: hash, version: uint(16) }),
    leafProof: { description: "Merkle proof of the leaf.", type: "array", items: hash },
    logBlock: { ...block, description: "A block after the entry's, in which the log's heads are read." },
    claimedBlock: {
      description: "The claimed block, in which consent and licence are read; null for a late entry.",
      anyOf: [{ type: "null" }, block],
    },
  }),
};

/**
 * Checks that a value has a proof's shape.
 * @throws LawfulnessProofError ProofMalformed
 */
export function checkProofShape(value: unknown): asserts value is LawfulnessProof {
  const violation = firstViolation(value, lawfulnessProofSchema);
  if (violation !== undefined) throw new LawfulnessProofError("ProofMalformed", violation.path, violation.problem);
}

/** An entry as a proof's JSON holds it. */
export function toProvedEntry({ batch, custodian, claimedBlockHash, loggedAt }: AuditEntry): ProvedEntry {
  const { licenceId, root, count, claimedBlock, agent, workflow } = batch;
  return {
    batch: {
      licenceId: licenceId.toString(),
      root: lower(root),
      count,
      claimedBlock: claimedBlock.toString(),
      agent: lower(agent),
      workflow: lower(workflow),
    },
    custodian: lower(custodian),
    claimedBlockHash: lower(claimedBlockHash),
    loggedAt,
  };
}

/** The entry that a proof's JSON holds. */
export function fromProvedEntry({ batch, ...rest }: ProvedEntry): AuditEntry {
  const [licenceId, claimedBlock] = [BigInt(batch.licenceId), BigInt(batch.claimedBlock)];
  return { ...rest, batch: { ...batch, licenceId, claimedBlock } };
}

/** Hex in lower case: a proof has one form. */
export function lower<hex extends Hex>(hex: hex): hex {
  return hex.toLowerCase() as hex;
}
