/** Time literals: a date or time names the interval of its last unit, `2024-05` the whole of May. */
import { addMonths, civilMicros, daysInMonth, MICROS_PER_DAY, type CivilDate, type Micros } from "./civil.js";
import { UNIT_MICROS } from "./relative-time.js";
import { endOfLocal, readingsOf, zoneOf, type Zone } from "./zone.js";
import {
  literalProblem,
  literalValue,
  wholeProblem,
  writeInstead,
  type Literal,
  type RefusedLiteral,
} from "./literal.js";

/**
 * `[start, end)` in microseconds since 1970-01-01T00:00:00Z. Where clocks are put back, local times occur twice: an interval starts at the
 * first and ends at the second reading.
 */
export interface TimeInterval {
  readonly start: Micros;
  /** Where an interval ends that this time ends but does not belong to; the start, unless that occurs twice. */
  readonly until: Micros;
  readonly end: Micros;
  /** Clocks never show the local time, since they are put forward past it: it is read as the end of the gap. */
  readonly skipped: boolean;
}

const SHAPE =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[Tt ](\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?)?([Zz]|[+-]\d\d(?::?\d\d)?)?)?)?$/;

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

const CODE = "E401";

/**
 * Reads `2024`, `2024-05`, `2024-05-01`, `2024-05-01T08`, `…T08:00`, `…T08:00:00` and fractions to the microsecond, each with an optional
 * `Z` or `±hh:mm`; without one it is local time in `zoneName` (an IANA name or an offset).
 *
 * Where clocks are put back, an interval starts at its earlier and ends at its later reading, so that `2026-10-25T02` in Europe/Prague has two
 * hours; a time that clocks skip is the end of the gap. Days and longer units end where the next one starts. Problem: E401.
 *
 * @throws RangeError when `zoneName` is no zone; the caller checks it once
 */
export function readTimeLiteral(text: string, zoneName: string): Literal<TimeInterval, typeof CODE> {
  const match = SHAPE.exec(text);
  if (match === null) return refuseShape(text);
  const [, year = "", month, day, hour, minute, second, fraction, offset] = match;
  const problem =
    checkDate(text, year, month, day) ??
    checkTime(text, hour, minute, second) ??
    checkFraction(text, fraction) ??
    checkOffset(text, offset);
  if (problem !== null) return problem;
  const zone = zoneOf(offset?.toUpperCase() ?? zoneName);
  const date = { year: Number(year), month: Number(month ?? 1), day: Number(day ?? 1) };
  if (hour === undefined) return literalValue(calendarInterval(date, month, day, zone));
  const seconds = (Number(hour) * 60 + Number(minute ?? 0)) * 60 + Number(second ?? 0);
  const local = civilMicros(date, seconds, Number((fraction ?? "").padEnd(6, "0")));
  return literalValue(localInterval(local, local + stepOf(minute, second, fraction), zone));
}

function calendarInterval(
  date: CivilDate,
  month: string | undefined,
  day: string | undefined,
  zone: Zone,
): TimeInterval {
  const start = civilMicros(date, 0);
  const end =
    day !== undefined
      ? start + MICROS_PER_DAY
      : civilMicros(addMonths(date, month === undefined ? 12 : 1), 0);
  return localInterval(start, end, zone);
}

function localInterval(start: Micros, end: Micros, zone: Zone): TimeInterval {
  const { first, skipped } = readingsOf(start, zone);
  return { start: first, until: endOfLocal(start, zone), end: endOfLocal(end, zone), skipped };
}

/** Length of the last unit that was written. */
function stepOf(
  minute: string | undefined,
  second: string | undefined,
  fraction: string | undefined,
): Micros {
  if (fraction !== undefined) return 10n ** BigInt(6 - fraction.length);
  if (second !== undefined) return UNIT_MICROS.s;
  return minute !== undefined ? UNIT_MICROS.m : UNIT_MICROS.h;
}

type Check = RefusedLiteral<typeof CODE> | null;

