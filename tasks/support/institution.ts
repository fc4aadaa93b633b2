import type { Hex } from "viem";

import { commitTo, INSTITUTION_TYPES, type InstitutionType } from "../../src/sdk/index.ts";
import { UsageError } from "./errors.ts";
import { invalid, parseBytes32, parseChoice, required } from "./parse.ts";

/** Types of institutions as they are written on the command line, for instance research-institute. */
export const TYPE_NAMES = INSTITUTION_TYPES.map((type) => type.replace(/(?!^)[A-Z]/g, "-$&").toLowerCase());

/** @throws UsageError ArgumentInvalid */
export function parseType(argument: string, text: string): InstitutionType {
  const type = INSTITUTION_TYPES[TYPE_NAMES.indexOf(parseChoice(argument, text, TYPE_NAMES))];
  if (type === undefined) throw new RangeError("Every choice is a type.");
  return type;
}

/** A person, by their identifier and the salt of their commitment, or by the commitment itself. */
export interface UserArguments {
  readonly person: string | undefined;
  readonly salt: string | undefined;
  readonly commitment: string | undefined;
}

const SALT = /^0x[0-9a-f]{32}$/i;

/**
 * The commitment of a person who is a user already.
 * @throws UsageError ArgumentInvalid, ArgumentMissing, ArgumentUnexpected
 */
export function parseUser(given: UserArguments): Hex {
  if (given.person !== undefined) required("salt", given.salt, "the salt that the person was added with");
  return parseNewUser(given).commitment;
}

/**
 * The commitment of a person who becomes a user, and its salt unless the commitment itself was given.
 * @throws UsageError ArgumentInvalid, ArgumentMissing, ArgumentUnexpected
 */
export function parseNewUser({ person, salt, commitment }: UserArguments): { commitment: Hex; salt?: Hex } {
  if (commitment !== undefined) {
    if (person !== undefined || salt !== undefined) {
      const fix = "Give the person with a salt, or the commitment alone.";
      const args = { argument: "commitment" };
      throw new UsageError("ArgumentUnexpected", "A person is named twice.", args, fix);
    }
    return { commitment: parseBytes32("commitment", commitment) };
  }
  const name = required("person", person, "a public identifier of the person, or --commitment instead");
  if (name.trim() === "" || name !== name.trim() || /\p{Cc}/u.test(name)) {
    throw invalid("person", name, "no identifier", "Leave out spaces at the ends and control characters.");
  }
  return commitTo(name, salt === undefined ? undefined : parseSalt(salt));
}

function parseSalt(text: string): Hex {
  if (SALT.test(text)) return text.toLowerCase() as Hex;
  throw invalid("salt", text, "not 16 bytes in hex", "Give 0x and 32 hex digits.");
}
