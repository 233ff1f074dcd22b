/** Instants and lengths of time as legacy filters and search parameters write them. All in microseconds. */

/** A point in time. */
export interface Instant {
  /** Since 1970-01-01T00:00:00Z. */
  readonly micros: bigint;
  /** The same in the spelling of the filter language, with the zone that was written. */
  readonly text: string;
  /** The text names one microsecond; otherwise it names the whole of its last unit. */
  readonly exact: boolean;
  /** A zone was written. */
  readonly zoned: boolean;
}

const PATTERN =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ]?(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?\s*([Zz]|[+-]\d{2}:\d{2})?)?$/;

const SECOND = 1_000_000n;

/**
 * Reads a date (midnight) or a date with a time of day; without a zone it is UTC. Digits beyond the microsecond are cut
 * off. Returns null when the text is none, or names a day, time or zone that does not exist.
 */
export function readInstant(text: string): Instant | null {
  const match = PATTERN.exec(text);
  if (match === null) return null;
  const [, year = "", month = "", day = "", hour = "00", minute = "00", second = "00", fraction, zone] = match;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const exists = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day) && Number(year) > 0;
  const offset = zoneMinutes(zone ?? "Z");
  if (!exists || offset === null || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  const clock = BigInt(Number(hour) * 3600 + (Number(minute) - offset) * 60 + Number(second));
  const digits = fraction?.slice(0, 6);
  const micros = BigInt(date.getTime()) * 1000n + clock * SECOND + BigInt((digits ?? "").padEnd(6, "0"));
  const spelt = `${year}-${month}-${day}T${hour}:${minute}:${second}${digits === undefined ? "" : `.${digits}`}`;
  const suffix = (zone ?? "Z").toUpperCase();
  return { micros, text: spelt + suffix, exact: digits?.length === 6, zoned: zone !== undefined };
}

/** Minutes east of Greenwich, null when there is no such offset. */
function zoneMinutes(zone: string): number | null {
  if (/^z$/i.test(zone)) return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4))];
  if (hours > 14 || minutes > 59) return null;
  return (zone.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}

/**
 * An instant in the spelling of the filter language, in UTC. With `exact` it has all six digits of the microsecond and so
 * names just that one; otherwise no more digits than it needs.
 */
export function formatInstant(micros: bigint, exact: boolean): string {
  const fraction = ((micros % SECOND) + SECOND) % SECOND;
  const seconds = new Date(Number((micros - fraction) / 1000n)).toISOString().slice(0, 19);
  const digits = String(fraction).padStart(6, "0");
  return `${seconds}${exact || fraction !== 0n ? `.${digits}` : ""}Z`;
}

/** Reads `[nD]hh:mm:ss` into microseconds; null when minutes or seconds are above 59. */
export function readDuration(text: string): bigint | null {
  const match = /^(?:(\d+)[Dd])?(\d+):(\d{2}):(\d{2})$/.exec(text);
  if (match === null) return null;
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => BigInt(part ?? "0"));
  if (minutes! > 59n || seconds! > 59n) return null;
  return (((days! * 24n + hours!) * 60n + minutes!) * 60n + seconds!) * SECOND;
}

const UNITS = [
  ["d", 86_400n * SECOND],
  ["h", 3600n * SECOND],
  ["m", 60n * SECOND],
  ["s", SECOND],
  ["ms", 1000n],
] as const;

/** A length of time in the largest unit that divides it; null when it is no whole number of milliseconds. */
export function wholeUnits(micros: bigint): { readonly amount: bigint; readonly unit: (typeof UNITS)[number][0] } | null {
  for (const [unit, size] of UNITS) if (micros % size === 0n) return { amount: micros / size, unit };
  return null;
}
