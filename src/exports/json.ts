/** What JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json;
}

/** A value as JSON holds it: bigints in decimal digits, fields that are undefined left out. */
export function toJson(value: unknown): Json {
  const text = JSON.stringify(value, (_, item: unknown) => (typeof item === "bigint" ? item.toString() : item));
  return text === undefined ? null : (JSON.parse(text) as Json);
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A place where two documents differ; `undefined` stands for nothing at that place. */
export interface Difference {
  /** JSON path. */
  readonly path: string;
  readonly claimed: Json | undefined;
  readonly found: Json | undefined;
}

/** Every leaf in which two documents differ, in the order of the claimed one, then what it leaves out. */
export function differencesOf(claimed: Json | undefined, found: Json | undefined, path: string): Difference[] {
  if (Array.isArray(claimed) && Array.isArray(found)) {
    const length = Math.max(claimed.length, found.length);
    return Array.from({ length }, (_, index) =>
      differencesOf(claimed[index] as Json | undefined, found[index] as Json | undefined, `${path}[${index}]`),
    ).flat();
  }
  if (isJsonObject(claimed) && isJsonObject(found)) {
    const fields = new Set([...Object.keys(claimed), ...Object.keys(found)]);
    return [...fields].flatMap((field) => differencesOf(own(claimed, field), own(found, field), at(path, field)));
  }
  return JSON.stringify(claimed) === JSON.stringify(found) ? [] : [{ path, claimed, found }];
}

/** A field of the document itself, not of what all objects inherit. */
function own(object: JsonObject, field: string): Json | undefined {
  return Object.hasOwn(object, field) ? object[field] : undefined;
}

function at(path: string, field: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(field) ? `${path}.${field}` : `${path}[${JSON.stringify(field)}]`;
}
