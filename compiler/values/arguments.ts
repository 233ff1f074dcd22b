/** Putting run-time arguments in the places of slots, checked against the type that the filter infers for them. */
import type { Execution, Arguments } from "./execution.js";
import { DataError } from "./errors.js";
import { exactWholeNumber, type WholeNumber } from "./exact-json.js";
import { NO_ID } from "./filter-values.js";
import type {
  IpSet,
  NumberSet,
  NumberSlot,
  PatternSet,
  RegexSlot,
  Slot,
  TimeBound,
  WordSet,
  WordSlot,
} from "./filter-values.js";
import { isIpRange, mergeRanges, parseIpRange, unmapped, type IpRange } from "./ip-range.js";
import { normalisePattern, normaliseWord, spellings } from "./normalise.js";
import { meetsOrder } from "./ordering.js";
import { evaluateRelativeTime, UNIT_MICROS } from "./relative-time.js";
import { asciiFold, isColumnText, likePattern, storable } from "./text.js";
import { dateToMicros } from "./time.js";
import { atEdge, lengthsOf, readTimeArgument, type TimeEdge } from "./time-argument.js";
import { parseRegex, type Regex } from "./regex.js";
import { weekdayOf } from "./weekday.js";

/** A run-time argument that is missing or does not fit its parameter. */
export class ArgumentError extends DataError {
  /** Name of the parameter, without the `$`. */
  readonly parameter: string;
  constructor(parameter: string, problem: string) {
    super(`$${parameter}: ${problem}`, { code: "E320" });
    this.parameter = parameter;
  }
}

function argument(slot: Slot, args: Arguments): unknown {
  const value = Object.hasOwn(args, slot.name) ? args[slot.name] : undefined;
  if (value === undefined || value === null)
    throw new ArgumentError(slot.name, "no value is given for this parameter");
  return value;
}

/** The values of a slot: of a list slot each element, a single value counting as a list of one. */
function values(slot: Slot, args: Arguments): readonly unknown[] {
  const value = argument(slot, args);
  if (!Array.isArray(value)) return [value];
  if (!slot.list)
    throw new ArgumentError(
      slot.name,
      `one value is expected, not a list; a filter takes a list as in $${slot.name} or [$${slot.name}]`,
    );
  return value;
}

function wrong(slot: Slot, value: unknown, wanted: string): ArgumentError {
  return new ArgumentError(slot.name, `${wanted} is expected, not ${show(value)}`);
}

function show(value: unknown): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value.slice(0, 60));
    case "number":
    case "bigint":
    case "boolean":
      return String(value);
    default:
      return Array.isArray(value) ? "a list" : `a value of type ${typeof value}`;
  }
}

const isSlot = <T>(value: T): value is Extract<T, Slot> => typeof value === "object" && value !== null;

/** The truth value. */
export function resolveBoolean(value: boolean | Slot, args: Arguments): boolean {
  if (!isSlot(value)) return value;
  const given = argument(value, args);
  if (typeof given !== "boolean") throw wrong(value, given, "true or false");
  return given;
}

/** The number. */
export function resolveNumber(value: WholeNumber | NumberSlot, args: Arguments): WholeNumber {
  return isSlot(value) ? numberOf(value, argument(value, args)) : value;
}

function numberOf(slot: NumberSlot, argumentGiven: unknown): WholeNumber {
  const day =
    slot.weekday === true && typeof argumentGiven === "string" ? weekdayOf(argumentGiven) : undefined;
  const given = day ?? argumentGiven;
  const isNumber = typeof given === "bigint" || (typeof given === "number" && Number.isFinite(given));
  if (!isNumber) throw wrong(slot, given, "a number");
  const { range } = slot;
  if (range === null) return Number(given);
  const number = exactWholeNumber(given);
  if (number === undefined) throw wrong(slot, given, "a whole number");
  if (number < range[0] || number > range[1])
    throw wrong(slot, given, `a whole number from ${range[0]} to ${range[1]}`);
  return number;
}

/** The numbers of a list, those of list slots included. */
export function resolvePoints(points: NumberSet["points"], args: Arguments): readonly WholeNumber[] {
  return points.flatMap((point) =>
    isSlot(point) ? values(point, args).map((given) => numberOf(point, given)) : [point],
  );
}

/** The words in their stored spelling; of an ordered field all that meet the comparison. */
export function resolveWords(set: WordSet, fold: boolean, args: Arguments): readonly string[] {
  if (set.slots.length === 0) return set.values;
  const given = set.slots.flatMap((slot) => values(slot, args).flatMap((value) => wordsOf(slot, value)));
  return [...set.values, ...(fold ? given.map(asciiFold) : given)];
}

function wordsOf(slot: WordSlot, value: unknown): readonly string[] {
  if (typeof value !== "string") throw wrong(slot, value, "a text");
  if (slot.whole === true && !isColumnText(value)) return [NO_ID];
  const word = normaliseWord(storable(value), slot.normalise);
  const folded = asciiFold(word);
  const position = slot.words.findIndex((known) => asciiFold(known) === folded);
  if (position < 0 && slot.closed)
    throw new ArgumentError(slot.name, `${JSON.stringify(value)} is none of ${slot.words.join(", ")}`);
  if (slot.op === "=")
    return [
      ...spellings(slot.words[position] ?? word, slot.normalise),
      ...(slot.further ?? []).map((other) => normaliseWord(word, other)),
    ];
  const { op } = slot;
  return slot.words.filter((_, index) => meetsOrder(index - position, op));
}

