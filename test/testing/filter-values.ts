/** Arbitrary values on the right of a filter's operators, by the type of the field: literals, ranges, parameters, sets. */
import fc from "fast-check";
import { PREDEFINED_SETS } from "../../compiler/catalogue/predefined-sets.js";
import type { Enumeration, FieldType } from "../../compiler/catalogue/model.js";
import type { WordNormalisation } from "../../compiler/values/normalise.js";
import type { Item, RangeItem, Value } from "../../grammar/ast.js";
import { isBareValue } from "../../grammar/words.js";
import { ADDRESS_BITS, formatAddress, formatIpRange, type IpRange } from "../../compiler/values/ip-range.js";
import { exactWholeNumber, type WholeNumber } from "../../compiler/values/exact-json.js";
import { formatMicros, microsToDate } from "../../compiler/values/time.js";
import { instants, texts } from "./event-values.js";
import { durations, relativeTimes, timeLiterals } from "./filter-times.js";
import { ipRanges } from "./ip-ranges.js";
import {
  POOL_FLOATS,
  POOL_INTEGERS,
  POOL_LARGE_INTEGERS,
  POOL_NAMES,
  POOL_SIZES,
  POOL_UUIDS,
  POOL_WORDS,
  UNKNOWN_WORDS,
} from "./pool.js";
import { atom, NO_SPAN, pending, quoted, rangeItem } from "./written-values.js";

/** What the literals of one operand have to keep to. */
export interface ValueContext {
  readonly type: FieldType;
  /** Smallest and largest whole number. */
  readonly range: readonly [number, WholeNumber];
  readonly enumeration: Enumeration | undefined;
  /** The texts are identifiers of 128 bits. */
  readonly uuid: boolean;
  /** How the first of the fields is normalised: of the pool's names, those that it is for. */
  readonly normalise: WordNormalisation | undefined;
  /** The values are days of the week. */
  readonly weekday: boolean;
  /** Whether `$parameters` may be written for values. */
  readonly parameters: boolean;
  /** Single addresses only: what `=` takes. */
  readonly single: boolean;
}

/** One value, or a parameter in its place. */
export function values(context: ValueContext): fc.Arbitrary<Value> {
  const literal = literals(context);
  if (!context.parameters) return literal;
  return fc.oneof({ weight: 3, arbitrary: literal }, scalarArguments(context).map(pending));
}

/** A whole list instead of the set: `in $values`; for times and lengths of time, which take no lists, one value. */
export function listParameters(context: ValueContext): fc.Arbitrary<Value> {
  if (context.type === "time" || context.type === "duration") return scalarArguments(context).map(pending);
  return fc.array(scalarArguments(context), { maxLength: 4 }).map(pending);
}

/** What is inside `[ ]`: values, ranges where the type has an order, sets of addresses. */
export function items(context: ValueContext): fc.Arbitrary<Item> {
  const range = ranges(context);
  const spread = context.parameters && !/^(?:time|duration|boolean)$/.test(context.type);
  const single: fc.Arbitrary<Item> = spread
    ? fc.oneof({ weight: 6, arbitrary: values(context) }, listParameters(context))
    : values(context);
  const value = single;
  const plain: fc.Arbitrary<Item> = range === null ? value : fc.oneof({ weight: 2, arbitrary: value }, range);
  if (context.type !== "ip") return plain;
  const named = fc
    .constantFrom(...PREDEFINED_SETS.keys())
    .map((name): Item => ({ kind: "named-set", name, span: NO_SPAN }));
  return fc.oneof({ weight: 6, arbitrary: plain }, named);
}

function literals(context: ValueContext): fc.Arbitrary<Value> {
  switch (context.type) {
    case "ip":
      return ipRanges({ single: context.single }).chain(rangeSpellings);
    case "integer":
      return integers(context).chain((number) => wholeSpellings(number, context));
    case "float":
      return fc.oneof(
        { weight: 4, arbitrary: floats.map((number) => atom(String(number))) },
        fc.constantFrom("0%", "12.5%", "50%", "100%").map(atom),
      );
    case "boolean":
      return fc.constantFrom("true", "false", "TRUE").map(atom);
    case "time":
      return fc.oneof({ weight: 3, arbitrary: timeLiterals }, relativeTimes);
    case "duration":
      return durations.map(({ text }) => atom(text));
    case "enum":
    case "ordered":
    case "hierarchy":
      return fc.oneof(
        { weight: 4, arbitrary: words(context.enumeration).chain(spellings) },
        ...unknownWords(context).map((word) => fc.constant(quoted(word))),
      );
    case "text":
    case "id":
      return textsOf(context).chain(spellings);
  }
}

/** Spellings that all mean the range: as ip4r prints it, `low-high`, quoted, a network with its IPv4 part as a quad. */
function rangeSpellings(range: IpRange): fc.Arbitrary<Value> {
  const canonical = formatIpRange(range);
  const ends = `${formatAddress(range.family, range.first)}-${formatAddress(range.family, range.last)}`;
  const upper = canonical.toUpperCase();
  return fc.constantFrom<Value>(
    atom(canonical),
    quoted(canonical),
    atom(upper),
    ...(range.first < range.last ? [atom(ends)] : []),
  );
}

