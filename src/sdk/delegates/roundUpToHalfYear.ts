import { halfYearFrom } from "../../model/index.ts";
import { InvalidInputError } from "../errors.ts";
import { checkUint } from "../internal/validate.ts";

export type RoundUpToHalfYearErrorType = InvalidInputError;

/** 1 January 2106, 00:00 UTC (Unix seconds): the last half-year that begins within 32 bits. */
const LAST_HALF_YEAR = 4_291_747_200;

/**
 * The first second of a half-year, 1 January or 1 July, 00:00 UTC, at a time or next after it: a guardianship ends
 * there, because the date of a majority is a birth date.
 * @param time Unix seconds (uint32)
 * @param input how errors name it
 * @returns Unix seconds (uint32)
 * @throws InvalidInputError
 */
export function roundUpToHalfYear(time: number, input = "time"): number {
  checkUint(input, time, 32);
  if (time <= LAST_HALF_YEAR) return halfYearFrom(time);
  const told = `${input} is ${time}, after which no half-year begins within 32 bits.`;
  throw new InvalidInputError(input, told, "Give a time up to 1 January 2106.");
}
