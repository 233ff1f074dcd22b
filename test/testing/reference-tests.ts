/** The positive test of one value, for the reference evaluator. */
import type { Enumeration, FieldType } from "../../compiler/catalogue/model.js";
import { PREDEFINED_SETS } from "../../compiler/catalogue/predefined-sets.js";
import type { StoredValue } from "../../compiler/extract/value.js";
import type { CompareOp, Item, SetOp, Test, TextTest, Value } from "../../grammar/ast.js";
import {
  formatIpRange,
  mergeRanges,
  rangeContains,
  rangesOverlap,
  type IpRange,
} from "../../compiler/values/ip-range.js";
import { normaliseWord, type WordNormalisation } from "../../compiler/values/normalise.js";
import { asciiFold, storable } from "../../compiler/values/text.js";
import {
  readAddresses,
  readInterval,
  readLast,
  readNumber,
  readWholeNumber,
  type Interval,
  type ReadingContext,
} from "./reference-literals.js";
import { isWithoutCase, nameSpelling, patternSpelling } from "./reference-names.js";
import { globTest, regexTest } from "./reference-patterns.js";

/** The left-hand side of a test, and what the values on its right depend on. */
export interface ReferenceTarget extends ReadingContext {
  readonly type: FieldType;
  readonly enumeration: Enumeration | undefined;
  readonly normalise: WordNormalisation | undefined;
  /** How the words of the other fields of a union are normalised. */
  readonly further: readonly WordNormalisation[];
  /** First and last number of a clock, on which a range may go past the last. */
  readonly cycle?: readonly [number, number] | undefined;
  /** Both sides are folded: `lower(f)`. */
  readonly ignoreCase: boolean;
  readonly sets: Readonly<Record<string, readonly (string | number | IpRange)[]>>;
}

type ElementTest = (value: StoredValue) => boolean;

/** Whether one value meets the test without its negation. `null` is the bare boolean field. */
export function elementTest(test: Test | null, target: ReferenceTarget): ElementTest {
  if (test === null) return (value) => value === true;
  switch (test.kind) {
    case "exists":
    case "missing":
    case "has":
      throw new Error(`"${test.kind}" is no test of one value`);
    case "last": {
      const { from, to } = readLast(test.duration, target);
      return (value) => (value as bigint) >= from && (value as bigint) < to;
    }
    case "text":
      return textTest(test, target);
    case "compare":
      return comparison(test.op === "!=" ? "=" : test.op, [test.value], target);
    case "set":
      return comparison(test.op, expand(test.set.items, target), target);
  }
}

/** Items with named sets replaced by their members. */
function expand(items: readonly Item[], target: ReferenceTarget): readonly Item[] {
  return items.flatMap((item) => {
    if (item.kind !== "named-set") return [item];
    const members = target.sets[item.name] ?? PREDEFINED_SETS.get(item.name);
    if (members === undefined) throw new Error(`there is no set @${item.name}`);
    return expand(
      members.map((member) => memberItem(member, item.span)),
      target,
    );
  });
}

function memberItem(member: string | number | IpRange, span: Item["span"]): Item {
  const text = typeof member === "object" ? formatIpRange(member) : String(member);
  if (text.startsWith("@")) return { kind: "named-set", name: text.slice(1), span };
  const [low, high] = text.split("..");
  if (low === undefined || high === undefined) return { kind: "atom", text, span };
  const exclusive = high.startsWith("<");
  const end = (part: string): Value | null => (part === "" ? null : { kind: "atom", text: part, span });
  return { kind: "range", low: end(low), high: end(exclusive ? high.slice(1) : high), exclusive, span };
}

type PositiveOp = Exclude<CompareOp, "!="> | SetOp;