/** The LIKE patterns. */
export function resolvePatterns(set: PatternSet, fold: boolean, args: Arguments): readonly string[] {
  if (set.slots.length === 0) return set.values;
  const given = set.slots.flatMap((slot) =>
    values(slot, args).map((value) => {
      if (typeof value !== "string") throw wrong(slot, value, "a text");
      if (slot.whole === true && !isColumnText(value)) return NO_ID;
      const pattern = likePattern(slot.op, normalisePattern(slot.op, storable(value), slot.normalise));
      return fold ? asciiFold(pattern) : pattern;
    }),
  );
  return [...set.values, ...given];
}

/** The regular expressions of a slot, each a text without slashes. */
export function resolveRegexes(slot: RegexSlot, args: Arguments): readonly Regex[] {
  return values(slot, args).map((value) => {
    if (typeof value !== "string") throw wrong(slot, value, "a regular expression as a text");
    const read = parseRegex(value, { ignoreCase: slot.ignoreCase });
    if (read.kind === "value") return read.value;
    throw new ArgumentError(slot.name, read.problem.message);
  });
}

/** The ranges; with `merge` their union in canonical form. */
export function resolveAddresses(set: IpSet, merge: boolean, args: Arguments): readonly IpRange[] {
  if (set.slots.length === 0) return set.ranges;
  const given = set.slots.flatMap((slot) => values(slot, args).map((value) => addressOf(slot, value)));
  const ranges = [...set.ranges, ...given];
  return merge ? mergeRanges(ranges) : ranges;
}

function addressOf(slot: Slot, value: unknown): IpRange {
  if (typeof value === "string") {
    try {
      return unmapped(parseIpRange(value));
    } catch (error) {
      throw new ArgumentError(slot.name, error instanceof Error ? error.message : String(error));
    }
  }
  if (isIpRange(value)) return unmapped(value);
  throw wrong(slot, value, "an address, network or range");
}

/** The instant, or the length of a duration, in microseconds. */
export function resolveMicros(bound: TimeBound, { args, now }: Execution): bigint {
  switch (bound.kind) {
    case "instant":
      return bound.micros;
    case "relative":
      return evaluateRelativeTime(bound.expression, now, bound.edge);
    case "time-slot": {
      const { slot, edge, zone } = bound;
      const value = argument(slot, args);
      return bound.type === "duration"
        ? atEdge(durationOf(slot, value), edge)
        : timeOf(slot, value, edge, { zone, now });
    }
    case "window-slot":
      return windowStart(bound, args, now);
  }
}

const FIXED_MICROS: Readonly<Record<string, bigint>> = {
  ...UNIT_MICROS,
  d: 24n * UNIT_MICROS.h,
  w: 168n * UNIT_MICROS.h,
};
const WINDOW = /^(?:\d{1,9}(?:ms|mo|[smhdwy]))+$/;

/** Now without the window: seconds, microseconds as a bigint, or a length as a filter has it (`24h`, `1h30m`). */
function windowStart(
  { slot, zone }: Extract<TimeBound, { kind: "window-slot" }>,
  args: Arguments,
  now: bigint,
): bigint {
  const value = argument(slot, args);
  if (typeof value !== "string") return now - durationOf(slot, value);
  if (!WINDOW.test(value)) throw wrong(slot, value, "a length of time such as 24h");
  const offsets = lengthsOf(value).map((length) => ({ ...length, sign: -1 as const }));
  return evaluateRelativeTime({ base: "now", offsets, truncate: null, zone, unit: null }, now, "start");
}

/** A Date or microseconds as a bigint, which are instants, or a time as filters have it. */
function timeOf(
  slot: Slot,
  value: unknown,
  edge: TimeEdge,
  context: Parameters<typeof readTimeArgument>[2],
): bigint {
  if (typeof value === "bigint") return atEdge(value, edge);
  if (value instanceof Date && !Number.isNaN(value.getTime())) return atEdge(dateToMicros(value), edge);
  if (typeof value !== "string") throw wrong(slot, value, "a Date or a time such as 2024-05-01T08:00Z");
  const read = readTimeArgument(value.slice(0, LONGEST_TEXT), edge, context);
  if (typeof read === "string") throw new ArgumentError(slot.name, read);
  return read;
}

/** No time is longer. */
const LONGEST_TEXT = 200;

/** Seconds as a number, microseconds as a bigint, or a length of fixed units as a filter has it (`1h30m`). */
function durationOf(slot: Slot, value: unknown): bigint {
  if (typeof value === "bigint") return value;
  if (typeof value === "string") {
    const parts = WINDOW.test(value) ? [...value.matchAll(/(\d+)(\D+)/g)] : [];
    const lengths = parts.map(([, amount = "", unit = ""]) => BigInt(amount) * (FIXED_MICROS[unit] ?? -1n));
    if (lengths.length === 0 || lengths.some((length) => length < 0n))
      throw wrong(slot, value, "a length of time such as 24h");
    return lengths.reduce((sum, length) => sum + length, 0n);
  }
  if (typeof value !== "number" || !Number.isFinite(value)) throw wrong(slot, value, "a number of seconds");
  return BigInt(Math.round(value * 1e6));
}
