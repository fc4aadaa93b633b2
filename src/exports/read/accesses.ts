import type { Hex } from "viem";

import {
  type AccessLeaf,
  ConcordContractError,
  getBlock,
  HeaderMismatchError,
  InvalidInputError,
  type Lawfulness,
  type LoggedEntry,
  NotFoundError,
  proveLawfulness,
} from "../../sdk/index.ts";
import { checkLeaf } from "../../sdk/internal/audit.ts";
import { checkList, checkObject, checkProof } from "../../sdk/internal/validate.ts";
import type { LicencePicture } from "./licences.ts";
import { type ChainNumber, type Key, readNumber, type Reading } from "./reading.ts";

/** One participant's own part in a logged access, with its proof: what the custodian hands out of its leaves. */
export interface ProvedAccess {
  /** The entry's number in the audit log, from 0. */
  readonly index: ChainNumber;
  readonly leaf: AccessLeaf;
  /** Merkle proof of the leaf under the entry's root. */
  readonly proof: readonly Hex[];
}

/** A proved access to one participant's data. */
export interface AccessPicture {
  readonly logged: LoggedEntry;
  readonly licence: LicencePicture;
  readonly leaf: AccessLeaf;
  /** Time of the block that was the newest when the data was used (Unix seconds); undefined where it is not proved. */
  readonly time: number | undefined;
  /** What the audit log says of it; undefined where the chain's headers cannot be rebuilt. */
  readonly lawfulness: Lawfulness | undefined;
}

/** @throws InvalidInputError */
export function readProofs(value: unknown): ProvedAccess[] {
  if (value === undefined) return [];
  checkList("accesses", value);
  return value.map((access, index) => {
    const input = `accesses[${index}]`;
    checkObject(input, access);
    checkProof(`${input}.proof`, access.proof);
    const { scopeId, participantId, version } = checkLeaf(`${input}.leaf`, access.leaf as AccessLeaf);
    return {
      index: readNumber(`${input}.index`, access.index),
      leaf: { scopeId: lower(scopeId), participantId: lower(participantId), version },
      proof: access.proof.map(lower),
    };
  });
}

/**
 * Reads and proves accesses, in the order of the log.
 * @throws InvalidInputError for a leaf of somebody else, or an entry twice; NotFoundError for an entry under no licence here;
 * ConcordContractError AuditLeafUnproven
 */
export async function readAccesses(
  reading: Reading,
  proofs: readonly ProvedAccess[],
  keys: readonly Key[],
  licences: readonly LicencePicture[],
): Promise<AccessPicture[]> {
  const seen = new Set(proofs.map(({ index, leaf }) => `${index} ${leaf.scopeId} ${leaf.participantId}`));
  if (seen.size < proofs.length) {
    throw new InvalidInputError("accesses", "accesses names a part twice.", "Give each entry's leaf once.");
  }
  const pictures = await Promise.all(
    proofs.map(async (proved, position) => await readAccess(reading, proved, `accesses[${position}]`, keys, licences)),
  );
  return pictures.sort((a, b) => Number(a.logged.index - b.logged.index));
}

async function readAccess(
  reading: Reading,
  { index, leaf, proof }: ProvedAccess,
  input: string,
  keys: readonly Key[],
  licences: readonly LicencePicture[],
): Promise<AccessPicture> {
  if (!keys.some((key) => key.scopeId === leaf.scopeId && key.participantId === leaf.participantId)) {
    const fix = "Give none but the participant's own leaves: the others' are other people's data.";
    throw new InvalidInputError(input, `${input} is about nobody that the document is about.`, fix);
  }
  const licence = licences.find(({ entries }) => entries.some((entry) => entry.index === index));
  const logged = licence?.entries.find((entry) => entry.index === index);
  if (licence === undefined || logged === undefined) throw new NotFoundError("audit entry of the scopes", { index });
  const lawfulness = await lawfulnessOf(reading, logged, leaf, proof);
  return { logged, licence, leaf, time: await provedTime(reading, logged), lawfulness };
}

/** The contract's own answer; undefined on a chain whose block hash leaves header fields out. The leaf is proved either way. */
async function lawfulnessOf(
  { client, block }: Reading,
  { index, entry }: LoggedEntry,
  leaf: AccessLeaf,
  proof: readonly Hex[],
): Promise<Lawfulness | undefined> {
  const parameters = { index, entry, leaf, proof, blockNumber: block.blockNumber };
  try {
    return (await proveLawfulness(client, parameters)).lawfulness;
  } catch (error) {
    if (!(error instanceof HeaderMismatchError)) throw error;
  }
  try {
    // The contract looks at the leaf first, and then finds this to be no header.
    return (await proveLawfulness(client, { ...parameters, header: "0x" })).lawfulness;
  } catch (error) {
    if (error instanceof ConcordContractError && error.name === "AuditHeaderMismatch") return undefined;
    throw error;
  }
}

async function provedTime({ client }: Reading, { entry, isLate }: LoggedEntry): Promise<number | undefined> {
  if (isLate) return undefined;
  return (await getBlock(client, { blockNumber: entry.batch.claimedBlock })).time;
}

function lower(bytes: Hex): Hex {
  return bytes.toLowerCase() as Hex;
}
