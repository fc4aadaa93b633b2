import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { after, before } from "mocha";

/** A folder for the files of one suite, made before it and removed after it. */
export class TemporaryFolder {
  path = "";

  write(name: string, content: string | Uint8Array): string {
    const file = join(this.path, name);
    writeFileSync(file, content);
    return file;
  }
}

/** To be called inside `describe`. */
export function temporaryFolder(): TemporaryFolder {
  const folder = new TemporaryFolder();
  before(() => {
    folder.path = mkdtempSync(join(tmpdir(), "concord-files-"));
  });
  after(() => rmSync(folder.path, { recursive: true, force: true }));
  return folder;
}

/** The example files that the project makes. */
export const examples = join(import.meta.dirname, "..", "..", "examples");

/** A file of the real data that lies beside the repository, or undefined where it is absent. */
export function realData(name: string): string | undefined {
  const path = join(import.meta.dirname, "..", "..", "..", "shared", "data", name);
  return existsSync(path) ? path : undefined;
}

/** What `promise` is rejected with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("expected a rejection");
}
