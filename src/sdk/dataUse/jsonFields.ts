import type { Hex } from "viem";

import { ModelError } from "../../model/index.ts";
import { InvalidInputError } from "../errors.ts";
import { refuse } from "../internal/validate.ts";

/** The fields of one JSON object, each refused by its JSON path; one that is null counts as absent. */
export class JsonFields {
  readonly path: string;
  readonly #fields: Readonly<Record<string, unknown>>;

  /** @throws InvalidInputError when the value is no object, or has a field that is not known */
  constructor(path: string, value: unknown, known: readonly string[]) {
    this.path = path;
    const fix = `Give an object with some of ${known.join(", ")}.`;
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw refuse(path, JSON.stringify(value), "no object", fix);
    }
    const unknown = Object.keys(value).find((key) => !known.includes(key));
    // A misspelt field would silently leave out what it says.
    if (unknown !== undefined) throw refuse(`${path}.${unknown}`, unknown, "no known field", fix);
    this.#fields = value as Readonly<Record<string, unknown>>;
  }

  has(name: string): boolean {
    return this.value(name) !== undefined;
  }

  value(name: string): unknown {
    const value = Object.hasOwn(this.#fields, name) ? this.#fields[name] : undefined;
    return value === null ? undefined : value;
  }

  required(name: string): unknown {
    const value = this.value(name);
    if (value !== undefined) return value;
    throw new InvalidInputError(this.at(name), `${this.at(name)} is missing.`, `Give ${name}.`);
  }

  /** The items of a list, each read by `read` with its path; none when the field is absent. */
  list<Item>(name: string, read: (item: unknown, path: string) => Item): Item[] {
    const value = this.value(name);
    if (value === undefined) return [];
    if (!Array.isArray(value)) throw refuse(this.at(name), JSON.stringify(value), "no list", `Give ${name} as a list.`);
    return value.map((item: unknown, index) => read(item, `${this.at(name)}[${index}]`));
  }

  texts(name: string): string[] {
    return this.list(name, readText);
  }

  /** The set of bits that a list of names stands for in `table`. */
  mask(name: string, table: Readonly<Record<string, number>>): number {
    let mask = 0;
    this.list(name, (item, path) => {
      const code = readText(item, path);
      const bit = Object.hasOwn(table, code) ? table[code] : undefined;
      if (bit === undefined) {
        const fix = `Give one of ${Object.keys(table).join(", ")}.`;
        throw refuse(path, code, "no code of this version", fix, "DataUseUnknownBits");
      }
      mask |= bit;
    });
    return mask;
  }

  boolean(name: string): boolean | undefined {
    const value = this.value(name);
    if (value === undefined || typeof value === "boolean") return value;
    throw refuse(
      this.at(name),
      JSON.stringify(value),
      "neither true nor false",
      `Give ${name} as true, false or null.`,
    );
  }

  /** A whole number from `least` to `most`. */
  integer(name: string, least: number, most: number): number | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) return value;
    const fix = `Give ${name} as a whole number from ${least} to ${most}.`;
    throw refuse(this.at(name), JSON.stringify(value), `no whole number from ${least} to ${most}`, fix);
  }

  at(name: string): string {
    return `${this.path}.${name}`;
  }
}

export function readText(item: unknown, path: string): string {
  if (typeof item === "string" && item !== "") return item;
  throw refuse(path, JSON.stringify(item), "no text", `Give ${path} as a text.`);
}

/** The 32 bytes that a text gives in hex, in lower case; undefined when it gives none. */
export function bytes32In(text: string): Hex | undefined {
  return /^0x[0-9a-f]{64}$/i.test(text) ? (text.toLowerCase() as Hex) : undefined;
}

/** Runs a check of the model; what it refuses is refused at `path`, under the name of the contracts' own error. */
export function byModel(path: string, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    throw new InvalidInputError(path, `${path}: ${error.message}.`, error.fix, { name: error.name, cause: error });
  }
}
