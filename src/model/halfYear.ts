import { checkUint } from "./errors.ts";

const MS_PER_SECOND = 1_000;
const MONTHS_PER_HALF_YEAR = 6;

/**
 * The first half-year that begins at `time` or later: 1 January or 1 July, 00:00 UTC. All in Unix seconds (uint32).
 * A guardianship ends with a half-year, because a majority date would be a birth date.
 * @throws ModelError ValueOutOfRange, also when that half-year lies beyond uint32
 */
export function halfYearFrom(time: number): number {
  checkUint("time", time, 32);
  const date = new Date(time * MS_PER_SECOND);
  const half = Math.floor(date.getUTCMonth() / MONTHS_PER_HALF_YEAR);
  const [begun, next] = [half, half + 1].map(
    (count) => Date.UTC(date.getUTCFullYear(), count * MONTHS_PER_HALF_YEAR) / MS_PER_SECOND,
  ) as [number, number];
  const first = begun === time ? begun : next;
  checkUint("half-year", first, 32);
  return first;
}

/** Whether `time` (Unix seconds) is the first second of a half-year. */
export function isHalfYear(time: number): boolean {
  const date = new Date(time * MS_PER_SECOND);
  const month = Date.UTC(date.getUTCFullYear(), date.getUTCMonth()) / MS_PER_SECOND;
  return month === time && date.getUTCMonth() % MONTHS_PER_HALF_YEAR === 0;
}
