/**
 * Calendar arithmetic of the proleptic Gregorian calendar, as PostgreSQL counts: no leap seconds, no zone. Years are astronomical: 0 is 1 BC.
 */

/** Microseconds; an instant counts them since 1970-01-01T00:00:00Z, a local time since 1970-01-01T00:00:00 on the wall. */
export type Micros = bigint;

export const MICROS_PER_SECOND = 1_000_000n;
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

/** The date that lies so many days after 1970-01-01; inverse of {@link daysFromCivil}. */
function civilFromDays(days: number): CivilDate {
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
  return BigInt(daysFromCivil(date) * 86_400 + seconds) * MICROS_PER_SECOND + BigInt(micros);
}

/** Splits local microseconds into the date and the microseconds since its midnight. */
export function splitDay(local: Micros): { readonly date: CivilDate; readonly timeOfDay: Micros } {
  const midnight = floorTo(local, MICROS_PER_DAY);
  return { date: civilFromDays(Number(midnight / MICROS_PER_DAY)), timeOfDay: local - midnight };
}

/** The date so many months later; a day that its month lacks becomes the last one, as in PostgreSQL. */
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
