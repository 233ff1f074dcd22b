/** Times of events in spellings of careless senders, where their meaning is sure. */
import { civilFromDays, daysInMonth } from "../values/civil.js";
import { parseEventTime, parseRfc3339, type Micros } from "../values/time.js";
import { findZone, fromLocal } from "../values/zone.js";

/** A time that is no RFC 3339, and what is wrong with its spelling. */
export interface CarelessTime {
  readonly micros: Micros;
  readonly problem: string;
}

/** Longer texts are no time. */
const MAX_LENGTH = 100;

/**
 * Reads what `parseEventTime` does not, or not so: dates alone (the start of that day), of weeks and of days of the year, names of months,
 * `13.10.2016`, AM and PM, names of zones, NTP stamps, nanoseconds since 1970, `{"$date": …}`. Null where the text may mean several times, such as
 * `10/11/2016` or the zone `IST`, and for anything else.
 */
export function parseCarelessTime(value: unknown): CarelessTime | null {
  if (typeof value === "number") return nanoseconds(BigInt(Number.isInteger(value) ? value : 0));
  if (typeof value === "object" && value !== null) return wrapped(value);
  if (typeof value !== "string" || value.length > MAX_LENGTH) return null;
  const text = withoutWrapping(value);
  return parseStamp(text) ?? parseCivil(text);
}

/** An eight-digit text such as `20161013`, which is a date although it could be a number of seconds in 1970. */
export const isCompactDate = (value: unknown): boolean =>
  typeof value === "string" &&
  /^(?:19[89]|20\d)\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/.test(value.trim());

/** What MongoDB's export makes of a time. */
function wrapped(value: object): CarelessTime | null {
  const [entry, ...others] = Object.entries(value);
  if (entry === undefined || others.length > 0) return null;
  const [key, inner] = entry as [string, unknown];
  if (key === "$numberLong") return sure(parseEventTime(inner));
  if (key !== "$date") return null;
  return sure(parseEventTime(inner)) ?? parseCarelessTime(inner);
}

const sure = (micros: Micros | null, problem = "not RFC 3339"): CarelessTime | null =>
  micros === null ? null : { micros, problem };