/** The value is equal to, less than … one of the items, or lies in one of them. */
function comparison(op: PositiveOp, items: readonly Item[], given: ReferenceTarget): ElementTest {
  // One "…"i makes the whole list ignore case, parameters included.
  const ignoreCase = given.ignoreCase || items.some((item) => item.kind === "string" && item.flag === "i");
  const target = { ...given, ignoreCase };
  switch (target.type) {
    case "ip":
      return addressTest(op, items, target);
    case "boolean":
      return (value) => items.some((item) => value === truth(item, target));
    case "integer":
    case "float":
      return anyOf(items.flatMap((item) => numberTests(op, item, target)));
    case "time":
    case "duration":
      return anyOf(items.flatMap((item) => timeTests(op, item, target)));
    case "text":
    case "id":
    case "enum":
    case "ordered":
    case "hierarchy":
      return anyOf(items.flatMap((item) => wordTests(op, item, target)));
  }
}

const anyOf =
  (tests: readonly ElementTest[]): ElementTest =>
  (value) =>
    tests.some((meets) => meets(value));

/** The arguments of a parameter: of a list each. */
function argumentsOf(name: string, { args }: ReadingContext): readonly unknown[] {
  const given = args[name];
  return Array.isArray(given) ? given : [given];
}

function truth(item: Item, target: ReferenceTarget): boolean {
  if (item.kind === "parameter") return argumentsOf(item.name, target)[0] === true;
  return item.kind === "atom" && item.text.toLowerCase() === "true";
}

/** Lists of `in` and `overlaps` mean the union of their ranges; of `covers` and `=` each by itself. */
function addressTest(op: PositiveOp, items: readonly Item[], target: ReferenceTarget): ElementTest {
  const ranges = items.flatMap((item) => readAddresses(item, target));
  const union = mergeRanges(ranges);
  return (value) => {
    const stored = value as IpRange;
    switch (op) {
      case "in":
        return union.some((range) => rangeContains(range, stored));
      case "overlaps":
        return ranges.some((range) => rangesOverlap(range, stored));
      case "covers":
        return ranges.some((range) => rangeContains(stored, range));
      default:
        return ranges.some((range) => rangeContains(range, stored) && rangeContains(stored, range));
    }
  };
}

function compare(op: PositiveOp, value: number | bigint, wanted: number | bigint): boolean {
  switch (op) {
    case "<":
      return value < wanted;
    case "<=":
      return value <= wanted;
    case ">":
      return value > wanted;
    case ">=":
      return value >= wanted;
    default:
      return value === wanted;
  }
}

function numberTests(op: PositiveOp, item: Item, target: ReferenceTarget): readonly ElementTest[] {
  const read = target.type === "integer" ? readWholeNumber : readNumber;
  if (item.kind === "range") {
    const low = item.low ? read(item.low, target)[0]! : -Infinity;
    const high = item.high ? read(item.high, target)[0]! : Infinity;
    const below = (value: number): boolean => compare(item.exclusive ? "<" : "<=", value, high);
    if (target.cycle !== undefined && low > high && item.low !== null && item.high !== null)
      return [(value) => (value as number) >= low || below(value as number)];
    return [(value) => (value as number) >= low && below(value as number)];
  }
  return read(item, target).map((wanted) => (value) => compare(op, value as number | bigint, wanted));
}

/** A literal names an interval: `<` is before its start, `>` at or after its end, `=` inside. */
function timeTests(op: PositiveOp, item: Item, target: ReferenceTarget): readonly ElementTest[] {
  const isDuration = target.type === "duration";
  if (item.kind === "range") {
    const low = item.low && readInterval(item.low, isDuration, target)[0];
    const high = item.high && readInterval(item.high, isDuration, target)[0];
    return [
      (value) =>
        (!low || (value as bigint) >= low.from) &&
        (!high || (value as bigint) < (item.exclusive ? high.until : high.to)),
    ];
  }
  return readInterval(item, isDuration, target).map(
    (interval) => (value) => inInterval(op, value as bigint, interval),
  );
}

function inInterval(op: PositiveOp, value: bigint, { from, until, to }: Interval): boolean {
  switch (op) {
    case "<":
      return value < until;
    case "<=":
      return value < to;
    case ">":
      return value >= to;
    case ">=":
      return value >= from;
    default:
      return value >= from && value < to;
  }
}

