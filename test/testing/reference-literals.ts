/** Reading the literals of filters for the reference evaluator, by the specification of the language. */
import type { Item, LastTest, TimeValue, Value } from "../../grammar/ast.js";
import { ADDRESS_BITS, parseIpRange, unmapped, type IpRange } from "../../compiler/values/ip-range.js";
import { readDuration } from "../../grammar/time-text.js";
import { addUnits, truncateInstant } from "../../compiler/values/relative-time.js";
import { exactWholeNumber, type WholeNumber } from "../../compiler/values/exact-json.js";
import { dateToMicros, parseEventTime } from "../../compiler/values/time.js";
import { readingsOf, zoneOf } from "../../compiler/values/zone.js";

/** What values depend on besides their text. */
export interface ReadingContext {
  readonly now: Date;
  readonly timeZone: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** `[from, to)` in microseconds. */
export interface Interval {
  readonly from: bigint;
  /** Where something ends that ends before it: `from`, or the later reading of a local time that occurs twice. */
  readonly until: bigint;
  readonly to: bigint;
}

function argumentsOf(name: string, { args }: ReadingContext): readonly unknown[] {
  const given = args[name];
  return Array.isArray(given) ? given : [given];
}

function textOf(value: Value): string {
  if (value.kind === "atom" || value.kind === "time") return value.text;
  if (value.kind === "string") return value.value;
  throw new Error(`a ${value.kind} has no text`);
}

/** The number of a literal, or the numbers of an argument. */
export function readNumber(value: Value, context: ReadingContext): readonly number[] {
  if (value.kind === "parameter") return argumentsOf(value.name, context).map(Number);
  const text = textOf(value);
  return [Number(text.endsWith("%") ? `${text.slice(0, -1)}e-2` : text)];
}

/** The whole number of a literal, or the whole numbers of an argument, with all of their digits. */
export function readWholeNumber(value: Value, context: ReadingContext): readonly WholeNumber[] {
  const given = value.kind === "parameter" ? argumentsOf(value.name, context) : [textOf(value)];
  return given.flatMap((number) => {
    const whole = typeof number === "string" ? wholeNumberOf(number) : (number as WholeNumber);
    return exactWholeNumber(whole) ?? [];
  });
}

/** Digits, a day of the week, the number of an autonomous system (`AS2852`), or a size (`1.5MiB`). */
function wholeNumberOf(text: string): bigint {
  const day = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].indexOf(text.toLowerCase());
  if (day >= 0) return BigInt(day + 1);
  const [, whole, fraction = "", prefix = "", binary = ""] =
    /^(\d+)(?:\.(\d+))?([kmgt]?)(i?)b$/i.exec(text) ?? [];
  if (whole === undefined) return BigInt(text.replace(/^as/i, ""));
  const power = "kmgt".indexOf(prefix.toLowerCase()) + (prefix === "" ? 0 : 1);
  const factor = (binary === "" ? 1000n : 1024n) ** BigInt(power);
  return (BigInt(whole + fraction) * factor) / 10n ** BigInt(fraction.length);
}

/** The range of an address, network or `low-high`, of `low..high` with ends of any kind, or the ranges of an argument. */
export function readAddresses(item: Item, context: ReadingContext): readonly IpRange[] {
  if (item.kind === "parameter")
    return argumentsOf(item.name, context).map((given) =>
      unmapped(typeof given === "string" ? parseIpRange(given) : (given as IpRange)),
    );
  if (item.kind !== "range") return [address(item)];
  const low = item.low && address(item.low);
  const high = item.high && address(item.high);
  const family = (low ?? high)?.family ?? 4;
  const greatest = 2n ** BigInt(ADDRESS_BITS[family]) - 1n;
  const last = high === null ? greatest : item.exclusive ? high.first - 1n : high.last;
  return [{ family, first: low?.first ?? 0n, last }];
}

/** IPv4-mapped IPv6 is IPv4. */
const address = (value: Value): IpRange => unmapped(parseIpRange(textOf(value)));

/** The interval that a time names, or the microsecond of each argument; with `isDuration` of a length of time. */
export function readInterval(
  value: Value,
  isDuration: boolean,
  context: ReadingContext,
): readonly Interval[] {
  if (value.kind === "parameter")
    return argumentsOf(value.name, context).map((given) =>
      moment(isDuration ? durationArgument(given) : timeArgument(given)),
    );
  if (isDuration) return [moment(readLength(textOf(value)))];
  return [value.kind === "time" ? relative(value, context) : readTime(textOf(value), context.timeZone)];
}

const moment = (micros: bigint): Interval => steady(micros, micros + 1n);

const steady = (from: bigint, to: bigint): Interval => ({ from, until: from, to });

/** A number of seconds, or microseconds as a bigint. */
function durationArgument(given: unknown): bigint {
  return typeof given === "bigint" ? given : BigInt(Math.round(Number(given) * 1e6));
}

