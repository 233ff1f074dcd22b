/** Instants in microseconds: texts of events and of PostgreSQL, Unix seconds, `Date`. */
import {
  civilFromDays,
  civilMicros,
  daysInMonth,
  MICROS_PER_SECOND,
  splitTime,
  type Micros,
} from "./civil.js";

export type { Micros } from "./civil.js";

/** First instant that event data may hold: 0001-01-01T00:00:00Z. RFC 3339 has years of four digits and PostgreSQL no year 0. */
export const MIN_EVENT_TIME: Micros = civilMicros({ year: 1, month: 1, day: 1 }, 0);

/** First instant beyond event data: 10000-01-01T00:00:00Z. */
export const END_EVENT_TIME: Micros = civilMicros({ year: 10_000, month: 1, day: 1 }, 0);

/** What may come after the seconds. */
const FRACTION_AND_ZONE = /^(?:\.(\d+))?(?: ?(?:[Zz]|([+-])(\d\d):?(\d\d)))?$/;

/** The match of what is nearly always there. */
const WHOLE_SECOND_UTC = FRACTION_AND_ZONE.exec("Z");

/**
 * Reads a time of an event as an instant: RFC 3339 with `T`, `t` or a blank between date and time, a fraction of any length, and `Z`,
 * `±hh:mm`, `±hhmm` or nothing (UTC) as the zone.
 *
 * As PostgreSQL's timestamptz does: the fraction is rounded half to even to the microsecond, second 60 is the next minute, 24:00:00 the
 * next day, a zone lies within ±15:59. Null for any other text and outside {@link MIN_EVENT_TIME} to {@link END_EVENT_TIME}.
 */
export function parseRfc3339(text: string): Micros | null {
  if (!hasSeparators(text)) return null;
  const date = {
    year: twoDigitsAt(text, 0) * 100 + twoDigitsAt(text, 2),
    month: twoDigitsAt(text, 5),
    day: twoDigitsAt(text, 8),
  };
  const hour = twoDigitsAt(text, 11);
  const minute = twoDigitsAt(text, 14);
  const second = twoDigitsAt(text, 17);
  if (Number.isNaN(date.year + date.month + date.day + hour + minute + second)) return null;
  const rest = text.slice(19);
  const match = rest === "Z" ? WHOLE_SECOND_UTC : FRACTION_AND_ZONE.exec(rest);
  if (match === null) return null;
  const [, fraction, sign, zoneHours, zoneMinutes] = match;
  if (date.month < 1 || date.month > 12 || date.day < 1 || date.day > daysInMonth(date.year, date.month))
    return null;
  const micros = fraction === undefined ? 0 : roundFraction(fraction);
  const isEndOfDay = hour === 24 && minute === 0 && second === 0 && micros === 0;
  if ((hour > 23 && !isEndOfDay) || minute > 59 || second > 60) return null;
  let offset = 0;
  if (sign !== undefined) {
    const hoursEast = Number(zoneHours);
    const minutesEast = Number(zoneMinutes);
    if (hoursEast > 15 || minutesEast > 59) return null;
    offset = (hoursEast * 3600 + minutesEast * 60) * (sign === "-" ? -1 : 1);
  }
  return eventTime(civilMicros(date, hour * 3600 + minute * 60 + second - offset, micros));
}

/** Whether `-`, `T` and `:` are where they are in `2024-05-01T08:00:00`. */
function hasSeparators(text: string): boolean {
  const separator = text.charAt(10);
  return (
    text.charAt(4) === "-" &&
    text.charAt(7) === "-" &&
    (separator === "T" || separator === "t" || separator === " ") &&
    text.charAt(13) === ":" &&
    text.charAt(16) === ":"
  );
}

