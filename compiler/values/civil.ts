/**
 * Calendar arithmetic of the proleptic Gregorian calendar, as PostgreSQL counts: no leap seconds, no zone. Years are astronomical: 0 is 1 BC.
 */

/** Microseconds; an instant counts them since 1970-01-01T00:00:00Z, a local time since 1970-01-01T00:00:00 on the wall. */
export type Micros = bigint;

/** Microseconds of a second. */
export const MICROS_PER_SECOND = 1_000_000n;
/** Microseconds of an hour. */
export const MICROS_PER_HOUR = 3_600_000_000n;
/** Microseconds of a day of 24 hours. */
export const MICROS_PER_DAY = 86_400n * MICROS_PER_SECOND;

/** A date. `month` is 1 to 12, `day` 1 to 31. */
export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Number of days of a month 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : (DAYS_IN_MONTH[month - 1] ?? 0);
}

/** Days from 1970-01-01 to the date. Counts years from March, so that the leap day is the last of its year. */
export function daysFromCivil({ year, month, day }: CivilDate): number {
  const marchYear = month > 2 ? year : year - 1;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** The date this many days after 1970-01-01; inverse of {@link daysFromCivil}. */
export function civilFromDays(days: number): CivilDate {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  };
}

/** Local microseconds of a date and a time of day given in seconds and microseconds; both may exceed a day. */
export function civilMicros(date: CivilDate, seconds: number, micros = 0): Micros {
  return joinSeconds(daysFromCivil(date) * 86_400 + seconds, micros);
}

/** Microseconds of whole seconds, which may be negative, and microseconds from 0 to 1,000,000 beyond them. */
function joinSeconds(seconds: number, micros: number): Micros {
  // Up to the year 2255 the sum is a safe integer, and only the result has to be a big one.
  const sum = seconds * 1e6 + micros;
  return Number.isSafeInteger(sum) ? BigInt(sum) : BigInt(seconds) * MICROS_PER_SECOND + BigInt(micros);
}

/** Splits microseconds into whole seconds, rounded down, and the microseconds beyond them. */
function splitSeconds(local: Micros): { readonly seconds: number; readonly micros: number } {
  const sum = Number(local);
  if (Number.isSafeInteger(sum)) {
    const rest = sum % 1e6;
    const micros = rest < 0 ? rest + 1e6 : rest;
    return { seconds: (sum - micros) / 1e6, micros };
  }
  const second = floorTo(local, MICROS_PER_SECOND);
  return { seconds: Number(second / MICROS_PER_SECOND), micros: Number(local - second) };
}

/** A local time: `days` since 1970-01-01, whole `seconds` since that day's midnight, `micros` beyond them. */
export interface DayTime {
  readonly days: number;
  readonly seconds: number;
  readonly micros: number;
}

/** Splits local microseconds; what {@link civilMicros} puts together. */
export function splitTime(local: Micros): DayTime {
  const { seconds, micros } = splitSeconds(local);
  const days = Math.floor(seconds / 86_400);
  return { days, seconds: seconds - days * 86_400, micros };
}

/** Splits local microseconds into the date and the microseconds since its midnight. */
export function splitDay(local: Micros): { readonly date: CivilDate; readonly timeOfDay: Micros } {
  const { days } = splitTime(local);
  return { date: civilFromDays(days), timeOfDay: local - BigInt(days) * MICROS_PER_DAY };
}

/** The date this many months later; a day that its month lacks becomes the last one, as in PostgreSQL. */
export function addMonths(date: CivilDate, months: number): CivilDate {
  const count = date.year * 12 + (date.month - 1) + months;
  const year = Math.floor(count / 12);
  const month = count - year * 12 + 1;
  return { year, month, day: Math.min(date.day, daysInMonth(year, month)) };
}

/** The largest multiple of `step` (positive) that is not above `value`. */
export function floorTo(value: bigint, step: bigint): bigint {
  const rest = value % step;
  return rest < 0n ? value - rest - step : value - rest;
}
