import { type Address, type Hex, isAddress } from "viem";

import { InvalidInputError } from "../errors.ts";

const LONGEST_QUOTE = 80;

/** A value as part of a message: on one line, and not too long. */
function quote(value: unknown): string {
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}

export function refuse(input: string, value: unknown, what: string, fix: string, name?: string): InvalidInputError {
  return new InvalidInputError(input, `${input} is ${quote(value)}, which is ${what}.`, fix, {
    ...(name === undefined ? {} : { name }),
    args: { given: quote(value) },
  });
}

/** Throws unless the value is 32 bytes in hex. */
export function checkBytes32(input: string, value: unknown): asserts value is Hex {
  if (typeof value !== "string" || !/^0x[0-9a-f]{64}$/i.test(value)) {
    throw refuse(input, value, "no 32 bytes in hex", `Give ${input} as 0x and 64 hex digits.`);
  }
}

/** Throws unless the value is 32 bytes in hex, not all zero. */
export function checkId(input: string, value: unknown): asserts value is Hex {
  checkBytes32(input, value);
  if (/^0x0*$/.test(value)) throw refuse(input, value, "the empty id", `Give ${input} as the id of something.`);
}

/** Throws unless the value is bytes in hex, from `least` to `most` of them. */
export function checkBytes(input: string, value: unknown, least = 0, most = Infinity): asserts value is Hex {
  // One class of characters and nothing to go back to: a pattern of pairs overflows on texts of some megabytes.
  const isBytes = typeof value === "string" && value.length % 2 === 0 && /^0x[0-9a-f]*$/i.test(value);
  if (!isBytes || value.length < 2 + 2 * least) {
    const what = least === 0 ? "no bytes in hex" : `not at least ${least} bytes in hex`;
    throw refuse(input, value, what, `Give ${input} as 0x and hex digits, two a byte.`);
  }
  if (value.length > 2 + 2 * most) {
    throw refuse(input, value, `longer than ${most} bytes`, `Give at most ${most} bytes in ${input}.`);
  }
}

/** Throws unless the value is an address; mixed case must be the checksum's. */
export function checkAddress(input: string, value: unknown): asserts value is Address {
  if (typeof value !== "string" || !isAddress(value)) {
    throw refuse(input, value, "no address", `Give ${input} as 0x and 40 hex digits, in lower case or checksummed.`);
  }
}

/** Throws unless the value is a whole number of `bits` bits (at most 48), at least `least`. */
export function checkUint(input: string, value: unknown, bits: number, least = 0): asserts value is number {
  if (typeof value !== "number" || !Number.isInteger(value) || value < least || value >= 2 ** bits) {
    const fix = `Give ${input} as a whole number from ${least} to 2^${bits} - 1.`;
    throw refuse(input, value, `no uint${bits}${least === 0 ? "" : ` from ${least}`}`, fix);
  }
}

/** Throws unless the value is a bigint of `bits` bits, at least `least`. */
export function checkBigUint(input: string, value: unknown, bits: number, least = 0n): asserts value is bigint {
  if (typeof value !== "bigint" || value < least || BigInt.asUintN(bits, value) !== value) {
    const fix = `Give ${input} as a bigint from ${least} to 2^${bits} - 1.`;
    throw refuse(input, value, `no uint${bits}${least === 0n ? "" : ` from ${least}`}`, fix);
  }
}

/** Throws unless the value is a text that is not blank. */
export function checkText(input: string, value: unknown): asserts value is string {
  if (typeof value !== "string" || value.trim() === "") {
    throw refuse(input, value, "no text", `Give ${input} as a text that is not blank.`);
  }
}

/** Throws unless the value is a list. */
export function checkList(input: string, value: unknown): asserts value is readonly unknown[] {
  if (!Array.isArray(value)) throw refuse(input, value, "no list", `Give ${input} as an array.`);
}

/** Throws unless the value is a list with something in it. */
export function checkNonEmptyList(input: string, value: unknown): asserts value is readonly unknown[] {
  checkList(input, value);
  if (value.length === 0) {
    throw new InvalidInputError(input, `${input} is empty.`, `Give at least one item in ${input}.`);
  }
}

/** Throws unless the value is a list of 32 bytes in hex each. */
export function checkProof(input: string, value: unknown): asserts value is readonly Hex[] {
  checkList(input, value);
  value.forEach((hash, index) => checkBytes32(`${input}[${index}]`, hash));
}

/** Throws unless the value is true or false. */
export function checkBoolean(input: string, value: unknown): asserts value is boolean {
  if (typeof value !== "boolean") throw refuse(input, value, "neither true nor false", `Give ${input} as a boolean.`);
}

/** Throws unless the value is an object. */
export function checkObject(input: string, value: unknown): asserts value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null) {
    throw refuse(input, value, "no object", `Give ${input} with its fields.`);
  }
}

/** The number of a name in a table of names. */
export function numberOf<name extends string>(input: string, names: readonly name[], value: unknown): number {
  const number = names.indexOf(value as name);
  if (number < 0) throw refuse(input, value, "unknown", `Give ${input} as one of ${names.join(", ")}.`);
  return number;
}