/** The number of the two digits at `index`; NaN when they are none. */
function twoDigitsAt(text: string, index: number): number {
  const tens = text.charCodeAt(index) - 48;
  const ones = text.charCodeAt(index + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}

/** Microseconds of the digits after a decimal point, rounded half to even in double precision as PostgreSQL's rint() does. */
function roundFraction(digits: string): number {
  if (digits.length <= 6) return Number(digits.padEnd(6, "0"));
  const exact = Number(`0.${digits}`) * 1e6;
  const below = Math.floor(exact);
  const rest = exact - below;
  if (rest !== 0.5) return rest < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}

/** Reads seconds since 1970-01-01T00:00:00Z, rounded to the microsecond; null outside the range of event times. */
export function unixSecondsToMicros(seconds: number): Micros | null {
  if (!Number.isFinite(seconds) || Math.abs(seconds) > 1e12) return null;
  const whole = Math.floor(seconds);
  return eventTime(BigInt(whole) * MICROS_PER_SECOND + BigInt(Math.round((seconds - whole) * 1e6)));
}

const UNIX_NUMBER = /^([+-]?)(\d{1,16})(?:\.(\d+))?$/;

/** Numbers from here on count milliseconds since 1970, which are times from 1973 on; as seconds they would be years beyond 5138. */
const FIRST_MILLISECONDS = 1e11;
/** Numbers from here on count microseconds since 1970: what lies between would be years beyond 2286 in milliseconds. */
const END_MILLISECONDS = 1e13;
const FIRST_MICROSECONDS = 1e14;
const END_MICROSECONDS = 1e16;

/** What a number counts since 1970-01-01T00:00:00Z, by its size; null for one that is no likely time. */
function unixUnit(number: number): "seconds" | "milliseconds" | "microseconds" | null {
  const size = Math.abs(number);
  if (size < FIRST_MILLISECONDS) return "seconds";
  if (size < END_MILLISECONDS) return "milliseconds";
  return size >= FIRST_MICROSECONDS && size < END_MICROSECONDS ? "microseconds" : null;
}

const UNITS_PER_SECOND = { seconds: 1, milliseconds: 1e3, microseconds: 1e6 } as const;

function unixToMicros(number: number): Micros | null {
  const unit = unixUnit(number);
  return unit === null ? null : unixSecondsToMicros(number / UNITS_PER_SECOND[unit]);
}

/** Reads a number that is written as text, with an optional fraction, without going through floating point. */
function parseUnixNumber(text: string): Micros | null {
  const match = UNIX_NUMBER.exec(text);
  if (match === null) return null;
  const [, sign, whole = "", fraction = ""] = match;
  const unit = unixUnit(Number(whole));
  if (unit === null) return null;
  const digits = { seconds: 6, milliseconds: 3, microseconds: 0 }[unit];
  const micros =
    BigInt(whole.padEnd(whole.length + digits, "0")) +
    BigInt(digits === 6 ? roundFraction(fraction) : Number(fraction.slice(0, digits).padEnd(digits, "0")));
  return eventTime(sign === "-" ? -micros : micros);
}

/** Times as careless senders write them: a comma before the fraction, hours alone, zones of hours or by name, compact or with slashes. */
const LOOSE_TIME =
  /^(\d{4})([-/]?)(\d\d)\2(\d\d)(?:T|\s{1,4})(\d\d)(?:(:?)(\d\d)(?:\6(\d\d)(?:[.,](\d+))?)?)?\s{0,4}(?:Z|UTC|GMT|([+-])(\d\d?)(?::?(\d\d))?)?$/i;

function parseLooseTime(text: string): Micros | null {
  const match = LOOSE_TIME.exec(text);
  if (match === null) return null;
  const [
    ,
    year,
    ,
    month,
    day,
    hour,
    ,
    minute = "00",
    second = "00",
    fraction,
    sign,
    east = "",
    eastMinutes = "00",
  ] = match;
  const zone = sign === undefined ? "Z" : `${sign}${east.padStart(2, "0")}:${eastMinutes}`;
  const decimals = fraction === undefined ? "" : `.${fraction}`;
  return parseRfc3339(`${year}-${month}-${day}T${hour}:${minute}:${second}${decimals}${zone}`);
}

const MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
/** Times of mails and of HTTP: `Thu, 13 Oct 2016 12:55:00 +0200`. */
const MAIL_TIME =
  /^(?:[a-z]{3},?\s{1,4})?(\d\d?)\s([a-z]{3})\s(\d{4})\s(\d\d):(\d\d)(?::(\d\d))?\s(?:Z|UT|UTC|GMT|([+-]\d\d):?(\d\d))$/i;

function parseMailTime(text: string): Micros | null {
  const match = MAIL_TIME.exec(text);
  if (match === null) return null;
  const [, day = "", name = "", year, hour, minute, second = "00", east, eastMinutes] = match;
  const month = MONTHS.indexOf(name.toLowerCase()) / 3 + 1;
  if (!Number.isInteger(month) || month < 1) return null;
  const date = `${year}-${twoDigits(month)}-${day.padStart(2, "0")}`;
  return parseRfc3339(
    `${date}T${hour}:${minute}:${second}${east === undefined ? "Z" : `${east}:${eastMinutes}`}`,
  );
}

/** Longer texts are no time. */
const MAX_TIME_LENGTH = 100;

/**
 * Reads a time of an event: RFC 3339 text; the same with a comma before the fraction, without minutes or seconds, with a zone of hours or none,
 * which is UTC; a time of a mail; or a number of seconds, milliseconds or microseconds since 1970, as a number or as text. Null for anything else.
 */
export function parseEventTime(value: unknown): Micros | null {
  if (typeof value === "number") return unixToMicros(value);
  if (typeof value !== "string") return null;
  return parseRfc3339(value) ?? (value.length > MAX_TIME_LENGTH ? null : parseTrimmed(value.trim()));
}

const parseTrimmed = (text: string): Micros | null =>
  parseRfc3339(text) ?? parseUnixNumber(text) ?? parseLooseTime(text) ?? parseMailTime(text);

const STRICT_TIME = /^\d{4}-\d\d-\d\d[Tt ](?:[01]\d|2[0-3]):\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)$/;
const ZONE = /(?:Z|UTC?|GMT|[+-]\d\d?(?::?\d\d)?)$/i;

