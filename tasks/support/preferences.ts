import { AFTER_DEATH, MAX_PREFERENCES, PREFERENCES } from "../../src/model/index.ts";
import { invalid, parseChoices, parseCount } from "./parse.ts";

/** Bits of the byte by the words of the command line; the last two are values of one field. */
const BITS = {
  recontact: PREFERENCES.recontact,
  "individual-findings": PREFERENCES.individualFindings,
  "record-linkage": PREFERENCES.recordLinkage,
  "secondary-use": PREFERENCES.secondaryUse,
  "continue-after-death": AFTER_DEATH.continue,
  "relatives-decide-after-death": AFTER_DEATH.relativesDecide,
} as const;

const NAMES = Object.keys(BITS) as (keyof typeof BITS)[];

/** For the description of an option. */
export const preferenceNames = NAMES.join(", ");

/** Preferences as a byte: names with commas, "none", or the byte itself. @throws UsageError ArgumentInvalid */
export function parsePreferences(argument: string, text: string): number {
  if (text === "none") return 0;
  const preferences = /^\d+$/.test(text)
    ? parseCount(argument, text, 0, MAX_PREFERENCES)
    : parseChoices(argument, text, NAMES).reduce((byte, name) => byte | BITS[name], 0);
  if (preferences <= MAX_PREFERENCES) return preferences;
  throw invalid(argument, text, "two wishes for after death", "Name one of the two, or neither for stop.");
}

/** A byte of preferences in words. */
export function listPreferences(preferences: number): string {
  const names = NAMES.filter((name) => (preferences & BITS[name]) !== 0);
  return names.length === 0 ? "none" : names.join(", ");
}
