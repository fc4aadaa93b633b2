import { readFile } from "node:fs/promises";

import { FilesError, systemReason } from "./errors.ts";

/** A file is not the JSON that it should be. */
export class JsonFileError extends FilesError {
  override name = "JsonFileError";
  readonly args: { readonly file: string; readonly path?: string };

  /**
   * @param path the place in the file as a JSON path, when the error is about one place
   * @param name the contracts' own name for the mistake, where it has one
   */
  constructor(
    file: string,
    problem: string,
    fix: string,
    { path, name, cause }: { path?: string; name?: string; cause?: unknown } = {},
  ) {
    super(`${file}: ${path === undefined ? "" : `${path}: `}${problem}`, fix, { cause });
    this.name = name ?? "JsonFileError";
    this.args = path === undefined ? { file } : { file, path };
  }
}

/**
 * Reads a file of JSON in UTF-8; what is in it is the caller's to check.
 * @throws JsonFileError when it cannot be read or is not JSON
 */
export async function readJson(file: string): Promise<unknown> {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(await readFile(file));
  } catch (cause) {
    const { reason, fix } = systemReason(cause) ?? { reason: "it is not text in UTF-8", fix: "Name a file of JSON." };
    throw new JsonFileError(file, reason, fix, { cause });
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new JsonFileError(file, `it is not JSON (${reason})`, "Mend the file, or name another.", { cause });
  }
}