function integers({ range: [low, high] }: ValueContext): fc.Arbitrary<WholeNumber> {
  const large = POOL_LARGE_INTEGERS.flatMap((number) => [BigInt(number), BigInt(number) - 1n]);
  const sizes = high > 2n ** 64n ? POOL_SIZES : [];
  const pool = [...POOL_INTEGERS, ...large, ...sizes, low, high].filter(
    (number) => number >= low && number <= high,
  );
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...pool.map((number) => exactWholeNumber(number) ?? number)) },
    fc.integer({ min: Math.max(low, -100), max: high < 70_000 ? Number(high) : 70_000 }),
  );
}

/** The days as people write them, by their number less one. */
const DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** The largest number of an autonomous system. */
const LAST_SYSTEM = 4_294_967_295;

const SIZES = [
  [1n, "B"],
  [1_000n, "kB"],
  [1n << 20n, "MiB"],
] as const;

/** Spellings that all mean the number: digits, a size, a day, the number of an autonomous system. */
function wholeSpellings(number: WholeNumber, { range, weekday }: ValueContext): fc.Arbitrary<Value> {
  const exact = BigInt(number);
  const sizes = SIZES.filter(([factor]) => exact > 0n && exact % factor === 0n);
  const special = [
    ...sizes.map(([factor, unit]) => `${exact / factor}${unit}`),
    ...(weekday ? [DAYS[Number(number) - 1] ?? "mon"] : []),
    ...(range[1] === LAST_SYSTEM && exact >= 0n ? [`AS${exact}`] : []),
  ];
  const digits = fc.constant(String(number));
  if (special.length === 0) return digits.map(atom);
  return fc.oneof({ weight: 4, arbitrary: digits }, fc.constantFrom(...special)).map(atom);
}

const floats: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(...POOL_FLOATS),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0)),
);

/** Words as they are searched for: known to the pool, a part of such a one, in another case. */
export const filterWords: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...POOL_WORDS) },
  fc.tuple(fc.constantFrom(...POOL_WORDS), fc.nat(3), fc.nat(6)).map(([word, start, length]) =>
    Array.from(word)
      .slice(start, start + length)
      .join(""),
  ),
  texts,
);

function textsOf({ uuid, normalise }: ValueContext): fc.Arbitrary<string> {
  return uuid ? fc.oneof(fc.constantFrom(...POOL_UUIDS), filterWords) : wordsOrNames(normalise);
}

/** {@link filterWords}; where a field is normalised as names are, mostly these and parts of them. */
export function wordsOrNames(normalise: WordNormalisation | undefined): fc.Arbitrary<string> {
  const names = normalise === undefined ? undefined : POOL_NAMES[normalise];
  if (names === undefined) return filterWords;
  const name = fc.constantFrom(...names);
  return fc.oneof(
    { weight: 2, arbitrary: name },
    fc.tuple(name, fc.nat(8), fc.nat(12)).map(([word, start, length]) => word.slice(start, start + length)),
    filterWords,
  );
}

function words(enumeration: Enumeration | undefined): fc.Arbitrary<string> {
  const known = enumeration?.values.slice(0, 12) ?? [];
  if (enumeration?.open === false) return anyCase(fc.constantFrom(...known));
  const others = fc.constantFrom("Recon", "Recon.x", "tcp", "ssh", "x", "Honeypot.x");
  return anyCase(
    known.length === 0 ? others : fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...known) }, others),
  );
}

/** Words that are asked for in quotes alone, for events may have them; not of an order, in which they have no place. */
function unknownWords({ type, enumeration }: ValueContext): readonly string[] {
  return type !== "ordered" && enumeration?.keepsUnknown === true ? UNKNOWN_WORDS : [];
}

function anyCase(words: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(words, fc.constantFrom("as is", "as is", "upper", "lower"))
    .map(([word, how]) =>
      how === "upper" ? word.toUpperCase() : how === "lower" ? word.toLowerCase() : word,
    );
}

/** Bare where that is possible, or quoted. */
export function spellings(word: string): fc.Arbitrary<Value> {
  const isNull = /^(?:null|nil)$/i.test(word);
  const isBare =
    isBareValue(word) && !isNull && !word.startsWith("/") && !/\.\.|^(now|today|yesterday)/i.test(word);
  return isBare ? fc.constantFrom<Value>(atom(word), quoted(word)) : fc.constant(quoted(word));
}

