/** Instants and lengths of time as legacy filters and search parameters write them. */
import { MICROS_PER_DAY, MICROS_PER_SECOND, type Micros } from "../values/civil.js";
import { UNIT_MICROS } from "../values/relative-time.js";
import { formatMicros } from "../values/time.js";
import { readTimeLiteral } from "../values/time-literal.js";

/** A point in time. */
export interface Instant {
  readonly micros: Micros;
  /** The same in the spelling of the filter language, with the zone that was written. */
  readonly text: string;
  /** The text names one microsecond; otherwise it names the whole of its last unit. */
  readonly exact: boolean;
}

const PATTERN =
  /^(\d{4}-\d{2}-\d{2})(?:[Tt ]?(\d{2}:\d{2})(?::(\d{2})(?:\.(\d+))?)? ?([Zz]|[+-]\d{2}:\d{2})?)?$/;

/**
 * Reads a date (midnight) or a date with a time of day; without a zone it is UTC. Digits beyond the microsecond are cut
 * off. Otherwise returns why the text is none: its form, or a day, time or zone that does not exist.
 */
export function readInstant(text: string): Instant | string {
  const match = PATTERN.exec(text);
  if (match === null) return `"${text}" is not a time`;
  const [, date = "", clock = "00:00", seconds = "00", fraction, zone = "Z"] = match;
  const digits = fraction?.slice(0, 6);
  const spelt = `${date}T${clock}:${seconds}${digits === undefined ? "" : `.${digits}`}${zone.toUpperCase()}`;
  const literal = readTimeLiteral(spelt, "UTC");
  if (literal.kind === "problem") return literal.problem.message;
  return { micros: literal.value.start, text: spelt, exact: digits?.length === 6 };
}

/** An instant in UTC with all six digits of the microsecond, so that as a literal it names just that one. */
export function exactText(micros: Micros): string {
  const text = formatMicros(micros);
  return text.includes(".")
    ? text.replace(/\.(\d+)/, (_, digits: string) => `.${digits.padEnd(6, "0")}`)
    : text.replace("Z", ".000000Z");
}

/** Reads `[nD]hh:mm:ss` into microseconds; null when it is none, or minutes or seconds are above 59. */
export function readLegacyDuration(text: string): Micros | null {
  const match = /^(?:(\d+)[Dd])?(\d+):(\d{2}):(\d{2})$/.exec(text);
  if (match === null) return null;
  const [days = 0n, hours = 0n, minutes = 0n, seconds = 0n] = match
    .slice(1)
    .map((part: string | undefined) => BigInt(part ?? "0"));
  if (minutes > 59n || seconds > 59n) return null;
  return (((days * 24n + hours) * 60n + minutes) * 60n + seconds) * MICROS_PER_SECOND;
}

const UNITS = { d: MICROS_PER_DAY, ...UNIT_MICROS };
const LARGEST_FIRST = ["d", "h", "m", "s", "ms"] as const;

/** A length of time in the largest unit that divides it; null when it is no whole number of milliseconds. */
export function wholeUnits(
  micros: Micros,
): { readonly amount: bigint; readonly unit: (typeof LARGEST_FIRST)[number] } | null {
  const unit = LARGEST_FIRST.find((candidate) => micros % UNITS[candidate] === 0n);
  return unit === undefined ? null : { amount: micros / UNITS[unit], unit };
}
