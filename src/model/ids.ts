import { ModelError } from "./errors.ts";

/** The id that names nobody: no participant, no delegate, no institution. */
export const NO_ID = `0x${"00".repeat(32)}`;

/** The highest id that is no random one: its upper half is empty. */
const LAST_WEAK_ID = 2n ** 128n - 1n;

/**
 * Refuses an id that is not written as the model compares ids: 32 bytes in lower-case hex with 0x.
 * @throws ModelError IdMalformed
 */
export function checkId(label: string, id: string): void {
  if (/^0x[0-9a-f]{64}$/.test(id)) return;
  throw new ModelError(
    "IdMalformed",
    `${label} is ${id}, which is not 32 bytes in lower-case hex`,
    `Give ${label} as 0x and 64 digits, letters in lower case.`,
  );
}

/** Whether an id is too small for a random one: nobody whom a custodian brings in has it. */
export function isWeakId(id: string): boolean {
  return BigInt(id) <= LAST_WEAK_ID;
}

/** How many participants a series of ids has room for. */
const SERIES_ROOM = 2n ** 32n;

/** An id's number in its series, from 0; undefined for one of no series. See the contracts' ParticipantSeries. */
export function numberInSeries(id: string): number | undefined {
  const number = BigInt(id) % (LAST_WEAK_ID + 1n);
  return number < SERIES_ROOM ? Number(number) : undefined;
}

/** The id before one in its series; undefined for the first, and for one of no series. */
export function previousInSeries(id: string): string | undefined {
  const number = numberInSeries(id) ?? 0;
  return number === 0 ? undefined : `0x${(BigInt(id) - 1n).toString(16).padStart(64, "0")}`;
}