function scalarArguments(context: ValueContext): fc.Arbitrary<unknown> {
  switch (context.type) {
    case "ip": {
      const range = ipRanges({ single: context.single });
      return fc.oneof(range, range.map(formatIpRange));
    }
    case "integer":
      return context.weekday ? fc.oneof(integers(context), fc.constantFrom(...DAYS)) : integers(context);
    case "float":
      return floats;
    case "boolean":
      return fc.boolean();
    case "time":
      return fc.oneof(instants, instants.map(formatMicros), instants.map(microsToDate));
    case "duration":
      return durations.map(({ micros }) => micros / 1e6);
    case "enum":
    case "ordered":
    case "hierarchy":
      return fc.oneof(
        { weight: 4, arbitrary: words(context.enumeration) },
        ...unknownWords(context).map((word) => fc.constant(word)),
      );
    case "text":
    case "id":
      return textsOf(context);
  }
}

/** Ranges that are not refused: the low end is not above the high one. Null for a type without order. */
function ranges(context: ValueContext): fc.Arbitrary<Item> | null {
  const { type, enumeration } = context;
  switch (type) {
    case "ip":
      return fc
        .tuple(ipRanges(), fc.constantFrom("both", "low", "high"), fc.boolean())
        .map(([range, ends, exclusive]) => addressRange(range, ends, exclusive));
    case "integer":
      return numberRanges(integers(context), context);
    case "float":
      return numberRanges(floats, context);
    case "duration":
      return fc.tuple(durations, durations, openings, fc.boolean()).map(([one, other, opening, exclusive]) =>
        ordered(
          one,
          other,
          ({ micros }) => micros,
          ({ text }) => atom(text),
          opening,
          exclusive,
        ),
      );
    case "time":
      return timeRanges(context);
    case "ordered": {
      const known = enumeration?.values ?? [];
      const position = fc.nat({ max: Math.max(0, known.length - 1) });
      return fc
        .tuple(position, position, openings, fc.boolean())
        .map(([one, other, opening, exclusive]) =>
          ordered(one, other, Number, (index) => atom(known[index] ?? ""), opening, exclusive),
        );
    }
    default:
      return null;
  }
}

type Opening = "none" | "low" | "high";
const openings: fc.Arbitrary<Opening> = fc.constantFrom("none", "none", "low", "high");

function ordered<T>(
  one: T,
  other: T,
  rank: (end: T) => WholeNumber,
  print: (end: T) => Value,
  opening: Opening,
  exclusive: boolean,
): RangeItem {
  const [low, high] = rank(one) <= rank(other) ? [one, other] : [other, one];
  return rangeItem(
    opening === "low" ? null : print(low),
    opening === "high" ? null : print(high),
    exclusive && opening !== "high",
  );
}

function addressRange({ family, first, last }: IpRange, ends: string, exclusive: boolean): RangeItem {
  const text = (value: bigint): Value => atom(formatAddress(family, value));
  const beyond = last + 1n;
  const canExclude = exclusive && beyond < 1n << BigInt(ADDRESS_BITS[family]);
  if (ends === "low") return rangeItem(text(first), null, false);
  return rangeItem(ends === "high" ? null : text(first), text(canExclude ? beyond : last), canExclude);
}

/** Ends may be parameters, whose order nobody checks. */
function numberRanges(
  numbers: fc.Arbitrary<WholeNumber>,
  { parameters, range }: ValueContext,
): fc.Arbitrary<Item> {
  const fixed = fc.tuple(numbers, numbers, openings, fc.boolean()).map(([one, other, opening, exclusive]) =>
    ordered(
      one,
      other,
      (number) => number,
      (number) => atom(String(number)),
      opening,
      exclusive && one !== other,
    ),
  );
  // On a clock a range may go past the last number.
  const isClock = range[1] === 23 || range[1] === 7;
  const around = fixed.map((item) =>
    isClock && item.low && item.high ? { ...item, low: item.high, high: item.low } : item,
  );
  if (!parameters) return isClock ? fc.oneof(fixed, around) : fixed;
  const given = fc
    .tuple(numbers, numbers, fc.boolean())
    .map(([low, high, exclusive]) => rangeItem(atom(String(low)), pending(high), exclusive));
  return fc.oneof({ weight: 3, arbitrary: fixed }, given);
}

/** Fixed ends in UTC and in order; a relative one with an open end or, where that may be, a parameter, whose order nobody checks. */
function timeRanges(context: ValueContext): fc.Arbitrary<Item> {
  const print = (micros: bigint): Value => atom(formatMicros(micros));
  const fixed = fc
    .tuple(instants, instants, openings, fc.boolean())
    .map(([one, other, opening, exclusive]) => {
      const [low, high] = one <= other ? [one, other] : [other, one];
      return rangeItem(
        opening === "low" ? null : print(low),
        opening === "high" ? null : print(high),
        exclusive && opening !== "high",
      );
    });
  const moving = fc
    .tuple(
      relativeTimes,
      context.parameters ? scalarArguments(context).map(pending) : fc.constant(null),
      fc.boolean(),
    )
    .map(([time, other, isLow]) => (isLow ? rangeItem(time, other, false) : rangeItem(other, time, true)));
  return fc.oneof({ weight: 2, arbitrary: fixed }, moving);
}
