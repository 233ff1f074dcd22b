/** UTC days and the partitions that hold them. */
import { MICROS_PER_DAY } from "../values/civil.js";
import { parsePgTimestamp } from "../values/time.js";

/** A UTC day: days since 1970-01-01, so that days can be compared, counted and kept in sets. */
export type Day = number;

const MILLIS_PER_DAY = 86_400_000;

/** First day that gets a partition: older times are mistakes of a detector's clock, and each would cost two tables. */
export const FIRST_DAY: Day = Date.UTC(1990, 0, 1) / MILLIS_PER_DAY;

/** Days ahead of the clock that get a partition: detectors' clocks go wrong by hours, not by weeks. */
export const DAYS_AHEAD = 7;

/** The day of an instant in microseconds since 1970-01-01T00:00:00Z. */
export function dayOfMicros(micros: bigint): Day {
  const remainder = micros % MICROS_PER_DAY;
  return Number((micros - (remainder < 0n ? remainder + MICROS_PER_DAY : remainder)) / MICROS_PER_DAY);
}

/** The day of a `Date`. */
export function dayOfDate(date: Date): Day {
  return Math.floor(date.getTime() / MILLIS_PER_DAY);
}

/** Midnight at which the day begins. */
export function dayStart(day: Day): Date {
  return new Date(day * MILLIS_PER_DAY);
}

/** `20240131`: the suffix of the day's partitions. For days of four-digit years. */
export function daySuffix(day: Day): string {
  return dayStart(day).toISOString().slice(0, 10).replaceAll("-", "");
}

/** Whole UTC days `[from, to)`: what a partition holds. */
export interface DaySpan {
  readonly from: Day;
  readonly to: Day;
}

/** The span of one day. */
export function oneDay(day: Day): DaySpan {
  return { from: day, to: day + 1 };
}

/** `20240131` for one day, `20240101_31` for 31 from that day on: the suffix of partitions. */
export function spanSuffix({ from, to }: DaySpan): string {
  return to - from === 1 ? daySuffix(from) : `${daySuffix(from)}_${to - from}`;
}

/** Name of the partition of a table for a span; null is the default partition, for what has no partition of its own. */
export function partitionName(table: string, span: DaySpan | null): string {
  return `${table}_${span === null ? "default" : spanSuffix(span)}`;
}

/** The span in the name of a partition of the table; null for the default partition and for any other name. */
export function partitionSpan(table: string, partition: string): DaySpan | null {
  if (!partition.startsWith(`${table}_`)) return null;
  const match = /^(\d{4})(\d\d)(\d\d)(?:_([1-9]\d{0,3}))?$/.exec(partition.slice(table.length + 1));
  if (match === null) return null;
  const [, year, month, date, days = "1"] = match;
  const from = Date.UTC(Number(year), Number(month) - 1, Number(date)) / MILLIS_PER_DAY;
  return { from, to: from + Number(days) };
}

/** How wide new partitions are. */
export type PartitionWidth = "day" | "week" | "month";

/** The calendar day, week (from Monday) or month of UTC in which a day lies. */
export function widthSpan(day: Day, width: PartitionWidth): DaySpan {
  if (width === "day") return oneDay(day);
  const start = dayStart(day);
  if (width === "week") {
    // 1970-01-01 was a Thursday, the fourth day of its week.
    const from = day - ((((day + 3) % 7) + 7) % 7);
    return { from, to: from + 7 };
  }
  const month = (offset: number) =>
    Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + offset, 1) / MILLIS_PER_DAY;
  return { from: month(0), to: month(1) };
}

/** What is left of a span around a day beside the spans that are taken. Null where the day itself is taken. */
export function freeSpan(span: DaySpan, day: Day, taken: readonly DaySpan[]): DaySpan | null {
  let { from, to } = span;
  for (const other of taken) {
    if (other.from <= day && day < other.to) return null;
    if (other.to <= day) from = Math.max(from, other.to);
    if (other.from > day) to = Math.min(to, other.from);
  }
  return { from, to };
}

/**
 * The bounds of a partition as PostgreSQL prints them with its session in UTC, in microseconds; null is open. Null for the default partition and for
 * bounds that are no instants.
 */
export function parseBounds(
  text: string,
): { readonly from: bigint | null; readonly to: bigint | null } | null {
  const match = /^FOR VALUES FROM \((MINVALUE|'[^']+')\) TO \((MAXVALUE|'[^']+')\)$/u.exec(text);
  if (match === null) return null;
  const [, from = "", to = ""] = match;
  try {
    const micros = (bound: string) => (bound.startsWith("'") ? parsePgTimestamp(bound.slice(1, -1)) : null);
    return { from: micros(from), to: micros(to) };
  } catch {
    return null;
  }
}

/** Whether a day gets a partition of its own; the events of the others are kept in the default partition. */
export function isPartitioned(day: Day, now: Date): boolean {
  return day >= FIRST_DAY && day <= dayOfDate(now) + DAYS_AHEAD;
}
