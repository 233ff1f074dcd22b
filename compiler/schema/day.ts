/** UTC days and the partitions that hold them. */

/** A UTC day: days since 1970-01-01, so that days can be compared, counted and kept in sets. */
export type Day = number;

const MICROS_PER_DAY = 86_400_000_000n;
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

/** Name of the partition of a table for a day; null is the default partition, for what has no day of its own. */
export function partitionName(table: string, day: Day | null): string {
  return `${table}_${day === null ? "default" : daySuffix(day)}`;
}

/** The day of a partition of the table; null for the default partition and for any other name. */
export function partitionDay(table: string, partition: string): Day | null {
  if (!partition.startsWith(`${table}_`)) return null;
  const match = /^(\d{4})(\d\d)(\d\d)$/.exec(partition.slice(table.length + 1));
  if (match === null) return null;
  const [, year, month, date] = match;
  return Date.UTC(Number(year), Number(month) - 1, Number(date)) / MILLIS_PER_DAY;
}

/** Whether a day gets a partition of its own; the events of the others are kept in the default partition. */
export function isPartitioned(day: Day, now: Date): boolean {
  return day >= FIRST_DAY && day <= dayOfDate(now) + DAYS_AHEAD;
}