/** Without quotes, comments and the name of a zone after its offset; dashes that are no hyphens are hyphens. */
function withoutWrapping(value: string): string {
  return value
    .trim()
    .replace(/^(["'])(.*)\1$/, "$2")
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/([+-]\d\d:?\d\d|Z)\s?(?:\[[\w/]+\]|\([A-Za-z ]+\))$/, "$1")
    .replace(/\s?(?:\[([\w/]+)\]|\(([A-Za-z]+)\))$/, " $1$2")
    .trim();
}

/** Nanoseconds since 1970 lie here from 1973 to 2286. */
const [FIRST_NANOSECONDS, END_NANOSECONDS] = [10n ** 17n, 10n ** 19n];
/** Seconds from 1900, where NTP counts from, to 1970. */
const NTP_TO_UNIX = 2_208_988_800n;
const NTP_ERA = 2n ** 32n;
/** With a prefix, or a letter that no decimal number has. */
const NTP = /^(?=0x|\d{0,7}[a-f])(?:0x)?([\da-f]{8})\.(?:0x)?([\da-f]{8})$/i;
const WRAPPED_NUMBER = /^(?:@|\/Date\()(-?\d{1,16}(?:\.\d{1,9})?)(?:[+-]\d{4})?(?:\)\/)?$/;

/** Counts of a unit since some day. */
function parseStamp(text: string): CarelessTime | null {
  const [, seconds, fraction] = NTP.exec(text) ?? [];
  if (seconds !== undefined) {
    const sinceEra = BigInt(`0x${seconds}`);
    const unix = sinceEra - NTP_TO_UNIX + (sinceEra < NTP_TO_UNIX ? NTP_ERA : 0n);
    return sure(
      unix * 1_000_000n + (BigInt(`0x${fraction}`) * 1_000_000n) / NTP_ERA,
      "an NTP stamp, not RFC 3339",
    );
  }
  if (/^\d{18,19}$/.test(text)) return nanoseconds(BigInt(text));
  const inner = WRAPPED_NUMBER.exec(text)?.[1];
  if (inner !== undefined) return sure(parseEventTime(inner));
  return /^\d\.\d{1,16}[eE]\+?\d{1,2}$/.test(text) ? sure(parseEventTime(Number(text))) : null;
}

function nanoseconds(count: bigint): CarelessTime | null {
  if (count < FIRST_NANOSECONDS || count >= END_NANOSECONDS) return null;
  return sure(count / 1000n, "nanoseconds since 1970, not RFC 3339");
}

/** The parts of a time as they are written. */
type Parts = Readonly<Partial<Record<string, string>>>;

const WEEKDAY = "(?:[a-z]{3,9},?\\s{1,4})?";
const YEAR = "(?<year>\\d{4})";
const CLOCK =
  "(?<hour>\\d\\d?)(?<colon>[:.-])(?<minute>\\d\\d?)(?:\\k<colon>(?<second>\\d\\d?)(?:[.,](?<fraction>\\d{0,12}))?)?(?:\\s?(?<half>[ap])\\.?m\\.?)?";
const ZONE =
  "(?:\\s{0,4}(?<zone>[a-z]{1,5}|[a-z_]{2,20}/[a-z_/]{2,40}))?(?:\\s?(?<sign>[+-])(?<east>\\d\\d?)(?::?(?<eastMinutes>\\d\\d))?)?z?";

/** Dates, each with the separators that come before its time of day. */
const DATES = [
  `${YEAR}(?<dash>[-/.:])(?<month>\\d\\d?)\\k<dash>(?<day>\\d\\d?)`,
  `${YEAR}(?<month>\\d\\d)(?<day>\\d\\d)`,
  `${YEAR}-?W(?<week>\\d\\d)(?:-?(?<weekday>[1-7]))?`,
  `${YEAR}-(?<ordinal>\\d{3})`,
  `(?<day>\\d\\d?)\\.\\s?(?<month>\\d\\d?)\\.\\s?${YEAR}`,
  `(?<first>\\d\\d?)(?<dash>[-/])(?<other>\\d\\d?)\\k<dash>${YEAR}`,
  `${WEEKDAY}(?<day>\\d\\d?)(?:st|nd|rd|th)?[ /-](?<name>[a-z]{3,9})\\.?,?[ /-](?<year>\\d{4}|\\d\\d)`,
  `${WEEKDAY}(?<name>[a-z]{3,9})\\.?\\s{1,2}(?<day>\\d\\d?)(?:st|nd|rd|th)?,?\\s${YEAR}`,
];

const CIVIL = [
  ...DATES.map((date) => `${date}(?:(?:[T_:]\\s?|,?\\s{1,4}(?:at\\s)?)${CLOCK})?${ZONE}`),
  `${YEAR}(?<month>\\d\\d)(?<day>\\d\\d)(?<hour>\\d\\d)(?<minute>\\d\\d)(?<second>\\d\\d)${ZONE}`,
  `${WEEKDAY}(?<name>[a-z]{3,9})\\s{1,2}(?<day>\\d\\d?)\\s${CLOCK}${ZONE}\\s${YEAR}`,
].map((pattern) => new RegExp(`^${pattern}$`, "i"));

function parseCivil(text: string): CarelessTime | null {
  for (const pattern of CIVIL) {
    const parts: Parts | undefined = pattern.exec(text)?.groups;
    const micros = parts === undefined ? null : instantOf(parts);
    if (parts !== undefined && micros !== null) return { micros, problem: problemOf(parts) };
  }
  return null;
}

function problemOf({ hour, zone, sign }: Parts): string {
  if (hour === undefined) return "a date without a time, read as the start of that day";
  return zone === undefined && sign === undefined ? "no time zone, read as UTC" : "not RFC 3339";
}

function instantOf(parts: Parts): Micros | null {
  const date = dateOf(parts);
  const clock = clockOf(parts);
  return date === null || clock === null ? null : inZone(`${date}T${clock}`, parts);
}

const two = (digits: string | number = "0"): string => String(digits).padStart(2, "0");

function dateOf(parts: Parts): string | null {
  const { year = "", month, day, name, week, weekday = "1", ordinal, first, other } = parts;
  if (week !== undefined) return weekDate(Number(year), Number(week), Number(weekday));
  if (ordinal !== undefined) return dayOfYear(Number(year), Number(ordinal));
  if (first !== undefined) return slashDate(year, Number(first), Number(other));
  const number = name === undefined ? month : monthOf(name);
  return number === undefined ? null : `${fullYear(year)}-${two(number)}-${two(day)}`;
}

/** Years of two digits, as in times of HTTP's older form. */
function fullYear(year: string): string {
  if (year.length !== 2) return year;
  return Number(year) < 70 ? `20${year}` : `19${year}`;
}

/** Month and day in the one order that is possible; null where both are. */
function slashDate(year: string, first: number, other: number): string | null {
  if (first <= 12 && other <= 12 && first !== other) return null;
  const [month, day] = first > 12 ? [other, first] : [first, other];
  return `${year}-${two(month)}-${two(day)}`;
}

const MONTHS = [
  ..."january february march april may june july august september october november december".split(" "),
];

/** The number of a month by its name or the first three letters of it. */
function monthOf(name: string): number | undefined {
  const given = name.toLowerCase();
  const index = MONTHS.findIndex(
    (month) => month === given || month.slice(0, 3) === given || `${month.slice(0, 3)}t` === given,
  );
  return index < 0 ? undefined : index + 1;
}

const DAY_MS = 86_400_000;

function dayOfYear(year: number, ordinal: number): string | null {
  if (ordinal < 1 || ordinal > 337 + daysInMonth(year, 2)) return null;
  return textOfDay(Date.UTC(year, 0, 1) / DAY_MS + ordinal - 1);
}

/** ISO weeks begin on Monday; the first has the year's first Thursday, and so the fourth of January. */
function weekDate(year: number, week: number, weekday: number): string | null {
  if (week < 1 || week > 53) return null;
  const fourth = Date.UTC(year, 0, 4) / DAY_MS;
  const monday = fourth - ((fourth + 3) % 7);
  const thursday = monday + (week - 1) * 7 + 3;
  return civilFromDays(thursday).year === year ? textOfDay(thursday - 4 + weekday) : null;
}

function textOfDay(days: number): string {
  const { year, month, day } = civilFromDays(days);
  return `${year}-${two(month)}-${two(day)}`;
}

function clockOf({ hour = "0", minute, second, fraction, half }: Parts): string | null {
  const decimals = fraction === undefined || fraction === "" ? "" : `.${fraction}`;
  const rest = `${two(minute)}:${two(second)}${decimals}`;
  if (half === undefined) return `${two(hour)}:${rest}`;
  const number = Number(hour);
  if (number < 1 || number > 12) return null;
  return `${two((number % 12) + (half.toLowerCase() === "p" ? 12 : 0))}:${rest}`;
}

/** Names that mean one offset wherever they are used; `CST`, `IST` and `BST` mean several. */
const ZONES: Readonly<Record<string, string>> = {
  z: "Z",
  ...{ utc: "Z", ut: "Z", gmt: "Z", wet: "Z", west: "+01:00", cet: "+01:00", met: "+01:00", cest: "+02:00" },
  ...{ mest: "+02:00", eet: "+02:00", eest: "+03:00", msk: "+03:00", est: "-05:00", edt: "-04:00" },
  ...{ cdt: "-05:00", mst: "-07:00", mdt: "-06:00", pst: "-08:00", pdt: "-07:00" },
};

function inZone(local: string, { zone, sign, east, eastMinutes }: Parts): Micros | null {
  const name = zone?.toLowerCase();
  const offset = name === undefined ? "Z" : Object.hasOwn(ZONES, name) ? ZONES[name] : undefined;
  // What is added to a zone of its own, as in CET+1, may be meant either way.
  if (sign !== undefined)
    return offset === "Z" ? parseRfc3339(`${local}${sign}${two(east)}:${two(eastMinutes)}`) : null;
  if (offset !== undefined) return parseRfc3339(local + offset);
  const region = zone?.includes("/") === true ? findZone(zone) : null;
  const wall = parseRfc3339(`${local}Z`);
  return region === null || wall === null ? null : fromLocal(wall, region);
}
