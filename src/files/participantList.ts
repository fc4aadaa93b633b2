import { readFile } from "node:fs/promises";

import { type Hex, parseBytes32 } from "./bytes.ts";
import { quote, systemReason } from "./errors.ts";
import { ParticipantsError } from "./participants.ts";

/**
 * Reads participant ids from a text file: one a line, in any case; blank lines and lines that begin with # are skipped.
 * @returns the ids in lower case, in the order of the file, at least one
 * @throws ParticipantsError with the line, on anything else than an id, on an id listed twice, and when there is none
 */
export async function readParticipantList(file: string): Promise<Hex[]> {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(await readFile(file));
  } catch (cause) {
    const { reason, fix } = systemReason(cause) ?? { reason: "it is not text in UTF-8", fix: "Name a file of ids." };
    throw new ParticipantsError(`${file}: ${reason}`, fix, { cause });
  }
  const lineOf = new Map<Hex, number>();
  text.split(/\r?\n/).forEach((line, index) => {
    const id = line.trim().toLowerCase();
    if (id === "" || id.startsWith("#")) return;
    const where = `${file}, line ${index + 1}`;
    if (parseBytes32(id) === undefined) {
      const fix = "Give one participant id a line: 0x and 64 hex digits.";
      throw new ParticipantsError(`${where}: ${quote(line.trim())} is not a participant id`, fix);
    }
    const before = lineOf.get(id as Hex);
    if (before !== undefined) {
      throw new ParticipantsError(`${where}: the id stands in line ${before} already`, "List each participant once.");
    }
    lineOf.set(id as Hex, index + 1);
  });
  if (lineOf.size === 0) throw new ParticipantsError(`${file}: there are no ids`, "Give one participant id a line.");
  return [...lineOf.keys()];
}