function timeArgument(given: unknown): bigint {
  if (typeof given === "bigint") return given;
  const micros = given instanceof Date ? dateToMicros(given) : parseEventTime(given);
  if (micros === null) throw new Error("the argument is no time");
  return micros;
}

const SECOND = 1_000_000n;
const FIXED_UNITS: Readonly<Record<string, bigint>> = {
  ms: 1_000n,
  s: SECOND,
  m: 60n * SECOND,
  h: 3_600n * SECOND,
  d: 86_400n * SECOND,
  w: 604_800n * SECOND,
};

function readLength(text: string): bigint {
  return [...text.matchAll(/(\d+)(\D+)/g)].reduce((sum, [, amount = "", name = ""]) => {
    const unit = FIXED_UNITS[name];
    if (unit === undefined) throw new Error(`${text} has no fixed length`);
    return sum + BigInt(amount) * unit;
  }, 0n);
}

/** `in last 24h`, `in last $window`: from so long ago until now, both included. Seconds, or what a filter would say. */
export function readLast(length: LastTest["duration"], context: ReadingContext): Interval {
  const now = dateToMicros(context.now);
  if ("kind" in length) {
    const given = context.args[length.name];
    if (typeof given === "number") return steady(now - BigInt(Math.round(given * 1e6)), now + 1n);
    if (typeof given === "bigint") return steady(now - given, now + 1n);
    return readLast(readDuration(String(given), 0), context);
  }
  const from = [length, ...(length.rest ?? [])].reduce(
    (instant, { amount, unit }) =>
      addUnits(instant, -Number(amount), unit as CalendarUnit, zoneOf(context.timeZone)),
    now,
  );
  return steady(from, now + 1n);
}

type CalendarUnit = Parameters<typeof addUnits>[2];

/** `now-7d/d`: the base, then each offset, then down to the unit; the interval is that unit, of a whole day a day, else one microsecond. */
function relative(
  { base, offsets, truncate, after = [] }: TimeValue,
  { now, timeZone }: ReadingContext,
): Interval {
  const zone = zoneOf(timeZone);
  const midnight = truncateInstant(dateToMicros(now), "d", zone);
  const days = { now: 0, today: 0, yesterday: -1, tomorrow: 1 }[base];
  let from = base === "now" ? dateToMicros(now) : addUnits(midnight, days, "d", zone);
  for (const { sign, duration } of offsets)
    from = addUnits(from, sign * Number(duration.amount), duration.unit as CalendarUnit, zone);
  if (truncate !== null) from = truncateInstant(from, truncate, zone);
  for (const { sign, duration } of after)
    from = addUnits(from, sign * Number(duration.amount), duration.unit as CalendarUnit, zone);
  const areDays = (list: TimeValue["offsets"]): boolean =>
    list.every(({ duration }) => ["d", "w", "mo", "y"].includes(duration.unit));
  const rounded = truncate ?? (base !== "now" && areDays(offsets) ? "d" : null);
  // What is added to a rounded time leads to a day, or to an instant.
  const unit = after.length === 0 ? rounded : areDays(after) && rounded !== null ? "d" : null;
  return steady(from, unit === null ? from + 1n : addUnits(from, 1, unit, zone));
}

/** `2024`, `2024-05`, `2024-05-01`, `2024-05-01T08` … with a fraction of up to six digits and a zone. */
function readTime(text: string, defaultZone: string): Interval {
  const match =
    /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:[Tt ](\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?)?(Z|z|[+-]\d\d(?::?\d\d)?)?$/.exec(
      text,
    );
  if (match === null) throw new Error(`${text} is no time`);
  const [, year, month, day, hour, minute, second, fraction, offset] = match;
  const parts = [year, month ?? 1, day ?? 1, hour ?? 0, minute ?? 0, second ?? 0].map(Number);
  const zone = zoneOf(offset?.toUpperCase() ?? defaultZone);
  const local = (step: readonly number[]): bigint => {
    const [years = 0, months = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts.map(
      (part, index) => part + (step[index] ?? 0),
    );
    const date = new Date(0);
    // Not Date.UTC, which takes the years 0 to 99 for those of the last century.
    date.setUTCFullYear(years, months - 1, days);
    date.setUTCHours(hours, minutes, seconds);
    return BigInt(date.getTime()) * 1000n;
  };
  const start = local([]) + BigInt((fraction ?? "").padEnd(6, "0"));
  const unit = second !== undefined ? "s" : minute !== undefined ? "m" : "h";
  const step = day !== undefined ? [0, 0, 1] : month !== undefined ? [0, 1] : [1];
  const end =
    fraction !== undefined
      ? start + 10n ** BigInt(6 - fraction.length)
      : hour !== undefined
        ? start + FIXED_UNITS[unit]!
        : local(step);
  // Local time runs up to an end, which is after the last showing of the microsecond before it.
  const endAt = (micros: bigint): bigint => {
    const { last, skipped } = readingsOf(micros - 1n, zone);
    return skipped ? last : last + 1n;
  };
  return { from: readingsOf(start, zone).first, until: endAt(start), to: endAt(end) };
}
