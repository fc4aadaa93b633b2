import { readFile } from "node:fs/promises";

import { FilesError, quote, systemReason } from "./errors.ts";

/** A file is not the table that it should be. */
export class TableError extends FilesError {
  override name = "TableError";
  /** `place` is the line of a CSV file or the entry of a JSON file, when the error is about one. */
  readonly args: { readonly file: string; readonly place?: string };

  constructor(file: string, place: string | undefined, problem: string, fix: string, cause?: unknown) {
    super(`${place ?? file}: ${problem}`, fix, { cause });
    this.args = place === undefined ? { file } : { file, place };
  }
}

/** The columns of a table, by name. */
export interface TableColumns<Required extends string, Optional extends string> {
  readonly required: readonly Required[];
  readonly optional: readonly Optional[];
}

/** One row, as it is written. */
export interface TableRow<Required extends string, Optional extends string> {
  /** Where it stands: "papers.csv, line 7" or "papers.json[5]". */
  readonly place: string;
  /** A blank field of an optional column counts as absent. */
  readonly values: Readonly<Record<Required, string> & Partial<Record<Optional, string>>>;
}

/**
 * Reads a table from a file in UTF-8: CSV (RFC 4180: commas, a first line with the columns' names, quotes where a field
 * has a comma, a quote or a line break), or a JSON list of objects whose fields are texts or whole numbers.
 * @throws TableError with the line or the entry, on an unknown or missing column, a row of another length, a blank
 * field of a required column, and when there is no row
 */
export async function readTable<const Required extends string, const Optional extends string>(
  file: string,
  columns: TableColumns<Required, Optional>,
): Promise<TableRow<Required, Optional>[]> {
  const text = await readText(file);
  const rows = text.trimStart().startsWith("[") ? jsonRows(file, text) : csvRows(file, text);
  if (rows.length === 0) throw new TableError(file, undefined, "there are no rows", `Give ${shape(columns)}.`);
  const known: readonly string[] = [...columns.required, ...columns.optional];
  return rows.map(({ place, values }) => {
    const unknown = [...values.keys()].find((name) => !known.includes(name));
    if (unknown !== undefined) {
      // A misspelt column would silently leave out what it says.
      throw new TableError(file, place, `${quote(unknown)} is no column`, `Give ${shape(columns)}.`);
    }
    const missing = columns.required.find((name) => values.get(name) === undefined);
    if (missing !== undefined) throw new TableError(file, place, `${missing} is missing`, `Give ${shape(columns)}.`);
    return { place, values: Object.fromEntries(values) } as TableRow<Required, Optional>;
  });
}

/** Writes rows as CSV, with the columns in the order given; an absent value becomes a blank field. */
export function formatCsv<Column extends string>(
  columns: readonly Column[],
  rows: readonly Readonly<Partial<Record<Column, string>>>[],
): string {
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ""))];
  return lines.map((fields) => `${fields.map(csvField).join(",")}\r\n`).join("");
}

interface Row {
  readonly place: string;
  /** Without the blank ones. */
  readonly values: ReadonlyMap<string, string>;
}

async function readText(file: string): Promise<string> {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await readFile(file));
  } catch (cause) {
    const { reason, fix } = systemReason(cause) ?? {
      reason: "it is not text in UTF-8",
      fix: "Name a CSV or JSON file.",
    };
    throw new TableError(file, undefined, reason, fix, cause);
  }
}

function jsonRows(file: string, text: string): Row[] {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TableError(file, undefined, `it is not JSON (${reason})`, "Mend the file, or name another.", cause);
  }
  return (list as unknown[]).map((item, index) => {
    const place = `${file}[${index}]`;
    if (typeof item !== "object" || item === null || Array.isArray(item)) {
      throw new TableError(file, place, "it is not an object", "Give one object a row.");
    }
    const values = Object.entries(item).flatMap(([name, value]: [string, unknown]): [string, string][] => {
      if (value === null) return [];
      if (typeof value === "string" || Number.isSafeInteger(value)) return present(name, String(value));
      throw new TableError(file, place, `${quote(name)} is neither a text nor a whole number`, "Give it as a text.");
    });
    return { place, values: new Map(values) };
  });
}

function csvRows(file: string, text: string): Row[] {
  const [header, ...records] = csvRecords(file, text);
  if (header === undefined) return [];
  const names = header.fields.map((name) => name.trim());
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new TableError(file, header.place, `the column ${quote(twice)} stands there twice`, "Name each column once.");
  }
  return records.map(({ place, fields }) => {
    if (fields.length !== names.length) {
      const fix = "Give each line as many fields as the first; put quotes around a field that has a comma.";
      throw new TableError(file, place, `it has ${fields.length} fields, not ${names.length}`, fix);
    }
    return { place, values: new Map(names.flatMap((name, index) => present(name, fields[index] ?? ""))) };
  });
}

/** The records of a CSV text with the line on which each begins; blank lines are passed over. */
function csvRecords(file: string, text: string): { place: string; fields: string[] }[] {
  const records: { place: string; fields: string[] }[] = [];
  const field = /"((?:[^"]|"")*)"|[^",\r\n]*/y;
  const separator = /,|\r\n|\n|$/y;
  let line = 1;
  let position = 0;
  while (position < text.length) {
    const place = `${file}, line ${line}`;
    const fields: string[] = [];
    let ended = false;
    while (!ended) {
      field.lastIndex = position;
      const [whole = "", quoted] = field.exec(text) ?? [];
      fields.push(quoted === undefined ? whole : quoted.replaceAll('""', '"'));
      separator.lastIndex = position + whole.length;
      const found = separator.exec(text);
      if (found === null) {
        const fix = "Put quotes around a field that has quotes or line breaks, and double the quotes inside.";
        throw new TableError(file, place, "a quote or a carriage return stands where none may", fix);
      }
      line += whole.split("\n").length - 1 + (found[0].endsWith("\n") ? 1 : 0);
      position = separator.lastIndex;
      ended = found[0] !== ",";
    }
    if (fields.length > 1 || fields[0]?.trim() !== "") records.push({ place, fields });
  }
  return records;
}

function csvField(value: string): string {
  return /[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

function present(name: string, value: string): [string, string][] {
  const trimmed = value.trim();
  return trimmed === "" ? [] : [[name, trimmed]];
}

function shape({ required, optional }: TableColumns<string, string>): string {
  const more = optional.length === 0 ? "" : `, and if need be ${optional.join(", ")}`;
  return `rows with the columns ${required.join(", ")}${more}`;
}