function checkDate(text: string, year: string, month: string | undefined, day: string | undefined): Check {
  if (year === "0000") {
    return literalProblem(CODE, `${text} is not a date: there is no year 0000`, { start: 0, end: 4 });
  }
  if (month === undefined) return null;
  const monthNumber = Number(month);
  const name = MONTHS[monthNumber - 1];
  if (name === undefined) {
    return literalProblem(CODE, `${text} is not a date: month ${month} does not exist`, { start: 5, end: 7 });
  }
  if (day === undefined) return null;
  const days = daysInMonth(Number(year), monthNumber);
  if (Number(day) >= 1 && Number(day) <= days) return null;
  const of = monthNumber === 2 ? `${name} ${year}` : name;
  const message = `${text} is not a date: day ${day} does not exist, ${of} has ${days} days`;
  return literalProblem(CODE, message, { start: 8, end: 10 });
}

function checkTime(
  text: string,
  hour: string | undefined,
  minute: string | undefined,
  second: string | undefined,
): Check {
  const refuse = (unit: string, value: string, start: number) =>
    literalProblem(CODE, `${text} is not a time: ${unit} ${value} does not exist`, { start, end: start + 2 });
  if (hour !== undefined && Number(hour) > 23) return refuse("hour", hour, 11);
  if (minute !== undefined && Number(minute) > 59) return refuse("minute", minute, 14);
  if (second !== undefined && Number(second) > 59) return refuse("second", second, 17);
  return null;
}

function checkFraction(text: string, fraction: string | undefined): Check {
  if (fraction === undefined || fraction.length <= 6) return null;
  const start = 20 + 6;
  const end = 20 + fraction.length;
  return literalProblem(
    CODE,
    `${text} is finer than a microsecond; write at most six digits`,
    { start, end },
    [writeInstead(text.slice(0, start) + text.slice(end))],
  );
}

function checkOffset(text: string, offset: string | undefined): Check {
  const match = offset === undefined ? null : /^[+-](\d\d):?(\d\d)?$/.exec(offset);
  if (match === null || (Number(match[1]) <= 15 && Number(match[2] ?? 0) <= 59)) return null;
  const place = { start: text.length - (offset?.length ?? 0), end: text.length };
  return literalProblem(CODE, `${text} is not a time: there is no zone ${offset}`, place);
}

/** Dates in other notations, rewritten. */
const OTHER_NOTATIONS: readonly {
  readonly shape: RegExp;
  readonly rewrite: (match: readonly string[]) => string;
}[] = [
  { shape: /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/, rewrite: ([, y = "", m = "", d = ""]) => isoDate(y, m, d) },
  { shape: /^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})$/, rewrite: ([, d = "", m = "", y = ""]) => isoDate(y, m, d) },
  { shape: /^(\d{4})-(\d{1,2})-(\d{1,2})$/, rewrite: ([, y = "", m = "", d = ""]) => isoDate(y, m, d) },
  { shape: /^(\d{4})-(\d)$/, rewrite: ([, y = "", m = ""]) => `${y}-${m.padStart(2, "0")}` },
  { shape: /^(\d{4})(\d\d)(\d\d)$/, rewrite: ([, y = "", m = "", d = ""]) => isoDate(y, m, d) },
  {
    shape: /^(\d{4}-\d\d-\d\d)[T ](\d):(\d\d(?::\d\d)?)$/i,
    rewrite: ([, date = "", hour = "", rest = ""]) => `${date}T0${hour}:${rest}`,
  },
  { shape: /^(\d{9,10})(?:\.\d+)?$/, rewrite: ([, seconds = ""]) => isoInstant(Number(seconds) * 1000) },
  { shape: /^(\d{12,13})$/, rewrite: ([, milliseconds = ""]) => isoInstant(Number(milliseconds)) },
];

const isoDate = (year: string, month: string, day: string): string =>
  `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;

const isoInstant = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().replace(".000Z", "Z");

function refuseShape(text: string): Literal<TimeInterval, typeof CODE> {
  for (const { shape, rewrite } of OTHER_NOTATIONS) {
    const match = shape.exec(text);
    if (match === null) continue;
    const better = rewrite(match);
    return wholeProblem(text, CODE, `"${text}" is not how times are written here; write ${better}`, [
      writeInstead(better),
    ]);
  }
  if (/^(?:\d+(?:ms|mo|[smhdwy]))+$/.test(text)) {
    const ago = `now-${text}`;
    return wholeProblem(text, CODE, `"${text}" is a length of time; for so long ago write ${ago}`, [
      writeInstead(ago),
    ]);
  }
  return wholeProblem(
    text,
    CODE,
    `"${text}" is not a date or time; write 2024-05-01, 2024-05-01T08:00 or now-24h`,
  );
}