/** The words of an item in the stored spelling; of a union in those of all its fields. */
function readWords(item: Value, target: ReferenceTarget): readonly string[] {
  const stored = (text: string): string => {
    const word =
      nameSpelling(storable(text), target.normalise) ?? normaliseWord(storable(text), target.normalise);
    return target.enumeration?.values.find((known) => asciiFold(known) === asciiFold(word)) ?? word;
  };
  const spelt = (text: string): readonly string[] => [
    ...inEachCase(stored(text), target),
    ...target.further.map(
      (other) => nameSpelling(storable(text), other) ?? normaliseWord(storable(text), other),
    ),
  ];
  switch (item.kind) {
    case "parameter":
      return argumentsOf(item.name, target).flatMap((given) => spelt(String(given)));
    case "string":
      return spelt(item.value);
    case "atom":
    case "time":
      return spelt(item.text);
    case "regex":
    case "named-set":
      throw new Error(`a ${item.kind} is no word`);
  }
}

/** The case of a UUID does not count. */
function inEachCase(word: string, { normalise }: ReferenceTarget): readonly string[] {
  const isUuid = normalise === "uuid" && /^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$/.test(word);
  return isUuid ? [word, word.toLowerCase(), word.toUpperCase()] : [word];
}

function wordTests(op: PositiveOp, item: Item, target: ReferenceTarget): readonly ElementTest[] {
  const rank = (word: string): number => target.enumeration?.values.indexOf(word) ?? -1;
  if (item.kind === "range") {
    const low = item.low ? rank(readWords(item.low, target)[0]!) : 0;
    const high = item.high ? rank(readWords(item.high, target)[0]!) : Infinity;
    return [
      (value) => {
        const position = rank(value as string);
        return position >= 0 && position >= low && compare(item.exclusive ? "<" : "<=", position, high);
      },
    ];
  }
  const fold = target.ignoreCase ? asciiFold : (word: string): string => word;
  return readWords(item, target).map((text) => (value) => {
    const [stored, wanted] = [fold(value as string), fold(text)];
    if (op === "=" || op === "in") return stored === wanted;
    if (op === "under") return stored === wanted || stored.startsWith(`${wanted}.`);
    const position = rank(value as string);
    return position >= 0 && compare(op, position, rank(text));
  });
}

/** Text operators ignore the case of ASCII letters; one argument with `c` makes all of them mind it, except over names without case. */
function textTest({ op, args }: TextTest, target: ReferenceTarget): ElementTest {
  const withoutCase = isWithoutCase(target.normalise);
  const mindsCase =
    !withoutCase && args.some((argument) => argument.kind === "string" && argument.flag === "c");
  const fold = mindsCase ? (text: string): string => text : asciiFold;
  return anyOf(
    args.flatMap((argument): readonly ElementTest[] => {
      if (argument.kind === "regex") {
        const fits = regexTest(argument.source, argument.ignoreCase || withoutCase);
        return [(value) => fits(value as string)];
      }
      if (op === "matches")
        return textArguments(argument, target).map((source) => {
          const fits = regexTest(source, withoutCase);
          return (value) => fits(value as string);
        });
      return textArguments(argument, target).map((text) => {
        const wanted = fold(patternSpelling(op, storable(text), target.normalise));
        return (value) => textMatches(op, fold(value as string), wanted);
      });
    }),
  );
}

function textArguments(argument: Value, target: ReferenceTarget): readonly string[] {
  switch (argument.kind) {
    case "string":
      return [argument.value];
    case "atom":
    case "time":
      return [argument.text];
    case "parameter":
      return argumentsOf(argument.name, target).map(String);
    case "named-set":
      return expand([argument], target).map((member) => (member.kind === "atom" ? member.text : ""));
    case "regex":
      return [];
  }
}

function textMatches(op: TextTest["op"], text: string, wanted: string): boolean {
  switch (op) {
    case "contains":
      return text.includes(wanted);
    case "starts with":
      return text.startsWith(wanted);
    case "ends with":
      return text.endsWith(wanted);
    case "like":
      return globTest(wanted)(text);
    case "matches":
      throw new Error(`"matches" takes a regular expression`);
  }
}
