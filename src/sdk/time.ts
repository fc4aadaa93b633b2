/** Unix seconds have nine digits from March 1973 to September 2001 and ten until 2286; shorter ones are taken for mistakes. */
const UNIX_SECONDS = /^[0-9]{9,10}$/;
const ISO_8601 = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(:\d{2})?(Z|[+-]\d{2}:\d{2}))?$/;
/** The last second that a uint32 holds stands for "never" everywhere, so it is no time. */
const LAST_SECOND = 0xffff_fffe;

/**
 * Reads a point of time: ISO 8601 as a date (its first second in UTC) or with a time of day and a zone, or Unix seconds of
 * nine or ten digits.
 * @returns Unix seconds, 0 to 2^32 - 2; undefined when the text is nothing of the kind, names no day of the calendar, or lies
 * outside that range
 */
export function parseTime(text: string): number | undefined {
  if (UNIX_SECONDS.test(text)) return inRange(Number(text));
  const [matched, date, minutes = "00:00", seconds = ":00", zone = "Z"] = ISO_8601.exec(text) ?? [];
  if (matched === undefined || date === undefined) return undefined;
  // JavaScript reads 30 February as 2 March; a day that does not come back as itself does not exist.
  const midnight = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(date)) return undefined;
  return inRange(Date.parse(`${date}T${minutes}${seconds}${zone}`) / 1000);
}

/** Unix seconds as ISO 8601 in UTC. */
export function formatTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().replace(".000Z", "Z");
}

function inRange(seconds: number): number | undefined {
  return seconds >= 0 && seconds <= LAST_SECOND ? seconds : undefined;
}
