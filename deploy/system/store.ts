import { randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";

import { type DeploymentRecord, parseDeploymentRecord } from "../../src/deployments/index.ts";
import type { Chain } from "./chain.ts";
import { SystemError } from "./errors.ts";

/** Name of the record in a deployment's directory: the one file that its users need. */
export const RECORD_FILE = "concord.json";
const CHAIN_FILE = "chain.json";
/** Ignition's journal, which names every step before and after it is taken. */
export const JOURNAL_FILE = "journal.jsonl";
const ADDRESSES_FILE = "deployed_addresses.json";

/**
 * Reads the record of a deployment.
 *
 * @param directory the deployment's directory
 * @returns the record, or nothing if there is none
 * @throws SystemError SystemRecordCorrupt
 */
export async function readRecord(directory: string): Promise<DeploymentRecord | undefined> {
  const file = join(directory, RECORD_FILE);
  const text = await readIfThere(file);
  if (text === undefined) return undefined;
  try {
    return parseDeploymentRecord(JSON.parse(text));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SystemError(
      "SystemRecordCorrupt",
      `${file} is no deployment record: ${reason}`,
      { file, reason },
      "Restore the file from version control or from another copy; if there is none, move it away: `hardhat system deploy` writes it again from the journal beside it.",
      { cause },
    );
  }
}

/** Writes the record so that a reader sees the old one or the new one, never a part. Returns the file's path. */
export async function writeRecord(directory: string, record: DeploymentRecord): Promise<string> {
  const file = join(directory, RECORD_FILE);
  await writeWhole(file, `${JSON.stringify(record, null, 2)}\n`);
  return file;
}

/** Writes text to a file by way of a temporary one beside it. */
export async function writeWhole(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    const handle = await open(temporary, "wx");
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Notes the chain that the journal belongs to, before Ignition begins it: its own journal knows only a chain id. */
export async function writeChain(directory: string, chain: Chain): Promise<void> {
  await writeWhole(join(directory, CHAIN_FILE), `${JSON.stringify(chain, null, 2)}\n`);
}

/** The chain that a deployment was begun on, or nothing if the note is missing or unreadable. */
export async function readNotedChain(directory: string): Promise<Chain | undefined> {
  const text = await readIfThere(join(directory, CHAIN_FILE));
  try {
    const noted = JSON.parse(text ?? "null") as Partial<Chain> | null;
    const { chainId, genesisHash, embedded } = noted ?? {};
    return typeof chainId === "number" && typeof genesisHash === "string" && typeof embedded === "boolean"
      ? { chainId, genesisHash, embedded }
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The contracts that Ignition's journal says are there.
 *
 * @returns their addresses, or nothing if there is no journal
 * @throws SystemError SystemJournalCorrupt
 */
export async function readJournal(directory: string): Promise<readonly string[] | undefined> {
  const journal = await readIfThere(join(directory, JOURNAL_FILE));
  if (journal === undefined) return undefined;
  try {
    for (const line of journal.split("\n")) if (line.trim() !== "") JSON.parse(line);
    const addresses = JSON.parse((await readIfThere(join(directory, ADDRESSES_FILE))) ?? "{}") as object;
    return Object.values(addresses).map(String);
  } catch (cause) {
    throw new SystemError(
      "SystemJournalCorrupt",
      `The journal in ${directory} is damaged: ${cause instanceof Error ? cause.message : String(cause)}`,
      { directory },
      "Restore the directory from another copy, or move it away and deploy again.",
      { cause },
    );
  }
}

/** Forgets a deployment: its record, its journal and everything else in its directory. */
export async function discard(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