/** How a value that {@link parseEventTime} reads deviates from RFC 3339, a phrase; null where it does not. */
export function eventTimeProblem(value: unknown): string | null {
  if (typeof value === "string" && STRICT_TIME.test(value)) return null;
  const text = String(value).trim();
  if (UNIX_NUMBER.test(text)) return `${unixUnit(Number(text)) ?? "a number"} since 1970, not RFC 3339`;
  if (!ZONE.test(text.slice(10))) return "no time zone, read as UTC";
  return "not RFC 3339";
}

const eventTime = (micros: Micros): Micros | null =>
  micros >= MIN_EVENT_TIME && micros < END_EVENT_TIME ? micros : null;

/**
 * Prints an instant as PostgreSQL reads it: `2024-05-01T08:00:00.123456Z`, the fraction only where there is one; years
 * above 9999 in full, years before 1 followed by ` BC`. The server takes 4714-11-24 BC to 294276-12-31.
 */
export function formatMicros(micros: Micros): string {
  const time = splitTime(micros);
  const day = dayText(time.days);
  const hour = Math.floor(time.seconds / 3600);
  const minute = Math.floor(time.seconds / 60) % 60;
  const clock = `${twoDigits(hour)}:${twoDigits(minute)}:${twoDigits(time.seconds % 60)}`;
  const fraction = time.micros === 0 ? "" : `.${String(time.micros).padStart(6, "0")}`;
  return `${day.text}T${clock}${fraction}Z${day.era}`;
}

/** A day as {@link formatMicros} prints it, with what comes after the time. */
interface DayText {
  readonly days: number;
  readonly text: string;
  readonly era: "" | " BC";
}

/** The day printed last. Events come in the order of time: the next one is mostly of the same day. */
let lastDay: DayText = { days: 0, text: "1970-01-01", era: "" };

function dayText(days: number): DayText {
  if (lastDay.days !== days) lastDay = printDay(days);
  return lastDay;
}

function printDay(days: number): DayText {
  const { year, month, day } = civilFromDays(days);
  const yearOfEra = String(year < 1 ? 1 - year : year).padStart(4, "0");
  const text = `${yearOfEra}-${twoDigits(month)}-${twoDigits(day)}`;
  return { days, text, era: year < 1 ? " BC" : "" };
}

const twoDigits = (value: number): string => (value < 10 ? `0${value}` : String(value));

const PG_TIMESTAMP =
  /^(\d{4,6})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?(?:([+-])(\d\d)(?::(\d\d)(?::(\d\d))?)?)?( BC)?$/;

/**
 * Reads timestamptz as PostgreSQL prints it with DateStyle ISO, in whatever zone.
 *
 * @throws RangeError for any other text, `infinity` included: the driver and this file then disagree about the settings
 */
export function parsePgTimestamp(text: string): Micros {
  const match = PG_TIMESTAMP.exec(text);
  if (match === null) throw new RangeError(`"${text}" is not a timestamptz in ISO style`);
  const [
    ,
    year,
    month,
    day,
    hours,
    minutes,
    seconds,
    fraction = "",
    sign,
    // A timestamp without a zone is in UTC, as all of ours are.
    zoneHours = "0",
    zoneMinutes,
    zoneSeconds,
    era,
  ] = match;
  const date = {
    year: era === undefined ? Number(year) : 1 - Number(year),
    month: Number(month),
    day: Number(day),
  };
  const east = secondsOf(zoneHours, zoneMinutes, zoneSeconds) * (sign === "-" ? -1 : 1);
  return civilMicros(date, secondsOf(hours, minutes, seconds) - east, roundFraction(fraction));
}

function secondsOf(hours: string | undefined, minutes = "0", seconds = "0"): number {
  return (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
}

/** The instant as a `Date`, which holds milliseconds: microseconds are cut off downwards. */
export function microsToDate(micros: Micros): Date {
  const rest = ((micros % 1000n) + 1000n) % 1000n;
  return new Date(Number((micros - rest) / 1000n));
}

/**
 * The instant of a `Date`.
 *
 * @throws RangeError for an invalid date
 */
export function dateToMicros(date: Date): Micros {
  const milliseconds = date.getTime();
  if (Number.isNaN(milliseconds)) throw new RangeError("the date is invalid");
  return BigInt(milliseconds) * 1000n;
}
