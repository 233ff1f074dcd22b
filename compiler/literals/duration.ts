/** Lengths of time: `24h`, `90s`, `3mo`. */
import type { CalendarUnit } from "../values/filter-values.js";
import { UNIT_MICROS } from "../values/relative-time.js";
import { didYouMean, nearest } from "../values/suggest.js";
import { literalProblem, literalValue, wholeProblem, writeInstead, type FilterLiteral } from "./literal.js";

/** An amount of a unit, as written: the length of days and longer units depends on the calendar. */
export interface Duration {
  readonly amount: number;
  readonly unit: CalendarUnit;
}

/** What each unit is called. */
const UNIT_NAMES: Readonly<Record<CalendarUnit, string>> = {
  ms: "milliseconds",
  s: "seconds",
  m: "minutes",
  h: "hours",
  d: "days",
  w: "weeks",
  mo: "months",
  y: "years",
};

/** Spellings from elsewhere, in lower case. */
const OTHER_SPELLINGS: Readonly<Record<string, CalendarUnit>> = {
  msec: "ms",
  msecs: "ms",
  millis: "ms",
  millisecond: "ms",
  milliseconds: "ms",
  sec: "s",
  secs: "s",
  second: "s",
  seconds: "s",
  min: "m",
  mins: "m",
  minute: "m",
  minutes: "m",
  hr: "h",
  hrs: "h",
  hour: "h",
  hours: "h",
  day: "d",
  days: "d",
  wk: "w",
  wks: "w",
  week: "w",
  weeks: "w",
  mon: "mo",
  mons: "mo",
  month: "mo",
  months: "mo",
  yr: "y",
  yrs: "y",
  year: "y",
  years: "y",
};

/** Amounts above this lead out of the time that PostgreSQL knows, whatever the unit. */
const MAX_AMOUNT = 999_999_999;

/** The longest length of time in days that leads nowhere out of it: a thousand years. */
const MAX_DAYS = 366_000;

const APPROXIMATE_DAYS: Readonly<Record<CalendarUnit, number>> = {
  ms: 1 / 86_400_000,
  s: 1 / 86_400,
  m: 1 / 1440,
  h: 1 / 24,
  d: 1,
  w: 7,
  mo: 31,
  y: 366,
};

/**
 * Reads digits and a unit. Problem E402: no amount, no unit, an unknown unit (with the one that was meant), or longer than a
 * thousand years.
 */
export function readDurationLiteral(text: string): FilterLiteral<Duration> {
  const match = /^(\d+)\s*([^\d\s]*)$/.exec(text);
  if (match === null) {
    return wholeProblem(
      text,
      "E402",
      `"${text}" is not a length of time; write a number and a unit, such as 24h`,
    );
  }
  const [, amount = "", unit = ""] = match;
  if (!isUnit(unit)) return refuseUnit(text, amount, unit);
  const number = Number(amount);
  if (number > MAX_AMOUNT || number * APPROXIMATE_DAYS[unit] > MAX_DAYS) {
    return wholeProblem(text, "E402", `${text} is too long: the limit is 1000 years`);
  }
  return literalValue({ amount: number, unit });
}

function isUnit(unit: string): unit is CalendarUnit {
  return Object.hasOwn(UNIT_NAMES, unit);
}

function refuseUnit(text: string, amount: string, unit: string): FilterLiteral<Duration> {
  const place = { start: text.length - unit.length, end: text.length };
  const known = Object.entries(UNIT_NAMES).map(([short, name]) => `${short} (${name})`);
  if (unit === "") {
    return wholeProblem(text, "E402", `"${text}" has no unit; write one after it: ${known.join(", ")}`);
  }
  // A month or a minute: the one sign that two languages read differently.
  if (unit === "M") {
    const message = `"m" means minutes; for months write "${amount}mo"`;
    return literalProblem("E402", message, place, [writeInstead(`${amount}mo`), writeInstead(`${amount}m`)]);
  }
  const meant = meantUnit(unit.toLowerCase());
  if (meant === undefined) {
    return literalProblem(
      "E402",
      `"${unit}" is not a unit of time; the units are ${known.join(", ")}`,
      place,
    );
  }
  const better = `${amount}${meant}`;
  const message = `"${unit}" is not a unit of time; ${UNIT_NAMES[meant]} are written "${meant}": ${didYouMean(better)}`;
  return literalProblem("E402", message, place, [writeInstead(better)]);
}

function meantUnit(unit: string): CalendarUnit | undefined {
  if (isUnit(unit)) return unit;
  if (Object.hasOwn(OTHER_SPELLINGS, unit)) return OTHER_SPELLINGS[unit];
  const near = unit.length > 2 ? nearest(unit, Object.keys(OTHER_SPELLINGS)) : undefined;
  return near === undefined ? undefined : OTHER_SPELLINGS[near];
}

/** The length in microseconds, days counted as 24 hours; null for months and years, which have no fixed length. */
export function durationMicros({ amount, unit }: Duration): bigint | null {
  switch (unit) {
    case "ms":
    case "s":
    case "m":
    case "h":
      return BigInt(amount) * UNIT_MICROS[unit];
    case "d":
      return BigInt(amount) * 24n * UNIT_MICROS.h;
    case "w":
      return BigInt(amount) * 168n * UNIT_MICROS.h;
    case "mo":
    case "y":
      return null;
  }
}
