import { writeFile } from "node:fs/promises";

import { UsageError } from "./errors.ts";

/**
 * Writes a file that is not there yet: what is there may be the only copy of something.
 * @throws UsageError FileNotWritten
 */
export async function writeNewFile(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: "wx" });
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
