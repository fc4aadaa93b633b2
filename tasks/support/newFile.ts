import { writeFile } from "node:fs/promises";

import { UsageError } from "./errors.ts";

/** Permissions of a new file, before the user's mask. */
const EVERYBODY = 0o666;
const OWNER_ALONE = 0o600;

/**
 * Writes a file that is not there yet: what is there may be the only copy of something.
 * @param secret whether nobody but the file's owner may read it
 * @throws UsageError FileNotWritten
 */
export async function writeNewFile(file: string, text: string, { secret = false } = {}): Promise<void> {
  try {
    await writeFile(file, text, { flag: "wx", mode: secret ? OWNER_ALONE : EVERYBODY });
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === "EEXIST") {
      const fix = "Name a file that is not there yet, or move that one away.";
      throw new UsageError("FileNotWritten", `${file} is there already.`, { file }, fix);
    }
    const fix = "Check the path, and that you may write there.";
    throw new UsageError("FileNotWritten", `${file} cannot be written (${String(code)}).`, { file }, fix);
  }
}
