import type { Schema } from "./schema.ts";

/** Where a value breaks its schema, and how. */
export interface Violation {
  readonly path: string;
  readonly problem: string;
}

/** Deeper values are refused: nothing in a schema of this project needs them, and hostile input could nest without end. */
const MAX_DEPTH = 32;

/** The first place where `value` breaks `schema`, or nothing. `definitions` holds what `$ref` names. */
export function firstViolation(
  value: unknown,
  schema: Schema,
  definitions: Readonly<Record<string, Schema>> = schema.$defs ?? {},
  path = "$",
  depth = 0,
): Violation | undefined {
  if (depth > MAX_DEPTH) return { path, problem: "is nested too deeply" };
  const inner = (item: unknown, itemSchema: Schema, itemPath: string): Violation | undefined =>
    firstViolation(item, itemSchema, definitions, itemPath, depth + 1);

  if (schema.$ref !== undefined) {
    const target = definitions[schema.$ref.replace("#/$defs/", "")];
    return target === undefined ? { path, problem: "has no definition" } : inner(value, target, path);
  }
  if (schema.anyOf !== undefined) {
    const violations = schema.anyOf.map((option) => inner(value, option, path));
    // The option that gets furthest into the value says best what is wrong with it.
    return violations.includes(undefined)
      ? undefined
      : violations.reduce((best, next) => ((next?.path.length ?? 0) > (best?.path.length ?? 0) ? next : best));
  }
  if (schema.const !== undefined && value !== schema.const) {
    return { path, problem: `is ${show(value)}, not ${show(schema.const)}` };
  }
  if (schema.enum !== undefined && !(schema.enum as readonly unknown[]).includes(value)) {
    return { path, problem: `is ${show(value)}, not one of ${schema.enum.join(", ")}` };
  }
  switch (schema.type) {
    case "string":
      if (typeof value !== "string") return { path, problem: `is ${show(value)}, not a string` };
      if (schema.pattern !== undefined && !new RegExp(schema.pattern, "u").test(value)) {
        return { path, problem: `is ${show(value)}, which does not match ${schema.pattern}` };
      }
      return undefined;
    case "integer":
      if (typeof value !== "number" || !Number.isInteger(value)) {
        return { path, problem: `is ${show(value)}, not a whole number` };
      }
      if (value < (schema.minimum ?? -Infinity) || value > (schema.maximum ?? Infinity)) {
        return { path, problem: `is ${value}, outside ${schema.minimum} to ${schema.maximum}` };
      }
      return undefined;
    case "boolean":
      return typeof value === "boolean" ? undefined : { path, problem: `is ${show(value)}, neither true nor false` };
    case "null":
      return value === null ? undefined : { path, problem: `is ${show(value)}, not null` };
    case "array": {
      if (!Array.isArray(value)) return { path, problem: `is ${show(value)}, not a list` };
      const { items } = schema;
      return items && firstOf(value, (item, index) => inner(item, items, `${path}[${index}]`));
    }
    case "object":
      return objectViolation(value, schema, path, inner);
    case undefined:
      return undefined;
  }
}

function objectViolation(
  value: unknown,
  { properties = {}, required = [] }: Schema,
  path: string,
  inner: (item: unknown, schema: Schema, path: string) => Violation | undefined,
): Violation | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return { path, problem: `is ${show(value)}, not an object` };
  }
  const fields = new Map(Object.entries(value));
  const missing = required.find((key) => !fields.has(key));
  if (missing !== undefined) return { path: `${path}.${missing}`, problem: "is missing" };
  return firstOf([...fields], ([key, item]) => {
    const schema = Object.hasOwn(properties, key) ? properties[key] : undefined;
    // Every object schema of this project is closed.
    return schema === undefined
      ? { path: `${path}[${show(key)}]`, problem: "is not a known field" }
      : inner(item, schema, `${path}.${key}`);
  });
}

function firstOf<T>(
  items: readonly T[],
  check: (item: T, index: number) => Violation | undefined,
): Violation | undefined {
  for (const [index, item] of items.entries()) {
    const violation = check(item, index);
    if (violation !== undefined) return violation;
  }
  return undefined;
}

/** A value as part of a message: one line of at most 60 characters. */
function show(value: unknown): string {
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "a list" : "an object";
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
